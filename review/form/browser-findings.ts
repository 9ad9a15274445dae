import type { Facts, Finding, FindingOf, What } from "../finding";
import { contactAt, contactsIn, type Markup, markupIn, type Use } from "../html-markup";
import { changesBetween } from "../json-difference";
import { isSame, type JsonObject, objectOf, textOf, texts } from "../json-value";
import type { Profiling } from "../profiling";
import type { HostUse, Spot, SpotChange } from "./spots";

/** What a text of the form makes browsers do. */
interface SpotMarkup extends Markup {
  readonly spot: Spot;
}

type Found = <Name extends What>(what: Name, values: Facts[Name], stage?: string) => FindingOf<Name>;

/** Uses of which one more is dangerous, although the host is known. */
const OWN_USES: ReadonlySet<Use> = new Set(["form", "script", "frame", "base"]);

/** What the form makes browsers do: where they lead and load from, what they run, and what people see by other means than its texts. */
export function browserFindings(before: Profiling | undefined, after: Profiling, found: Found): readonly Finding[] {
  const [then, now] = [before === undefined ? [] : textsIn(before), textsIn(after)];
  const [oldHosts, allHosts] = [hostsOf(then), hostsOf(now)];
  const hosts = newHosts(oldHosts, allHosts);
  const codes = newTexts(then, now, ({ code }) => code);
  const sheets = newTexts(then, now, ({ css }) => css);
  const gone = [...oldHosts.keys()].filter((host) => !allHosts.has(host));
  return [
    ...(hosts.length === 0 ? [] : [found("form-reaches-out", { hosts, gone })]),
    ...(codes.length === 0 ? [] : [found("form-runs-code", { codes, isNew: before === undefined })]),
    ...(before === undefined || isSame(sheetsIn(then), sheetsIn(now))
      ? []
      : [found("form-styled", styled(then, now, sheets))]),
    ...(before === undefined ? [] : translated(before, after, found)),
    ...(before === undefined ? [] : hiddenData(before, after, found)),
  ];
}

function textsIn({ form, graph }: Profiling): readonly SpotMarkup[] {
  const components = graph.stages.flatMap(({ alias: stage, step }) =>
    step.components.flatMap(({ id: component, type, label, hint, config }): SpotMarkup[] => {
      const spot: Spot = { in: "component", stage, component };
      const { code, css, ...rest } = type === "CUSTOM" ? config : objectOf(undefined);
      const own: SpotMarkup[] = [
        ...(textOf(code) === undefined ? [] : [codeAt(spot, String(code))]),
        ...(textOf(css) === undefined ? [] : [cssAt(spot, String(css))]),
      ];
      const others = type === "CUSTOM" ? rest : config;
      return [...own, ...textsAt(spot, { label, hint, others })];
    }),
  );
  const translations = Object.entries(objectOf(form.translations)).flatMap(([language, translation]) => {
    const { components: translated, ...rest } = objectOf(translation);
    return [
      ...Object.entries(objectOf(translated)).flatMap(([component, part]) =>
        textsAt({ in: "translation", language, component }, part),
      ),
      ...textsAt({ in: "translation", language }, rest),
    ];
  });
  const css = [...texts(form.style)].map(({ text }) => cssAt({ in: "style" }, text));
  const hidden = [...graph.hiddenFields.values()].flatMap((value) => textsAt({ in: "hidden-fields" }, value));
  return [...components, ...translations, ...css, ...textsAt({ in: "messages" }, form.messages), ...hidden];
}

/** Settings of components that are addresses: nothing else has to say so. */
const ADDRESSES: ReadonlyMap<string | number | undefined, Use> = new Map([
  ["src", "image"],
  ["image_url", "image"],
  ["url", "address"],
]);

function textsAt(spot: Spot, value: unknown): readonly SpotMarkup[] {
  return [...texts(value)].map(({ text, path }) => {
    const markup = { spot, ...markupIn(text) };
    const use = ADDRESSES.get(path.at(-1));
    return use === undefined ? markup : { ...markup, contacts: contactAt(use, text) };
  });
}

/** Of a text that is nothing else. */
function codeAt(spot: Spot, text: string): SpotMarkup {
  return { spot, contacts: contactsIn(text), code: [text], css: [] };
}

function cssAt(spot: Spot, text: string): SpotMarkup {
  return { spot, contacts: contactsIn(text), code: [], css: [text] };
}

type Hosts = ReadonlyMap<string, HostUse["uses"]>;

function hostsOf(all: readonly SpotMarkup[]): Hosts {
  const found = new Map<string, { use: Use; spot: Spot }[]>();
  for (const { spot, contacts } of all) {
    for (const { host, use } of contacts) {
      const uses = found.get(host) ?? [];
      found.set(host, uses);
      uses.push({ use, spot });
    }
  }
  return found;
}

