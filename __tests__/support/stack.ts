import { TerraformStack, Testing } from "cdktf";
import { Auth0Provider } from "../../lib";

/** A stack with the provider, named `dev`, in an app of its own. */
export function devStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "dev");
  new Auth0Provider(stack, "auth0");
  return stack;
}
