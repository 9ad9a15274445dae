import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import * as ts from "typescript";
import { type ImportedForms, importForms } from "../../adopt/import-form";
import * as library from "../../lib";

const REAL = join(__dirname, "..", "tenant", "forms", "real");

/** A form with its flows, by placeholders. */
export interface Exported {
  readonly form: Readonly<Record<string, unknown>>;
  readonly flows: Readonly<Record<string, { readonly name: string; readonly actions: unknown }>>;
}

/** The structures of forms that are in use, by their names. */
export const realForms: readonly string[] = readdirSync(REAL).map((file) => file.replace(/\.json$/, ""));

export function realForm(name: string): Exported {
  return JSON.parse(readFileSync(join(REAL, `${name}.json`), "utf8"));
}

/** As the dashboard exports it. */
export function envelope({ form, flows }: Exported): object {
  const connections = { "#CONN-1#": { id: `ac_${"1".repeat(22)}`, app_id: "AUTH0", name: "Profile writer" } };
  return { version: "4.0.0", form, flows, connections };
}

/** What Auth0 gives back: nothing that is empty. */
export function withoutEmpty({ form, flows }: Exported): Exported {
  const entries = Object.entries(form).map(([key, value]) => {
    const members = Object.entries(value as object).filter(([, part]) => JSON.stringify(part) !== "{}");
    return [key, key === "messages" ? Object.fromEntries(members) : value] as const;
  });
  return { form: Object.fromEntries(entries.filter(([, value]) => JSON.stringify(value) !== "{}")), flows };
}

type FormClass = new (scope: Construct, id: string, props: Readonly<Record<string, string>>) => Construct;

export interface Imported extends ImportedForms {
  readonly folder: string;
  /** Defines one of the forms. */
  readonly define: (scope: Construct, className: string, props: Readonly<Record<string, string>>) => Construct;
}

/** Files of these documents, imported into a folder that is new. */
export function imported(...documents: readonly unknown[]): Imported {
  const folder = mkdtempSync(join(tmpdir(), "import-form-"));
  const files = documents.map((document, index) => {
    const file = join(folder, `${index}.json`);
    writeFileSync(file, JSON.stringify(document));
    return file;
  });
  const out = join(folder, "forms");
  const result = importForms(files, out);
  const define: Imported["define"] = (scope, className, props) => {
    const module = [...result.sharedFlows, ...result.modules].find((one) => one.className === className);
    const source = readFileSync(join(out, module?.files[0]?.path ?? ""), "utf8");
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    const exported: Record<string, FormClass> = {};
    const load = (name: string) => (name === "auth0-progressive-profiling" ? library : require(name));
    new Function("require", "exports", "__dirname", outputText)(load, exported, out);
    const Class = exported[className];
    if (Class === undefined) {
      throw new Error(`there is no class ${className}`);
    }
    return new Class(scope, "form", props);
  };
  return { ...result, folder: out, define };
}

/** What the class of the only form defines, with the placeholders of the file. */
export function definedBy(result: Imported, { flows }: Exported, connection = "#CONN-1#"): Exported {
  const [module] = result.modules;
  const stack = new TerraformStack(Testing.app(), "dev");
  const standIn = `ac_${"1".repeat(22)}`;
  result.define(
    stack,
    module?.className ?? "",
    Object.fromEntries((module?.inputs ?? []).map(({ prop }) => [prop, standIn])),
  );
  const { resource } = JSON.parse(Testing.synth(stack));
  const [form] = Object.values(resource.auth0_form) as Record<string, unknown>[];
  const defined = Object.entries((resource.auth0_flow ?? {}) as Record<string, { name: string; actions: string }>);
  const placeholderOf = (flow: { name: string }) =>
    Object.keys(flows).find((id) => flows[id]?.name === flow.name) ?? "";
  const read = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return read(value[0]);
    }
    if (typeof value !== "string") {
      return Object.fromEntries(
        Object.entries(value as object).map(([key, member]) => [
          key,
          /^(errors|custom)$/.test(key) ? read(member) : member,
        ]),
      );
    }
    const withIds = defined.reduce(
      (text, [id, flow]) => text.replaceAll(`\${jsonencode(auth0_flow.${id}.id)}`, JSON.stringify(placeholderOf(flow))),
      value.replaceAll("$${", () => "${").replaceAll("%%{", "%{"),
    );
    return JSON.parse(withIds.replaceAll(standIn, connection));
  };
  const { name, "//": _, ...documents } = form ?? {};
  return {
    form: {
      name: JSON.parse(JSON.stringify(name).replaceAll("$${", () => "${")),
      ...Object.fromEntries(Object.entries(documents).map(([key, value]) => [key, read(value)])),
    },
    flows: Object.fromEntries(
      defined.map(([, flow]) => [placeholderOf(flow), { name: flow.name, actions: read(flow.actions) as unknown }]),
    ),
  };
}

/** What is written of the only form, and that it is equal to the file. */
export function written(exported: Exported): string {
  const result = imported(envelope(exported));
  expect(definedBy(result, exported)).toEqual(exported);
  return readFileSync(join(result.folder, result.modules[0]?.files[0]?.path ?? ""), "utf8");
}