function newHosts(before: Hosts, after: Hosts): readonly HostUse[] {
  return [...after].flatMap(([host, uses]) => {
    const old = before.get(host);
    const added =
      old === undefined ? uses : uses.filter(({ use }) => OWN_USES.has(use) && !old.some((other) => other.use === use));
    return added.length === 0 ? [] : [{ host, uses: added }];
  });
}

function sheetsIn(all: readonly SpotMarkup[]): readonly string[] {
  return all.flatMap(({ css }) => css).sort();
}

/** What stood nowhere before. */
function newTexts(
  before: readonly SpotMarkup[],
  after: readonly SpotMarkup[],
  read: (one: SpotMarkup) => readonly string[],
): readonly { readonly spot: Spot; readonly text: string }[] {
  const then = new Set(before.flatMap(read));
  return after.flatMap((one) =>
    read(one)
      .filter((text) => !then.has(text))
      .map((text) => ({ spot: one.spot, text })),
  );
}

function styled(
  before: readonly SpotMarkup[],
  after: readonly SpotMarkup[],
  added: readonly { readonly spot: Spot; readonly text: string }[],
): Facts["form-styled"] {
  const then = new Set(after.flatMap(({ css }) => css));
  const removed = before.flatMap(({ spot, css }) => css.map((text) => ({ spot, text })));
  const gone = removed.filter(({ text }) => !then.has(text));
  const changes = [
    ...added.map(({ spot, text }) => ({ spot, after: text, before: gone.find((old) => isSame(old.spot, spot))?.text })),
    ...gone
      .filter(({ spot }) => !added.some((one) => isSame(one.spot, spot)))
      .map(({ spot, text }) => ({ spot, before: text })),
  ];
  return { changes: changes.map((change) => ({ path: [], ...change })) };
}

function translated(before: Profiling, after: Profiling, found: Found): readonly Finding[] {
  const [then, now] = [objectOf(before.form.translations), objectOf(after.form.translations)];
  const changes = [...new Set([...Object.keys(then), ...Object.keys(now)])].sort().flatMap((language) =>
    changesBetween(then[language], now[language]).map(({ path, ...values }): SpotChange => {
      const [part, component, ...rest] = path;
      return part === "components" && component !== undefined
        ? { spot: { in: "translation", language, component }, path: rest, ...values }
        : { spot: { in: "translation", language }, path, ...values };
    }),
  );
  const languages = changesBetween(before.form.languages, after.form.languages);
  return changes.length === 0 && languages.length === 0 ? [] : [found("form-translated", { changes, languages })];
}

function hiddenData(before: Profiling, after: Profiling, found: Found): readonly Finding[] {
  const fields = changesBetween(
    Object.fromEntries(before.graph.hiddenFields),
    Object.fromEntries(after.graph.hiddenFields),
  );
  const [then, now] = [unseenOf(before), unseenOf(after)];
  const changes: SpotChange[] = [
    ...fields.map((change) => ({ spot: { in: "hidden-fields" } as const, ...change })),
    ...[...now].flatMap(([component, { stage, settings }]) =>
      changesBetween(then.get(component)?.settings, settings).map((change) => ({
        spot: { in: "component", stage, component } as const,
        ...change,
      })),
    ),
  ];
  return changes.length === 0 ? [] : [found("form-hidden-data", { changes })];
}

/** Settings of which people see nothing: who is paid how much, where files go, whose service is asked. */
const UNSEEN: Readonly<Record<string, readonly string[]>> = {
  PAYMENT: ["provider", "charge", "credentials", "customer"],
  FILE: ["storage"],
  GMAPS_ADDRESS: ["api_key", "server_key"],
  RECAPTCHA: ["site_key", "secret_key"],
  AUTH0_VERIFIABLE_CREDENTIALS: ["url", "access_token", "verification_id"],
};

interface Unseen {
  readonly stage: string;
  readonly settings: JsonObject;
}

/** By the id of the component; of CUSTOM components what is handed to their code. */
function unseenOf({ graph }: Profiling): ReadonlyMap<string, Unseen> {
  const settings = graph.stages.flatMap(({ alias: stage, step }) =>
    step.components.map(({ id, type, config }): [string, Unseen] => {
      const names = (UNSEEN[type] ?? []).filter((name) => Object.hasOwn(config, name));
      const own = Object.fromEntries(names.map((name) => [name, config[name]]));
      return [id, { stage, settings: type === "CUSTOM" ? objectOf(config.params) : own }];
    }),
  );
  return new Map(settings);
}
