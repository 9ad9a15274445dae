import * as library from "../lib";
import { literal } from "../lib/terraform-text";
import type { Code, CodeContext, Import, Raw, Secret } from "./code";
import { type CodeNames, type Kind, Names } from "./code-names";
import { flowCode, formCode } from "./form-code";
import type { AdoptedAction, AdoptedFlow } from "./inventory";
import type { Selection } from "./selection";
import type { Source } from "./source";

/** A stack that has what was chosen, as TypeScript. */
export interface StackCode {
  /** Contents by their paths in the folder. */
  readonly files: ReadonlyMap<string, string>;
  /** How many resources are imported. */
  readonly imports: number;
  /** What the first plan changes, a sentence each. */
  readonly changes: readonly string[];
  /** What the tenant does not give back, so that it stays as it is: a sentence each, with the way to give it. */
  readonly left: readonly string[];
  readonly raw: readonly Raw[];
  /** Forms that are made of nodes, and why they are not made of stages. */
  readonly nodes: readonly Raw[];
  /** What has to be given before the first plan. */
  readonly secrets: readonly Secret[];
}

const PACKAGE = "auth0-progressive-profiling";
const PROVIDER = `${PACKAGE}/provider-auth0`;
const STACK_FILE = "adopted-stack.ts";

/** Writes a stack that imports what was chosen. */
export function stackCode(selection: Selection): StackCode {
  return new StackWriter(selection).write();
}

class StackWriter {
  private readonly names = new Names(new Set(Object.keys(library)));
  private readonly ids = new Map<string, string>();
  private readonly imports: Import[] = [
    { name: "TerraformStack", from: "cdktf" },
    { name: "Auth0Provider", from: PACKAGE },
    { name: "Construct", from: "constructs" },
  ];
  private readonly files = new Map<string, string>();
  private readonly statements: string[] = [];
  private readonly changes: string[] = [];
  private readonly left: string[] = [];
  private readonly raw: Raw[] = [];
  private readonly nodes: Raw[] = [];
  private readonly secrets = new Map<string, Secret>();
  private imported = 0;

  constructor(private readonly selection: Selection) {}

  write(): StackCode {
    const { selection } = this;
    for (const client of selection.clients) {
      const { id, name, appType, grantTypes } = client;
      this.resource("Client", "client", name, id, ".clientId", {
        name: text(name),
        ...(appType !== undefined && { appType: text(appType) }),
        grantTypes: JSON.stringify(grantTypes),
      });
      this.left.push(
        `the secret of the client ${JSON.stringify(name)} stays Auth0's own: the stack neither reads nor writes it`,
      );
    }
    for (const { id, clientId, audience, scopes } of selection.grants) {
      const name = selection.clients.find((client) => client.id === clientId)?.name ?? "";
      this.resource("ClientGrant", "grant", name, id, ".id", {
        clientId: this.expressionOf(clientId),
        audience: text(audience),
        scopes: JSON.stringify(scopes),
      });
    }
    for (const { id, name, appId } of selection.connections) {
      // The provider reads the account's name back and never sends it.
      const lifecycle = '{ ignoreChanges: ["account_name"] }';
      this.resource("FlowVaultConnection", "vault-connection", name, id, ".id", {
        name: text(name),
        appId: text(appId),
        lifecycle,
      });
      this.left.push(
        `the set-up of the Vault connection ${JSON.stringify(name)}, which Auth0 gives nobody back; to have it in the stack, give its ` +
          "setup, each secret as a sensitive TerraformVariable: the next plan sets it once",
      );
    }
    this.formsAndFlows();
    for (const action of selection.actions) {
      this.action(action);
    }
    this.bindings();
    this.files.set(STACK_FILE, this.stackFile());
    const { files, changes, left, raw, nodes, secrets, imported } = this;
    return { files, imports: imported, changes, left, raw, nodes, secrets: [...secrets.values()] };
  }

