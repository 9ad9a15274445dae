import type { TerraformStack } from "cdktf";
import { Testing } from "cdktf";

type Attributes = Record<string, unknown>;

/** What a stack defines, read from its synthesised JSON; attributes that hold JSON are decoded. */
export class Template {
  /** Synthesises the stack as `cdktf synth` does. */
  static of(stack: TerraformStack): Template {
    return new Template(JSON.parse(Testing.synth(stack)));
  }

  private constructor(readonly json: Record<string, Record<string, Record<string, Attributes>>>) {}

  /** The attributes of all resources of a Terraform type, e.g. `auth0_form`, in the order of their logical ids. */
  all(type: string): Attributes[] {
    return Object.values(this.json.resource?.[type] ?? {}).map(decoded);
  }

  /** The attributes of the only resource of a type. */
  one(type: string): Attributes {
    const [first, ...others] = this.all(type);
    if (first === undefined || others.length > 0) {
      throw new Error(`expected one ${type}, found ${others.length + (first === undefined ? 0 : 1)}`);
    }
    return first;
  }

  /** The resources by type, with how many there are of each. */
  count(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(this.json.resource ?? {}).map(([type, byId]) => [type, Object.keys(byId).length]),
    );
  }

  logicalIds(type: string): string[] {
    return Object.keys(this.json.resource?.[type] ?? {});
  }
}

const JSON_ATTRIBUTES = ["actions", "start", "nodes", "ending"];

function decoded(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === "string" && JSON_ATTRIBUTES.includes(name) ? JSON.parse(quoteExpressions(value)) : value,
    ]),
  );
}

/** `${jsonencode(auth0_flow.x.id)}` stands where a text will stand: as a text, JSON can be parsed before the plan. */
function quoteExpressions(text: string): string {
  return text.replace(/\$\{jsonencode\(([^)]*)\)\}/g, (_, expression) => JSON.stringify(`<${expression}>`));
}
