/** How an attribute's value is written. */
export type Writing =
  /** As an expression, whose texts are templates. */
  | "expression"
  /** As a value that Terraform does not evaluate. */
  | "literal"
  /** As it is: references, types and keywords, which JSON has as texts. */
  | "code";

/** What of a body are blocks, and how its attributes are written. */
export interface Body {
  readonly blocks?: Readonly<Record<string, Block>>;
  /** Where it is not as {@link others}. */
  readonly attributes?: Readonly<Record<string, Writing>>;
  /** @default "expression" */
  readonly others?: Writing;
}

export interface Block extends Body {
  /** How many names stand before its body. @default 0 */
  readonly labels?: number;
  /** Bodies by the first name, where that is the type of what is defined. */
  readonly byType?: ReadonlyMap<string, Body>;
}

/** A block in a provider's schema, as `providers schema -json` prints it. */
export interface SchemaBlock {
  readonly block_types?: Readonly<Record<string, { readonly block: SchemaBlock }>>;
}

type Schemas = Readonly<Record<string, { readonly block: SchemaBlock }>>;

/** What `providers schema -json` prints. */
export interface ProviderSchemas {
  readonly provider_schemas?: Readonly<
    Record<
      string,
      {
        readonly provider?: { readonly block: SchemaBlock };
        readonly resource_schemas?: Schemas;
        readonly data_source_schemas?: Schemas;
        readonly ephemeral_resource_schemas?: Schemas;
      }
    >
  >;
}

const CHECKED: Block = {};
const CONNECTION: Block = {};
const LIFECYCLE: Block = {
  attributes: { ignore_changes: "code", replace_triggered_by: "code" },
  blocks: { precondition: CHECKED, postcondition: CHECKED },
};
const PROVISIONER: Block = {
  labels: 1,
  attributes: { when: "code", on_failure: "code" },
  blocks: { connection: CONNECTION },
};

const META: Body = {
  attributes: { depends_on: "code", provider: "code" },
  blocks: { lifecycle: LIFECYCLE, connection: CONNECTION, provisioner: PROVISIONER },
};

const WORKSPACES: Block = { others: "literal" };

/** The blocks of Terraform's language that no provider has a part in. */
const LANGUAGE: Readonly<Record<string, Block>> = {
  terraform: {
    others: "literal",
    blocks: {
      required_providers: { others: "literal" },
      backend: { labels: 1, others: "literal", blocks: { workspaces: WORKSPACES } },
      cloud: { others: "literal", blocks: { workspaces: WORKSPACES } },
      provider_meta: { labels: 1 },
    },
  },
  variable: {
    labels: 1,
    attributes: { type: "code", default: "literal", description: "literal" },
    blocks: { validation: CHECKED },
  },
  locals: {},
  output: {
    labels: 1,
    attributes: { depends_on: "code", description: "literal" },
    blocks: { precondition: CHECKED },
  },
  module: {
    labels: 1,
    attributes: { source: "literal", version: "literal", depends_on: "code", providers: "code" },
  },
  moved: { others: "code" },
  import: { attributes: { to: "code", provider: "code" } },
  removed: { attributes: { from: "code" }, blocks: { lifecycle: {}, provisioner: PROVISIONER } },
};

/**
 * All blocks that a configuration may have.
 *
 * @param sources what each of the stack's provider names stands for, such as `auth0/auth0`
 */
export function languageOf(
  schemas: ProviderSchemas,
  sources: Readonly<Record<string, string>>,
): Readonly<Record<string, Block>> {
  const all = Object.entries(schemas.provider_schemas ?? {});
  const ofTypes = (kind: "resource_schemas" | "data_source_schemas" | "ephemeral_resource_schemas"): Block => {
    const types = all.flatMap(([, schema]) => Object.entries(schema[kind] ?? {}));
    return { labels: 2, byType: new Map(types.map(([type, { block }]) => [type, withMeta(bodyOf(block))])) };
  };
  const providers = Object.entries(sources).map(([name, source]) => {
    const schema = all.find(([address]) => address === source || address.endsWith(`/${source.toLowerCase()}`));
    return [name, bodyOf(schema?.[1].provider?.block ?? {})] as const;
  });
  const data = ofTypes("data_source_schemas");
  return {
    ...LANGUAGE,
    provider: { labels: 1, byType: new Map(providers) },
    data,
    ephemeral: ofTypes("ephemeral_resource_schemas"),
    resource: ofTypes("resource_schemas"),
    check: { labels: 1, blocks: { assert: CHECKED, data } },
  };
}

function bodyOf({ block_types: types = {} }: SchemaBlock): Body {
  const blocks = Object.entries(types).map(([name, { block }]) => [name, bodyOf(block)] as const);
  const dynamic = blocks.map(([name, content]) => {
    return [name, { attributes: { iterator: "code" }, blocks: { content } } satisfies Body] as const;
  });
  return { blocks: { ...Object.fromEntries(blocks), dynamic: { labels: 1, byType: new Map(dynamic) } } };
}

function withMeta(body: Body): Body {
  return { ...body, attributes: META.attributes, blocks: { ...body.blocks, ...META.blocks } };
}
