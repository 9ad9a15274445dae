import { type LocalTenant, startLocalTenant } from "../../support/local-tenant";

const FORMS = "/api/v2/forms";

describe("the list of forms", () => {
  let listed: LocalTenant;

  beforeAll(async () => {
    listed = await startLocalTenant();
    for (const name of ["Beta", "alpha", "Gamma"]) {
      await listed.request("POST", FORMS, { name, nodes: [{ id: "f", type: "FLOW", config: { flow_id: FLOW_ID } }] });
    }
  });

  afterAll(async () => {
    await listed.stop();
  });

  const FLOW_ID = "af_aj9fK5JBVy9Uo1eSnwCeMS";

  test("tells names, counts of flows and times, by name", async () => {
    const { body } = await listed.request("GET", FORMS);

    expect(body.map(({ name }: { name: string }) => name)).toEqual(["alpha", "Beta", "Gamma"]);
    expect(Object.keys(body[0])).toEqual(["id", "name", "flow_count", "created_at", "updated_at"]);
    expect(body[0].flow_count).toBe(1);
  });

  test("goes by pages, with totals where they are asked for", async () => {
    const { body } = await listed.request("GET", `${FORMS}?page=1&per_page=2&include_totals=true`);

    expect(body).toMatchObject({ start: 2, limit: 2, total: 3, forms: [{ name: "Gamma" }] });
  });

  test("adds the count of flows to one form where it is asked for", async () => {
    const { body: forms } = await listed.request("GET", FORMS);
    const path = `${FORMS}/${forms[0].id}`;

    expect((await listed.request("GET", path)).body.flow_count).toBeUndefined();
    expect((await listed.request("GET", `${path}?hydrate=flow_count`)).body.flow_count).toBe(1);
    expect(await listed.request("GET", `${path}?hydrate=links`)).toMatchObject({
      status: 501,
      body: { message: "hydrate=links is not built in the local tenant" },
    });
  });

  test.each(["per_page=0", "per_page=101", "page=1001", "hydrate=nodes", "sort=name"])("refuses ?%s", async (query) => {
    const { status, body } = await listed.request("GET", `${FORMS}?${query}`);

    expect(status).toBe(400);
    expect(body.errorCode).toBe("invalid_query_string");
  });
});
