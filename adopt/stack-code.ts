import * as library from "../lib";
import { literal } from "../lib/terraform-text";
import type { Code, CodeContext, Import, Raw, Secret } from "./code";
import { type CodeNames, StackNames } from "./code-names";
import { flowCode, PACKAGE } from "./form-code";
import { type FlowOfForm, formWithFlows } from "./form-with-flows";
import type { AdoptedAction } from "./inventory";
import { comment, importLines } from "./module-class";
import type { Selection } from "./selection";

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
  readonly whyNodes: readonly Raw[];
  /** What has to be given before the first plan. */
  readonly secrets: readonly Secret[];
}

const PROVIDER = `${PACKAGE}/provider-auth0`;
const STACK_FILE = "adopted-stack.ts";

/** As {@link Code} has it, of a resource as of a construct. */
type Statement = Readonly<Record<"expression" | "resource" | "idOf", string>>;

/** Writes a stack that imports what was chosen. */
export function stackCode(selection: Selection): StackCode {
  return new StackWriter(selection).write();
}

class StackWriter {
  private readonly names = new StackNames(Object.keys(library));
  private readonly ids = new Map<string, string>();
  private readonly imports: Import[] = [
    { name: "TerraformStack", from: "cdktf" },
    { name: "Auth0Provider", from: PACKAGE },
    { name: "Construct", from: "constructs", isType: true },
  ];
  private readonly files = new Map<string, string>();
  private readonly statements: string[] = [];
  private readonly changes: string[] = [];
  private readonly left: string[] = [];
  private readonly raw: Raw[] = [];
  private readonly whyNodes: Raw[] = [];
  private readonly secrets = new Map<string, Secret>();
  private imported = 0;

  constructor(private readonly selection: Selection) {}

  write(): StackCode {
    const { selection } = this;
    for (const client of selection.clients) {
      const { id, name, appType, grantTypes } = client;
      this.resource("Client", this.names.of(name, "client"), id, ".clientId", {
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
      this.resource("ClientGrant", this.names.of(name, "grant"), id, ".id", {
        clientId: this.expressionOf(clientId),
        audience: text(audience),
        scopes: JSON.stringify(scopes),
      });
    }
    for (const { id, name, appId } of selection.connections) {
      // The provider reads the account's name back and never sends it.
      const lifecycle = '{ ignoreChanges: ["account_name"] }';
      this.resource("FlowVaultConnection", this.names.of(name, "vault-connection"), id, ".id", {
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
    const { files, changes, left, raw, whyNodes, secrets, imported } = this;
    return { files, imports: imported, changes, left, raw, whyNodes, secrets: [...secrets.values()] };
  }

  private formsAndFlows(): void {
    const { forms, flows, sharedFlows } = this.selection;
    const flowNames = new Map(flows.map(({ id, name }) => [id, this.names.of(name, "flow")]));
    for (const [id, { variable }] of flowNames) {
      this.ids.set(id, `${variable}.flowId`);
    }
    const contextOf = (id: string) => this.context(flowNames.get(id) as CodeNames);
    const addFlow = ({ id, code }: FlowOfForm) => this.add(flowNames.get(id) as CodeNames, id, code);
    for (const flow of flows.filter(({ id }) => sharedFlows.has(id))) {
      addFlow({ id: flow.id, code: flowCode(flow, contextOf(flow.id)) });
    }
    for (const { id, document, flows: own } of forms) {
      const names = this.names.of(document.name, "form");
      const runs = flows.filter((flow) => own.includes(flow.id) && !sharedFlows.has(flow.id));
      const { before, behind, form } = formWithFlows(
        document,
        Object.fromEntries(runs.map((flow) => [flow.id, flow])),
        (flow) => (flow === undefined ? this.context(names) : contextOf(flow)),
        this.names.of(document.name, "stages").variable,
      );
      before.forEach(addFlow);
      if (form.stages !== undefined) {
        this.statements.push(form.stages.statement);
        this.imports.push(...form.stages.imports);
      }
      behind.forEach(addFlow);
      if (form.whyNodes !== undefined) {
        this.whyNodes.push({ what: `form ${JSON.stringify(document.name)}`, why: form.whyNodes });
      }
      this.add(names, id, form, form.whyNodes && `Made of nodes, and not of stages: ${form.whyNodes}`);
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
    this.resource("Action", names, id, ".id", {
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
      const names = this.names.of(displayName, "binding");
      this.resource("TriggerAction", names, `${trigger}::${actionId}`, ".id", {
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
    names: CodeNames,
    id: string,
    idOf: string,
    props: Readonly<Record<string, string>>,
  ): void {
    const file = type.replace(/(?<=.)([A-Z])/g, "-$1").toLowerCase();
    const lines = Object.entries(props).map(([key, value]) => `      ${key}: ${value},\n`);
    const expression = `new ${type}(this, ${JSON.stringify(names.id)}, {\n${lines.join("")}    })`;
    this.statement(names, id, { expression, resource: "", idOf });
    this.imports.push({ name: type, from: `${PROVIDER}/${file}` });
  }

  private add(names: CodeNames, id: string, code: Code, remark?: string): void {
    this.statement(names, id, code, remark);
    this.imports.push(...code.imports);
    this.raw.push(...code.raw);
  }

  private statement({ variable }: CodeNames, id: string, { expression, resource, idOf }: Statement, remark?: string) {
    this.ids.set(id, `${variable}${idOf}`);
    this.statements.push(
      (remark === undefined ? "" : `// ${comment(remark)}\n    `) +
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
      return `// ${comment(what)}\n    const ${name} = new TerraformVariable(this, ${JSON.stringify(name)}, { type: "string", sensitive: true });`;
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
      ...importLines(this.imports),
      "",
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

/** A text of TypeScript that Terraform reads as this one. */
function text(value: string): string {
  return JSON.stringify(literal(value));
}
