import { action, CONNECTION, ran, textField, updateUser } from "../../support/flow-run";

describe("an execution shows no secret", () => {
  const secretField = textField("ssn", { sensitive: true });
  const password = textField("pass", { type: "PASSWORD" });

  test("of vars, of sensitive fields, of passwords and of what is masked, in input, output and error", async () => {
    const { execution, requests } = await ran(
      [
        updateUser({
          user_metadata: {
            ssn: "{{fields.ssn}}",
            crm: "id {{vars.crm}}",
            name: "{{functions.mask(fields.name)}}",
            plan: "{{fields.plan}}",
          },
          password: "{{fields.pass}}",
        }),
        action("FLOW", "STORE_VARS", { vars: { token: "tok_{{fields.ssn}}" } }),
        action("FLOW", "MAP_VALUE", { input: "{{vars.token}}", fallback: "{{fields.ssn}}" }),
        action("AUTH0", "SEND_REQUEST", { connection_id: CONNECTION, pathname: "no/{{fields.ssn}}" }),
      ],
      {
        fields: { ssn: "078-05-1120", pass: "hunter2!", name: "Ana Maria", plan: "pro" },
        vars: { crm: "c-4711" },
        components: [secretField, password, textField("name"), textField("plan")],
        answer: {
          status: 200,
          body: { user_metadata: { ssn: "078-05-1120", crm: "id c-4711", name: "Ana Maria", plan: "pro" } },
        },
      },
    );
    const shown = JSON.stringify(execution);

    expect(requests[0]?.[3]).toMatchObject({
      user_metadata: { ssn: "078-05-1120", name: "Ana Maria" },
      password: "hunter2!",
    });
    for (const secret of ["078-05-1120", "hunter2!", "c-4711", "Ana Maria"]) {
      expect(shown).not.toContain(secret);
    }
    expect(execution.debug).toMatchObject({
      actions: [
        {
          input: {
            changes: { user_metadata: { ssn: "███", crm: "id ███", name: "███", plan: "pro" }, password: "███" },
          },
          output: { user_metadata: { ssn: "███", crm: "id ███", name: "███", plan: "pro" } },
        },
        { input: { vars: { token: "tok_███" } } },
        { input: { input: "███", fallback: "███" }, output: { result: "███" } },
        { status: "FAILED", error: expect.stringContaining("███") },
      ],
    });
  });

  test("not even what is made of one, or one too short to be found again", async () => {
    const { executed, memory } = await ran(
      [
        action("FLOW", "STORE_VARS", {
          vars: { up: "{{functions.toUpperCase(fields.ssn)}}", sure: "{{fields.sure}}" },
        }),
        action("FLOW", "MAP_VALUE", { input: "{{functions.toUpperCase(vars.crm)}}", cases: {} }),
      ],
      {
        fields: { ssn: "secret", sure: true },
        vars: { crm: "crm" },
        components: [secretField, textField("sure", { type: "BOOLEAN", sensitive: true })],
      },
    );

    expect(memory.vars).toMatchObject({ up: "SECRET", sure: true });
    expect(executed.map(({ input }) => input)).toEqual([
      { vars: { up: "███", sure: "███" } },
      { input: "███", cases: {} },
    ]);
  });

  test("of an output that is masked, also where it is used", async () => {
    const { execution, memory } = await ran(
      [
        action("AUTH0", "GET_USER", { connection_id: CONNECTION, user_id: "auth0|1" }, { mask_output: true }),
        action("FLOW", "MAP_VALUE", { input: "{{actions.get_user.email}}" }),
        action("FLOW", "STORE_VARS", { vars: { email: "{{actions.get_user.email}}" } }),
      ],
      { answer: { status: 200, body: { user_id: "auth0|1", email: "ana@travel0.com" } } },
    );

    expect(memory.vars).toEqual({ email: "ana@travel0.com" });
    expect(JSON.stringify(execution)).not.toContain("ana@travel0.com");
  });
});
