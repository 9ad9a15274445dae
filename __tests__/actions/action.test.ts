import { onContinuePostLogin, onExecutePostLogin } from "../../actions/progressive-profiling";

interface Login {
  metadata?: Record<string, unknown>;
  protocol?: string;
  query?: Record<string, string>;
}

/** The forms that the Action shows at a login; by default one in a browser, of a user without metadata. */
async function formsShownAt({ metadata, protocol = "oidc-basic-profile", query = {} }: Login): Promise<string[]> {
  const shown: string[] = [];
  await onExecutePostLogin(
    {
      request: { query },
      secrets: { FORM_ID: "ap_1", METADATA_KEYS: "job_title,company_name" },
      transaction: { protocol },
      user: metadata === undefined ? {} : { user_metadata: metadata },
    },
    { prompt: { render: (formId: string) => shown.push(formId) } },
  );
  return shown;
}

describe("the form is shown", () => {
  test.each<[string, Record<string, unknown> | undefined]>([
    ["the user has no metadata", undefined],
    ["the metadata is empty", {}],
    ["the first answer is missing", { company_name: "Acme" }],
    ["the second answer is missing", { job_title: "Engineer" }],
    ["an answer is null", { job_title: null, company_name: "Acme" }],
    ["an answer is an empty text", { job_title: "", company_name: "Acme" }],
  ])("when %s", async (_, metadata) => {
    expect(await formsShownAt({ metadata })).toEqual(["ap_1"]);
  });

  test.each([
    "oidc-basic-profile",
    "oidc-implicit-profile",
    "oidc-hybrid-profile",
    "oauth2-device-code",
    "samlp",
    "wsfed",
  ])("at a login by %s, where a person sits before a browser", async (protocol) => {
    expect(await formsShownAt({ protocol })).toEqual(["ap_1"]);
  });

  test("when the application asks for a new login", async () => {
    expect(await formsShownAt({ query: { prompt: "login" } })).toEqual(["ap_1"]);
  });
});

test("the form is shown for a key that every object inherits", async () => {
  const render = jest.fn();
  const secrets = { FORM_ID: "ap_1", METADATA_KEYS: "constructor" };

  await onExecutePostLogin(
    { request: {}, secrets, transaction: { protocol: "oidc-basic-profile" }, user: { user_metadata: {} } },
    { prompt: { render } },
  );

  expect(render).toHaveBeenCalledWith("ap_1");
});

describe("no form is shown", () => {
  test.each<[string, Record<string, unknown>]>([
    ["when nothing is missing", { job_title: "Engineer", company_name: "Acme" }],
    ["when an answer is 0 or false, which are answers", { job_title: 0, company_name: false }],
  ])("%s", async (_, metadata) => {
    expect(await formsShownAt({ metadata })).toEqual([]);
  });

  test.each([
    "oauth2-refresh-token",
    "oauth2-resource-owner",
    "oauth2-resource-owner-jwt-bearer",
    "oauth2-password",
    "oauth2-token-exchange",
    "oidc-ciba",
    "wstrust-usernamemixed",
    "one-that-auth0-adds-some-day",
  ])("at a login by %s, where no page can be shown", async (protocol) => {
    expect(await formsShownAt({ protocol })).toEqual([]);
  });

  test("when the application allows no page: prompt=none", async () => {
    expect(await formsShownAt({ query: { prompt: "none" } })).toEqual([]);
  });

  test("when Auth0 tells nothing of the transaction", async () => {
    const render = jest.fn();
    const secrets = { FORM_ID: "ap_1", METADATA_KEYS: "job_title" };

    await onExecutePostLogin({ request: {}, secrets, user: {} }, { prompt: { render } });

    expect(render).not.toHaveBeenCalled();
  });
});

test("the login goes on after the form", async () => {
  await expect(onContinuePostLogin()).resolves.toBeUndefined();
});
