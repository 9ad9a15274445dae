import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CommandError } from "../command/command-error";
import { readGivenFile } from "../command/given-file";
import { outputProblem } from "../command/output-folder";
import * as library from "../lib";
import { readForms } from "./form-file";
import { type FlowModule, type FormModule, flowModule, formModule } from "./form-module";
import { Names } from "./module-names";
import type { ModuleKind } from "./module-scope";
import { flowKey, sharedFlows } from "./shared-flows";
import { writeFolder } from "./written-folder";

export interface ImportedForms {
  readonly modules: readonly FormModule[];
  /** Flows that several of the forms run. */
  readonly sharedFlows: readonly FlowModule[];
  /** Names of flows in the files that no form runs. */
  readonly unused: readonly string[];
}

/**
 * Writes the forms of files as TypeScript into a folder; all of it, or nothing.
 *
 * @throws {@link CommandError} with all that is wrong with the files
 */
export function importForms(paths: readonly string[], folder: string): ImportedForms {
  const problems: string[] = [];
  const outOf = outputProblem("--out", folder);
  if (outOf !== undefined) {
    problems.push(outOf);
  }
  const files = paths.flatMap((path) => {
    const text = readGivenFile(path, { remedy: "give an export of a form, in UTF-8" }, (what) => problems.push(what));
    return text === undefined ? [] : [{ path, text }];
  });
  const { forms, unused } = readForms(files, (problem) => problems.push(problem));
  if (problems.length > 0) {
    throw new CommandError(problems);
  }
  const classNames = new Names(Object.keys(library));
  const kind = moduleKindOf(resolve(folder));
  const shared = new Map(
    [...sharedFlows(forms)].map(([key, flow]) => [key, flowModule(flow, classNames, kind)] as const),
  );
  const modules = forms.map((form) => {
    const own = Object.keys(form.flows).flatMap((id) => {
      const module = shared.get(flowKey(id, form));
      return module === undefined ? [] : [[id, module] as const];
    });
    return formModule(form, new Map(own), classNames, kind);
  });
  writeFolder(
    folder,
    [...shared.values(), ...modules].flatMap(({ files: written }) => written),
  );
  return { modules, sharedFlows: [...shared.values()], unused };
}

/** As Node reads a folder's files: by the package.json that is nearest. */
function moduleKindOf(folder: string): ModuleKind {
  const file = join(folder, "package.json");
  if (existsSync(file)) {
    try {
      const { type } = JSON.parse(readFileSync(file, "utf8")) as { readonly type?: unknown };
      return type === "module" ? "module" : "commonjs";
    } catch {
      return "commonjs";
    }
  }
  return dirname(folder) === folder ? "commonjs" : moduleKindOf(dirname(folder));
}
