import {
  createUser,
  doNothing,
  type FlowAction,
  flow,
  getUser,
  ManagementScopes,
  sendEmail,
  updateUser,
} from "../../lib";
import { problemsOf } from "../support/stages";

const READ = getUser("user", {});
const CREATE = createUser("invite", { payload: { connection: "staff", email: "a@example.com" } });
const APP = updateUser("save", { changes: { app_metadata: { plan: "a" } } });
const USER = updateUser("save", { changes: { user_metadata: { plan: "a" } } });
const MAIL = sendEmail("mail", { to: "a@example.com", subject: "Welcome", body: "<p>Hello</p>" });

test.each<[readonly FlowAction[], readonly string[]]>([
  [[READ], ["read:users"]],
  [[CREATE], ["create:users"]],
  [[APP], ["update:users_app_metadata"]],
  [
    [CREATE, READ, APP],
    ["update:users_app_metadata", "read:users", "create:users"],
  ],
  [[USER], []],
  [[MAIL], []],
  [[doNothing("nothing")], []],
])("a flow of %j needs the scopes %j beside the least", (actions, needed) => {
  const ending = { afterSubmit: flow("done", { actions }) };
  const names = needed.map((scope) => `"${scope}"`).join(", ");

  expect(problemsOf({ ending, scopes: ManagementScopes.LEAST })).toEqual(
    needed.length === 0 ? [] : [`scopes must include ${names}, which the flows need, got "update:users"; add it`],
  );
  expect(problemsOf({ ending, scopes: [...ManagementScopes.LEAST, ...needed] })).toEqual([]);
  expect(problemsOf({ ending })).toEqual([]);
});
