import { ref, TerraformElement, type TerraformResource, TerraformStack } from "cdktf";
import { literal } from "./terraform-text";

/** Where a resource is from that was deployed before it had a key. */
class Moved extends TerraformElement {
  constructor(
    private readonly resource: TerraformResource,
    private readonly to: string,
  ) {
    super(resource, "Moved");
  }

  override toTerraform(): object {
    const { terraformResourceType, friendlyUniqueId } = this.resource;
    return { moved: [{ from: `${terraformResourceType}.${friendlyUniqueId}`, to: this.to }] };
  }
}

/**
 * Makes the resource one instance of itself, called by a key, e.g. `auth0_client.x["2026-11"]`: with another key it is another
 * instance, made beside the old one and never changed out of it.
 *
 * The provider keeps in the state what it could not write, and Auth0 gives no secret back: what is changed in place may
 * look changed for ever. What could not be made is made by the next apply.
 *
 * @param key a text that is known when the stack is built
 */
export function keyResource(resource: TerraformResource, key: string): void {
  const address = instanceAddress(resource, key);
  resource.addOverride("for_each", `\${toset([${quoted(key)}])}`);
  // CDKTF's own would be a list of what all instances have.
  resource.interpolationForAttribute = (attribute) => ref(`${address}.${attribute}`, TerraformStack.of(resource));
  new Moved(resource, address);
}

/** The address of the instance that has the key. */
export function instanceAddress({ terraformResourceType, friendlyUniqueId }: TerraformResource, key: string): string {
  return `${terraformResourceType}.${friendlyUniqueId}[${quoted(key)}]`;
}

function quoted(key: string): string {
  return literal(JSON.stringify(key));
}
