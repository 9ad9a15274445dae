import { flowExecutionsIn, usersIn } from "../documents/collections";
import { forgetLogins } from "../documents/sessions";
import type { Store } from "../documents/store";
import { loginsIn } from "../login/login-log";
import { deleteUser } from "../management/users";

/** Takes away what people left: users, sessions, logins, executions. What was deployed stays, so that Terraform finds it as it was. */
export function reset(store: Store): void {
  forgetLogins(store);
  for (const { user_id } of usersIn(store).list()) {
    deleteUser(store, user_id);
  }
  for (const { id } of loginsIn(store).list()) {
    loginsIn(store).delete(id);
  }
  for (const { id } of flowExecutionsIn(store).list()) {
    flowExecutionsIn(store).delete(id);
  }
}
