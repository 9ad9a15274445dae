import { onContinuePostLogin, onExecutePostLogin } from "../../actions/progressive-profiling";
import { libraryAction } from "../support/library-action";
import { PROTOCOLS_WITH_PAGES } from "../support/scheduled-login";

interface Login {
  metadata?: Record<string, unknown>;
  protocol?: string;
  query?: Record<string, string>;
}

/**
 * The forms that the Action shows at a login; by default one in a browser, of a user without metadata. As it is in its file, it
 * looks for the article's keys.
 */
async function formsShownAt({ metadata, protocol = "oidc-basic-profile", query = {} }: Login): Promise<string[]> {
  const shown: string[] = [];
  await onExecutePostLogin(
    {
      request: { query },
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
    expect(await formsShownAt({ metadata })).toEqual(["ap_example"]);
  });

  test.each(PROTOCOLS_WITH_PAGES)("at a login by %s, where a person sits before a browser", async (protocol) => {
    expect(await formsShownAt({ protocol })).toEqual(["ap_example"]);
  });

  test("when the application asks for a new login", async () => {
    expect(await formsShownAt({ query: { prompt: "login" } })).toEqual(["ap_example"]);
  });
});

test("the form is shown for a key that every object inherits, and for no other than the stack gives", async () => {
  const deployed = libraryAction("ap_1", ["constructor"]);
  const formsShownTo = async (metadata: object) => {
    const render = jest.fn();
    await deployed.onExecutePostLogin(
      { request: {}, transaction: { protocol: "oidc-basic-profile" }, user: { user_metadata: metadata } },
      { prompt: { render } },
    );
    return render.mock.calls;
  };

  expect(await formsShownTo({})).toEqual([["ap_1"]]);
  expect(await formsShownTo({ constructor: "x" })).toEqual([]);
});

describe("the login goes on without questions, and the log says why,", () => {
  const login = { request: {}, transaction: { protocol: "oidc-basic-profile" }, user: {} };
  const nothing = { prompt: { render: () => undefined } };
  test.each<[string, object, object]>([
    ["when the form can not be shown", login, { prompt: { render: () => throwError("no such form") } }],
    ["when Auth0 gives another api", login, {}],
    ["when Auth0 tells nothing of the request", { ...login, request: undefined }, nothing],
    ["when Auth0 tells nothing of the user", { ...login, user: undefined }, nothing],
  ])("%s", async (_, event, api) => {
    const log = jest.spyOn(console, "error").mockImplementation();

    await expect(onExecutePostLogin(event as never, api as never)).resolves.toBeUndefined();

    expect(log.mock.calls).toEqual([["progressive profiling asks nothing at this login:", expect.any(Error)]]);
    log.mockRestore();
  });

  function throwError(message: string): never {
    throw new Error(message);
  }
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

  test("when Auth0 tells nothing of the transaction, which is no fault", async () => {
    const render = jest.fn();
    const log = jest.spyOn(console, "error").mockImplementation();

    await onExecutePostLogin({ request: {}, user: {} }, { prompt: { render } });

    expect(render).not.toHaveBeenCalled();
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });
});

test("the login goes on after the form", async () => {
  await expect(onContinuePostLogin()).resolves.toBeUndefined();
});
