import { flowExecutionsIn, usersIn } from "../documents/collections";
import { messagesIn } from "../documents/message";
import { forgetLogins } from "../documents/sessions";
import type { Store } from "../documents/store";
import { loginsIn } from "../login/login-log";
import { deleteUser } from "../management/users";

/** Takes away what people left: users, sessions, logins, executions, messages. What was deployed stays, so that Terraform finds it as it was. */
export function reset(store: Store): void {
  forgetLogins(store);
  for (const { user_id } of usersIn(store).list()) {
    deleteUser(store, user_id);
  }
  loginsIn(store).keepLast(0);
  flowExecutionsIn(store).keepLast(0);
  messagesIn(store).keepLast(0);
}