  /** A flow that saves what stages ask stands behind them, all others before the forms. */
  private formsAndFlows(): void {
    const { forms, flows, sharedFlows } = this.selection;
    const flowNames = new Map(flows.map(({ id, name }) => [id, this.names.of(name, "flow")]));
    for (const [id, { variable }] of flowNames) {
      this.ids.set(id, `${variable}.flowId`);
    }
    const written = forms.map(({ id, document, flows: own }) => {
      const names = this.names.of(document.name, "form");
      const runs = flows.filter((flow) => own.includes(flow.id) && !sharedFlows.has(flow.id));
      const alone = Object.fromEntries(runs.map(({ id: of, name, actions }) => [of, { name, actions }]));
      const { variable } = this.names.of(document.name, "stages");
      const code = formCode(document, alone, this.context(names), variable);
      if (code.whyNodes !== undefined) {
        this.nodes.push({ what: `form ${JSON.stringify(document.name)}`, why: code.whyNodes });
      }
      return { id, names, runs, code };
    });
    const addFlow = ({ id, name, actions }: AdoptedFlow, changes?: Source) => {
      const names = flowNames.get(id) as CodeNames;
      this.add(names, id, flowCode({ name, actions }, this.context(names), changes));
    };
    const saving = (flow: AdoptedFlow) => {
      const own = written.find(({ code }) => code.stages?.saved.has(this.expressionOf(flow.id)));
      return own?.code.stages?.saved.get(this.expressionOf(flow.id));
    };
    for (const flow of flows.filter((one) => saving(one) === undefined)) {
      addFlow(flow);
    }
    for (const { id, names, runs, code } of written) {
      if (code.stages !== undefined) {
        this.statements.push(code.stages.statement);
        this.imports.push(...code.stages.imports);
      }
      for (const flow of runs.filter((one) => saving(one) !== undefined)) {
        addFlow(flow, saving(flow));
      }
      this.add(names, id, code);
    }
  }

  private action(action: AdoptedAction): void {
    const { id, name, code, runtime, trigger, dependencies, secrets, isDeployed, forms } = action;
    const names = this.names.of(name, "action");
    const file = `actions/${names.id}.js`;
    this.files.set(file, code);
    const known = forms.filter((form) => this.ids.has(form));
    const ids = known.map((form) => `${form}: ${this.expressionOf(form)}`).join(", ");
    const named = JSON.stringify(name);
    this.construct(names, "Action", id, ".id", {
      name: text(name),
      code: known.length === 0 ? `codeOf("${file}")` : `codeOf("${file}", { ${ids} })`,
      runtime: text(runtime),
      supportedTriggers: `{ id: ${text(trigger.id)}, version: ${text(trigger.version)} }`,
      ...(dependencies.length > 0 && { dependencies: JSON.stringify(dependencies) }),
      ...(isDeployed && { deploy: "true" }),
    });
    if (isDeployed) {
      this.changes.push(
        `the Action ${named} is deployed by the stack from now on: the first apply sets deploy, and makes a version of the same code`,
      );
    } else {
      this.left.push(
        `the Action ${named} has a draft that is not deployed: the stack has the draft, and logins run what is deployed until you set deploy: true`,
      );
    }
    if (secrets.length > 0) {
      this.left.push(
        `the secrets of the Action ${named} (${secrets.join(", ")}), whose values Auth0 gives nobody back; to have them in the stack, give all ` +
          "of them in secrets, each value as a sensitive TerraformVariable: the next plan sets them once",
      );
    }
  }

  /** One after the other: two at once would undo each other. */
  private bindings(): void {
    const before = new Map<string, string>();
    for (const { trigger, actionId, displayName } of this.selection.bindings) {
      const last = before.get(trigger);
      const names = this.resource("TriggerAction", "binding", displayName, `${trigger}::${actionId}`, ".id", {
        trigger: text(trigger),
        actionId: this.expressionOf(actionId),
        displayName: text(displayName),
        ...(last !== undefined && { dependsOn: `[${last}]` }),
      });
      before.set(trigger, names.variable);
    }
  }

  private context({ id, variable }: CodeNames): CodeContext {
    return {
      id,
      flowId: (flow) => this.expressionOf(flow),
      connectionId: (connection) => this.expressionOf(connection),
      secret: ({ name: own, what }) => {
        // Another form may have a secret at the same place.
        const name = `${variable}${own.charAt(0).toUpperCase()}${own.slice(1)}`;
        this.secrets.set(name, { name, what });
        return `${name}.stringValue`;
      },
      file: (name, content) => {
        const path = `forms/${id}/${name}`;
        this.files.set(path, content);
        this.imports.push({ name: "join", from: "node:path" });
        return `join(__dirname, ${JSON.stringify(path)})`;
      },
    };
  }

