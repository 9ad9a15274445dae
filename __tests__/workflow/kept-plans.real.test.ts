import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CiFolder } from "../support/ci-command";
import { describeWith, gpg } from "../support/requirements";

describeWith([gpg], "a plan that is kept", () => {
  const PASSPHRASE = { PLAN_PASSPHRASE: "correct horse battery staple" };
  const TEXT = '{"stacks":[{"client_secret":"planted-secret"}]}';

  let folder: CiFolder;

  beforeEach(() => {
    folder = new CiFolder();
    folder.write("plans/plans.json", TEXT);
  });

  afterEach(() => folder.remove());

  const encrypt = (environment: Record<string, string> = PASSPHRASE) =>
    folder.run(["encrypt", "plans", "plans.gpg"], environment);
  const decrypt = (environment: Record<string, string> = PASSPHRASE, file = "plans.gpg") =>
    folder.run(["decrypt", file, "again.json"], environment);

  test("comes back as it was, and shows nothing in between", async () => {
    expect(await encrypt()).toEqual({ status: 0, said: "" });
    expect(folder.outputs()).toBe("file=plans.gpg\n");
    expect(readFileSync(join(folder.path, "plans.gpg")).includes("planted-secret")).toBe(false);

    expect(await decrypt()).toEqual({ status: 0, said: "" });
    expect(folder.read("again.json")).toBe(TEXT);
  });

  test("is not kept at all without a passphrase", async () => {
    expect(await encrypt({})).toEqual({
      status: 0,
      said: "There is no secret PLAN_PASSPHRASE, so the plan is not kept: nothing will be applied after the merge. Set it.\n",
    });
    expect(() => folder.read("plans.gpg")).toThrow("ENOENT");
  });

  test.each([
    [
      "another passphrase",
      { PLAN_PASSPHRASE: "wrong" },
      "[plans.gpg] can not be decrypted: PLAN_PASSPHRASE is another one than that of the plan, or the plan was changed;" +
        " nothing was applied. Give both GitHub environments the same one, and run this workflow by hand\n",
    ],
    [
      "no passphrase",
      {},
      "[PLAN_PASSPHRASE] is empty, so that the plan can not be read, and nothing was applied; set the secret\n",
    ],
  ] as [string, Record<string, string>, string][])("fails with %s", async (_, environment, said) => {
    await encrypt();

    expect(await decrypt(environment)).toEqual({ status: 1, said });
    expect(() => folder.read("again.json")).toThrow("ENOENT");
  });

  test("fails when somebody changed it", async () => {
    await encrypt();
    const sealed = readFileSync(join(folder.path, "plans.gpg"));
    sealed[sealed.length - 30] = (sealed.at(-30) ?? 0) ^ 1;
    writeFileSync(join(folder.path, "plans.gpg"), sealed);

    expect((await decrypt()).status).toBe(1);
    expect(() => folder.read("again.json")).toThrow("ENOENT");
  });

  test("fails when somebody made it without the passphrase, though gpg would pass it on", async () => {
    execFileSync("bash", ["-c", "gpg --homedir . --batch --quiet --store --output plain.gpg plans/plans.json"], {
      cwd: folder.path,
      stdio: "pipe",
    });

    expect(await decrypt(PASSPHRASE, "plain.gpg")).toEqual({
      status: 1,
      said:
        "[plain.gpg] is not encrypted with PLAN_PASSPHRASE; nothing was applied. Find out who kept it, and run this" +
        " workflow by hand\n",
    });
    expect(() => folder.read("again.json")).toThrow("ENOENT");
  });
});
