import type { Store } from "../../../tenant/documents/store";
import { MODELS, PlantedProcess, seen, token, userPath } from "../../support/planted-process";
import { IDS } from "../../support/planted-tenant";

let planted: PlantedProcess;

const start = async () => {
  planted = await PlantedProcess.start();
};
const stop = () => planted.stop();
const get = (path: string) => planted.get(path);
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  planted.post(path, fields, headers);
const FLOW = `/_tenant/flows/${IDS.flow}`;

describe("what can be changed", () => {
  beforeEach(start);
  afterEach(stop);

  /** The ids of what logins have left. */
  const kept = (documents: Store) =>
    Object.fromEntries(
      MODELS.map((model) => [
        model,
        documents
          .collection<{ id: string }>(`oidc-${model}`)
          .list()
          .map(({ id }) => id),
      ]),
    );

  test("an answer can be changed, whatever it is, and deleted", async () => {
    const { text } = await get(userPath(IDS.jane));
    const change = (fields: Record<string, string>) =>
      post(`${userPath(IDS.jane)}/metadata`, {
        csrf_token: token(text),
        kind: "user_metadata",
        type: "text",
        ...fields,
      });

    const replies = [
      await change({ key: "job_title", value: "Chef", do: "save" }),
      await change({ key: "phone_number", value: "", do: "delete" }),
      await change({ key: "plan", value: '{"a":[1]}', type: "json", kind: "app_metadata", do: "save" }),
    ];

    expect(replies.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(replies[0]?.headers.get("location")).toBe(`${userPath(IDS.jane)}#user_metadata`);
    expect((await planted.documents()).collection("users").get(IDS.jane)).toMatchObject({
      user_metadata: { job_title: "Chef" },
      app_metadata: { plan: { a: [1] } },
    });
  });

  test.each([
    ["no JSON", "{", "The value was not taken: "],
    [
      "too deep",
      `${"[".repeat(200)}${"]".repeat(200)}`,
      "The value was not taken: the value is nested deeper than 100 levels.",
    ],
  ])("a value that is %s is refused", async (_, value, said) => {
    const csrf_token = token((await get(userPath(IDS.jane))).text);

    const fields = { csrf_token, kind: "app_metadata", key: "plan", type: "json", value, do: "save" };
    const reply = await post(`${userPath(IDS.jane)}/metadata`, fields);

    expect(reply.status).toBe(400);
    expect(seen(reply.text)).toContain(said);
    expect(seen((await get(userPath(IDS.jane))).text)).toContain("planpro");
  });

  test("a user can be deleted, password, sessions and all", async () => {
    const before = await get(userPath(IDS.jane));

    const reply = await post(`${userPath(IDS.jane)}/delete`, { csrf_token: token(before.text) });

    expect([reply.status, reply.headers.get("location")]).toEqual([303, "/_tenant/users"]);
    expect((await get(userPath(IDS.jane))).status).toBe(404);
    expect((await get(userPath(IDS.hostile))).status).toBe(200);
    const documents = await planted.documents();
    expect(documents.collection("passwords").get(IDS.jane)).toBeUndefined();
    expect(kept(documents)).toEqual(Object.fromEntries(MODELS.map((model) => [model, ["another's"]])));
  });

  test("a reset forgets people, and keeps what is deployed", async () => {
    const before = await get("/_tenant");

    const reply = await post("/_tenant/reset", { csrf_token: token(before.text) });

    expect([reply.status, reply.headers.get("location")]).toEqual([303, "/_tenant/"]);
    const after = seen((await get("/_tenant")).text);
    for (const fact of ["Users 0", "Forms 1", "Flows 1", "Actions 1", "Applications 2", "Nobody has logged in yet."]) {
      expect(after).toContain(fact);
    }
    expect((await get(`${FLOW}/executions/${IDS.execution}`)).status).toBe(404);
    expect(kept(await planted.documents())).toEqual(Object.fromEntries(MODELS.map((model) => [model, []])));
  });

  test.each([
    ["without the token of a page", {}, {}],
    ["with another token", { csrf_token: "x".repeat(43) }, {}],
  ])("nothing is done %s", async (_what, fields, headers) => {
    const replies = [
      await post("/_tenant/reset", fields, headers),
      await post(`${userPath(IDS.jane)}/delete`, fields, headers),
      await post(`${userPath(IDS.jane)}/metadata`, { ...fields, key: "job_title", do: "delete" }, headers),
    ];

    expect(replies.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect((await get(userPath(IDS.jane))).status).toBe(200);
  });

  test("nothing is done for a page of another origin, whatever it sends", async () => {
    const csrf_token = token((await get("/_tenant")).text);

    const reply = await post("/_tenant/reset", { csrf_token }, { origin: "http://localhost:1" });

    expect(reply.status).toBe(403);
    expect((await get(userPath(IDS.jane))).status).toBe(200);
  });
});
