import type { Outside } from "../forms/outside";
import type { Services } from "../management/family";
import type { SigningKey } from "../signing-key";

/** What the login works with. */
export interface LoginServices extends Services {
  readonly key: SigningKey;
  /** PEM certificate of the authority that signed the tenant's own. */
  readonly ca: string;
  /** Origin of the pages that people see, as in `http://localhost:9444`. */
  readonly pages: string;
  /** What flows reach beside the tenant. */
  readonly outside: Outside;
}
