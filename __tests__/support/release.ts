import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { configurationOf } from "./example";

const RELEASES = join(__dirname, "..", "release");
const CHANGES = join(__dirname, "..", "..", "CHANGELOG.md");

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** What a stack was synthesised to, as far as it is kept. */
export interface ReleasedStack {
  readonly terraform: object;
  readonly provider: object;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly data?: Resources;
  readonly resource: Resources;
}

/** The default and five others: several flows, other destinations, an Action of one's own, no client, several steps. */
export const RELEASED_EXAMPLES = [
  "article",
  "consents",
  "email-code",
  "hidden-field",
  "saved-by-the-action",
  "two-steps",
] as const;

/** Stacks by release and example, as they were synthesised. */
export const RELEASED: readonly (readonly [release: string, example: string])[] = readdirSync(RELEASES, {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) =>
    readdirSync(join(RELEASES, name)).map((file) => [name, file.replace(/\.tf\.json$/, "")] as const),
  );

export function releasedFile(release: string, example: string): string {
  return join(RELEASES, release, `${example}.tf.json`);
}

export function releasedStack(release: string, example: string): ReleasedStack {
  return JSON.parse(readFileSync(releasedFile(release, example), "utf8"));
}

/** What an example is synthesised to now; code, which replaces nothing, is left out, as is where the state lies. */
export function stackNow(example: string): ReleasedStack {
  const {
    "//": _,
    terraform,
    ...configuration
  } = configurationOf(example) as unknown as ReleasedStack & {
    readonly "//": object;
    readonly terraform: { readonly required_providers: object };
  };
  const withoutCode = JSON.stringify(configuration, (key, value) =>
    key === "code" ? "exports.onExecutePostLogin = async () => {};\n" : key === "uniqueId" ? undefined : value,
  );
  return { ...JSON.parse(withoutCode), terraform: { required_providers: terraform.required_providers } };
}

export function addressesOf({ resource }: ReleasedStack): readonly string[] {
  return Object.entries(resource).flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`));
}

/** Of resources, those that no breaking change of the list of changes names. */
export function unannounced(
  addresses: readonly string[],
  changes: string = readFileSync(CHANGES, "utf8"),
): readonly string[] {
  const sections = changes.split(/^(?=##)/m);
  const breaking = sections.filter((section) => section.startsWith("### Breaking")).join("");
  return addresses.filter((address) => !breaking.includes(`\`${address}\``));
}