  private resource(
    type: string,
    kind: Kind,
    name: string,
    id: string,
    idOf: string,
    props: Readonly<Record<string, string>>,
  ): CodeNames {
    const names = this.names.of(name, kind);
    this.construct(names, type, id, idOf, props);
    return names;
  }

  private construct(
    names: CodeNames,
    type: string,
    id: string,
    idOf: string,
    props: Readonly<Record<string, string>>,
  ): void {
    const file = type.replace(/(?<=.)([A-Z])/g, "-$1").toLowerCase();
    const lines = Object.entries(props).map(([key, value]) => `      ${key}: ${value},\n`);
    const expression = `new ${type}(this, ${JSON.stringify(names.id)}, {\n${lines.join("")}    })`;
    this.statement(names, id, expression, "", idOf);
    this.imports.push({ name: type, from: `${PROVIDER}/${file}` });
  }

  private add(names: CodeNames, id: string, code: Code): void {
    this.statement(names, id, code.expression, code.resource, code.idOf);
    this.imports.push(...code.imports);
    this.raw.push(...code.raw);
  }

  private statement({ variable }: CodeNames, id: string, expression: string, resource: string, idOf: string): void {
    this.ids.set(id, `${variable}${idOf}`);
    this.statements.push(
      `const ${variable} = ${expression};\n    ${variable}${resource}.importFrom(${JSON.stringify(id)});`,
    );
    this.imported++;
  }

  /** What is of this stack by its construct, all else by its id in the tenant. */
  private expressionOf(id: string): string {
    return this.ids.get(id) ?? JSON.stringify(id);
  }

  private stackFile(): string {
    const hasActions = this.selection.actions.length > 0;
    const secrets = [...this.secrets.values()].map(({ name, what }) => {
      this.imports.push({ name: "TerraformVariable", from: "cdktf" });
      return `// ${what}\n    const ${name} = new TerraformVariable(this, ${JSON.stringify(name)}, { type: "string", sensitive: true });`;
    });
    if (hasActions) {
      this.imports.push({ name: "readFileSync", from: "node:fs" }, { name: "join", from: "node:path" });
    }
    const body = [
      `new Auth0Provider(this, "auth0", { domain: ${text(this.selection.domain)} });`,
      ...secrets,
      ...this.statements,
    ];
    return [
      importLines(this.imports),
      `/** What ${this.selection.domain} has of forms, as it was when the stack was written. After the first apply every importFrom can go. */`,
      "export class AdoptedStack extends TerraformStack {",
      "  constructor(scope: Construct, id: string) {",
      "    super(scope, id);",
      body.map((statement) => `    ${statement}`).join("\n\n"),
      "  }",
      "}",
      ...(hasActions ? [CODE_OF] : []),
    ]
      .join("\n")
      .concat("\n");
  }
}

const CODE_OF = `
/** A file as Terraform takes it, with this stack's ids for those of the tenant that stand in it. */
function codeOf(file: string, ids: Readonly<Record<string, string>> = {}): string {
  const code = readFileSync(join(__dirname, file), "utf8").replace(/[$%](?=\\{)/g, "$&$&");
  return Object.entries(ids).reduce((text, [id, known]) => text.replaceAll(id, () => known), code);
}`;

function importLines(imports: readonly Import[]): string {
  const byModule = new Map<string, Set<string>>();
  for (const { name, from } of imports) {
    byModule.set(from, (byModule.get(from) ?? new Set()).add(name));
  }
  const rank = (from: string) => (from.startsWith("node:") ? 0 : 1);
  return [...byModule]
    .sort(([one], [other]) => rank(one) - rank(other) || one.localeCompare(other))
    .map(([from, names]) => {
      const list = [...names].sort().join(", ");
      return from === "constructs" ? `import type { ${list} } from "${from}";` : `import { ${list} } from "${from}";`;
    })
    .concat("")
    .join("\n");
}

/** A text of TypeScript that Terraform reads as this one. */
function text(value: string): string {
  return JSON.stringify(literal(value));
}
