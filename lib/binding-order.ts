import { Aspects, type IAspect, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** What an element is called in Terraform's expressions. */
const ADDRESS = /\b(?:data\.)?\w+\.[\w-]+/g;

/** What the synthesised elements of a stack say, by their addresses. */
type Texts = ReadonlyMap<string, string>;

/**
 * Makes the bindings of a stack wait for each other, whoever defined them: to bind an Action is to read the trigger's whole
 * list and write it back, so that two at once lose one.
 *
 * Those that were added here come last, in the order in which they were added; but what depends on one of them or on its
 * Action comes after it.
 */
export class BindingOrder implements IAspect {
  private readonly last: TerraformResource[] = [];
  private readonly actions: TerraformResource[] = [];

  private constructor(private readonly stack: TerraformStack) {}

  /** The order of a stack, of which there is one. */
  static of(stack: TerraformStack): BindingOrder {
    const aspects = Aspects.of(stack);
    const found = aspects.all.find((aspect) => aspect instanceof BindingOrder);
    const order = found ?? new BindingOrder(stack);
    if (found === undefined) {
      aspects.add(order);
    }
    return order;
  }

  addLast(binding: TerraformResource, action: TerraformResource): void {
    this.last.push(binding);
    this.actions.push(action);
  }

  /** When the stack is synthesised, and with it what was defined after this. */
  visit(node: IConstruct): void {
    if (node !== this.stack) {
      return;
    }
    const isOfStack = (binding: TerraformResource) => TerraformStack.of(binding) === this.stack;
    const all = this.stack.node.findAll().filter(isBinding).filter(isOfStack);
    // Each tenant has a list of its own.
    for (const alias of new Set(all.map(({ provider }) => provider?.alias))) {
      this.chain(all.filter(({ provider }) => provider?.alias === alias));
    }
  }

  private chain(bindings: readonly TerraformResource[]): void {
    if (bindings.length < 2) {
      return;
    }
    const texts = textsOf(this.stack.toTerraform());
    const ours = this.last.filter((binding) => bindings.includes(binding));
    const others = bindings.filter((binding) => !ours.includes(binding));
    const usesOurs = (binding: TerraformResource) => {
      const used = dependencies(addressOf(binding), texts);
      return this.actions.some((action) => used.has(addressOf(action)));
    };
    const wanted = [...others.filter((binding) => !usesOurs(binding)), ...ours, ...others.filter(usesOurs)];
    let before: TerraformResource | undefined;
    for (const binding of ordered(wanted, texts)) {
      if (before !== undefined) {
        binding.dependsOn = [...new Set([...(binding.dependsOn ?? []), addressOf(before)])];
      }
      before = binding;
    }
  }
}

function isBinding(construct: IConstruct): construct is TerraformResource {
  return TerraformResource.isTerraformResource(construct) && construct.terraformResourceType === "auth0_trigger_action";
}

function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

/** As wanted, but each after those that it depends on. */
function ordered(wanted: readonly TerraformResource[], texts: Texts): TerraformResource[] {
  const left = new Map(wanted.map((binding) => [addressOf(binding), dependencies(addressOf(binding), texts)]));
  const isReady = (binding: TerraformResource) =>
    [...(left.get(addressOf(binding)) ?? [])].every((address) => !left.has(address));
  const order: TerraformResource[] = [];
  let open = wanted;
  while (open.length > 0) {
    // Where all wait for each other Terraform says so itself.
    const next = open.find(isReady) ?? (open[0] as TerraformResource);
    left.delete(addressOf(next));
    order.push(next);
    open = open.filter((binding) => binding !== next);
  }
  return order;
}

/** The addresses of all that an element depends on, but its own. */
function dependencies(address: string, texts: Texts): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [address];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    for (const [named] of (texts.get(current) ?? "").matchAll(ADDRESS)) {
      if (texts.has(named) && !found.has(named)) {
        found.add(named);
        open.push(named);
      }
    }
  }
  found.delete(address);
  return found;
}

function textsOf({ resource = {}, data = {}, module = {}, locals = {} }: Record<string, object>): Texts {
  const ofTypes = (byType: object, prefix = "") =>
    Object.entries(byType).flatMap(([type, byId]) =>
      Object.entries(byId as object).map(([id, value]) => [`${prefix}${type}.${id}`, value] as const),
    );
  const all = [...ofTypes(resource), ...ofTypes(data, "data."), ...ofTypes({ module, local: locals })];
  return new Map(all.map(([address, value]) => [address, JSON.stringify(value)]));
}
