import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson, literal } from "./terraform-text";
import type { Problems } from "./validation-error";

/** @see https://auth0.com/docs/customize/actions/limitations */
const MAX_BYTES = 100 * 1024;
const LIBRARY = join(__dirname, "..", "actions");
/** How a constant is written that stands on a line of its own. */
const CONSTANT = /^const (\w+) = (.*);$/gm;

/** What a stack gives to an Action, by name. */
type Values = Readonly<Record<string, unknown>>;

/** A constant at the top of a source, and where its value stands. */
interface Constant {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The source of a post-login Action, and the values that its stack puts in: into the constants of their names at its top,
 * `const FORM_ID = "…";`. What has no constant there the source finds in `event.secrets`.
 *
 * Terraform reads code back, and sees when it is not what it should be. It does not see that of secrets, for Auth0 never
 * gives them back.
 */
export class ActionSource {
  /** One of this library: as it is known, no parser is loaded to read it. */
  static ofLibrary(name: "progressive-profiling.js" | "scheduled-profiling.js"): ActionSource {
    const code = readFileSync(join(LIBRARY, name), "utf8");
    const constants = [...code.matchAll(CONSTANT)].map(({ index, 0: line, 1: constant = "", 2: value = "" }) => {
      const end = index + line.length - 1;
      return { name: constant, start: end - value.length, end };
    });
    return new ActionSource(name, code, constants);
  }

  /** @param checkCode adds what would fail in Auth0 where the source is given these secrets */
  constructor(
    private readonly name: string,
    private readonly code: string,
    private readonly constants: readonly Constant[],
    private readonly checkCode: (secrets: readonly string[], problems: Problems) => void = () => {},
  ) {}

  /**
   * Adds what would fail in Auth0: a missing handler, a secret that is used but not given, more than 100 kB of code.
   *
   * @param values by name, what the source may take
   */
  check(values: Values, problems: Problems): void {
    const code = this.filled(
      values,
      (text) => text,
      (value) => JSON.stringify(value) ?? "",
    );
    const bytes = Buffer.byteLength(code);
    if (bytes > MAX_BYTES) {
      problems.add(`Action source ${this.name} has ${bytes} bytes, but Auth0 takes at most ${MAX_BYTES}; shorten it`);
    }
    this.checkCode(this.secretsOf(values), problems);
  }

  /** The code with its values, as text for Terraform. */
  codeWith(values: Values): string {
    return this.filled(values, literal, canonicalJson);
  }

  /** The names of the values that the source finds in `event.secrets`. */
  secretsOf(values: Values): string[] {
    return Object.keys(values).filter((name) => !this.constants.some((constant) => constant.name === name));
  }

  private filled(values: Values, asText: (part: string) => string, asValue: (value: unknown) => string): string {
    let text = "";
    let from = 0;
    for (const { name, start, end } of this.constants) {
      if (name in values) {
        text += asText(this.code.slice(from, start)) + asValue(values[name]);
        from = end;
      }
    }
    return text + asText(this.code.slice(from));
  }
}
