import { hasNoValue } from "../../lib";
import { isKnownBefore } from "../../lib/form/asking";
import { scheduledAction } from "../support/library-action";
import { LOGIN } from "../support/scheduled-login";

const PATHS = [
  ...["user_id", "username", "name", "given_name", "family_name", "nickname", "email", "email_verified", "picture"],
  ...["phone_number", "phone_verified", "created_at", "updated_at", "last_password_reset", "identities"],
  ...["user_metadata.a", "app_metadata.a.b"],
].map((path) => `user.${path}`);
const OTHERS = ["organization.id", "organization.name", "organization.display_name", "organization.metadata.a"];
const LOGINS = ["client.client_id", "client.name", "tenant.name", "transaction.state", "custom_domain.domain"];

/** All of it is there, so that what the Action knows has a value, and is not due. */
const user = Object.fromEntries(PATHS.map((path) => [path.split(".")[1], { a: { b: "x" } }]));
const event = {
  ...LOGIN,
  user: { ...LOGIN.user, ...user },
  client: { client_id: "x", name: "x" },
  organization: { id: "x", name: "x", display_name: "x", metadata: { a: "x" } },
  tenant: { name: "x", id: "x" },
};

test.each([...PATHS, ...OTHERS, ...LOGINS])(
  "the constructs and the Action agree on whether %s is known before a form",
  async (path) => {
    const condition = hasNoValue(`{{context.${path}}}`);
    const render = jest.fn();
    await scheduledAction({ stages: [{ id: "a", condition }] }).onExecutePostLogin(event, { prompt: { render } });

    expect(isKnownBefore(condition)).toBe(render.mock.calls.length === 0);
  },
);
