import { loginsIn } from "../login/login-log";
import { forgetLogins } from "../login/store-adapter";
import { flowExecutionsIn, passwordsIn, usersIn } from "../management/collections";
import type { Store } from "../store";

/** Takes a user away, as the Management API does, with sessions and tokens. @returns whether there was one */
export function deleteUser(store: Store, id: string): boolean {
  forgetLogins(store, id);
  passwordsIn(store).delete(id);
  return usersIn(store).delete(id);
}

/** Takes away what people left: users, sessions, logins, executions. What was deployed stays, so that Terraform finds it as it was. */
export function reset(store: Store): void {
  for (const { user_id } of usersIn(store).list()) deleteUser(store, user_id);
  forgetLogins(store);
  for (const { id } of loginsIn(store).list()) loginsIn(store).delete(id);
  for (const { id } of flowExecutionsIn(store).list()) flowExecutionsIn(store).delete(id);
}
