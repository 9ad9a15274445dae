import type { AttributeText, CodeOrigin, Deed, Facts, Finding, Question, ResourceName, Saver, What } from "../finding";
import type { Meaning } from "../form/meanings";
import { isAnyMoment } from "../form/schedule";
import type { HostUse, Spot, SpotChange } from "../form/spots";
import type { Use } from "../html-markup";
import { type ValueChange, valueText } from "../json-difference";
import { shownText } from "./condition-text";
import { causeText, stageText, stuckText } from "./login-text";
import { codeSpan, shorten } from "./markdown-text";
import { atMost, momentText } from "./moment-text";
import { codeSpans, count, figures, onApi, quoted, shortChange } from "./wording";

/** The finding as a sentence of Markdown on one line; every text from the plan is escaped in it. */
export function findingText<Name extends What>({ what, values }: Finding<Name>): string {
  return SENTENCES[what](values);
}

const SENTENCES: { readonly [Name in What]: (values: Facts[Name]) => string } = {
  "plan-errored": () =>
    "The plan ended with an error: what is after the error is not in it, and it can not be applied.",
  "plan-incomplete": () =>
    "The plan is not complete: it was made with `-target` or `-exclude`, and leaves other changes out.",
  "plan-deferred": ({ changes }) =>
    `${changes === 1 ? "1 change is" : `${changes} changes are`} put off until another is applied: this apply leaves it out, and the next plan shows it.`,
  "plan-destroys": ({ destroyed, all }) =>
    `The plan was made by \`terraform plan -destroy\`: it destroys ${destroyed < all ? `${destroyed} of ${count(all, "resource")}` : "all"} that the stack has.`,
  "check-failed": ({ check, problems }) =>
    `${codeSpan(check)} fails${problems.length === 0 ? "" : `: ${problems.map((problem) => quoted(problem, 200)).join(", ")}`}.`,
  "import-unknown": ({ resource, attribute }) =>
    `${subject(resource)} is imported: what ${codeSpan(attribute)} it has until now can not be known, for Auth0 never gives that back. The apply writes it.`,
  "plan-refreshes": () => "The plan was made with `-refresh-only`: it changes the state, and nothing in the tenant.",
  "apply-runs": ({ address, commands }) =>
    `The apply runs ${commands.map((command) => quoted(command, 200)).join(", ")} for ${codeSpan(address)}, with the secrets that it deploys with.`,
  "secret-readable": ({ address, isInAddress, attributes }) => {
    const places = [...(isInAddress ? ["its address"] : []), ...attributes.map(codeSpan)].join(", ");
    return `A secret stands in ${places} of ${codeSpan(address)}, where people can read it: take it out, and change the secret.`;
  },
  "resource-of-base": ({ resource }) =>
    `${subject(resource)} is changed by the base too, in another way: what is shown of it holds both changes.`,
  "form-of-base": ({ form }) =>
    `The form ${codeSpan(form)} is changed by the base too: what is shown of it holds both changes.`,

  "form-destroyed": ({ form, others }) =>
    `The form ${codeSpan(form)} is destroyed${others > 0 ? ` with ${others} more resources of it` : ""}: no login asks its questions any more. Answers that were given stay in \`user_metadata\`.`,
  "form-remade": ({ form, from, to, others }) =>
    `The form ${codeSpan(form)} is destroyed and made anew under another address${others === 0 ? "" : `, and ${others} more resources with it`}: ${codeSpan(from)} → ${codeSpan(to)}. Its id changes; answers that were given stay in \`user_metadata\`. With a \`moved\` block for each of them nothing is destroyed.`,
  "resource-destroyed": ({ resource, neededBy }) => sentence(resource, "destroyed", meaningOfGone(resource, neededBy)),
  "resource-replaced": ({ resource }) =>
    sentence(resource, "destroyed and made anew", MEANING_OF_REPLACED.get(resource.type)),
  "resource-rotated": ({ resource }) =>
    sentence(
      resource,
      "rotated (a new one is made, and the old one is destroyed once that is used)",
      MEANING_OF_ROTATED.get(resource.type) ?? "its id changes",
    ),
  "resources-forgotten": ({ resources: [first, ...others] }) =>
    first !== undefined && others.length === 0
      ? `${subject(first)} is forgotten: it stays in the tenant as it is, and Terraform looks after it no more.`
      : `${others.length + 1} resources are forgotten: they stay in the tenant as they are, and Terraform looks after them no more.`,
  "resource-drifted": ({ resource, change, attributes, isTakenBack }) => {
    const names = attributes.length > 0 ? ` (${codeSpans(attributes)})` : "";
    const takenBack = change === "removed" ? "the apply makes it anew" : "the apply takes that back";
    const end = isTakenBack ? takenBack : "this plan takes it into the state, and changes nothing in the tenant";
    return `${subject(resource)} was ${change} outside Terraform${names}: ${end}.`;
  },

  "scopes-unknown": ({ client }) =>
    `The client ${codeSpan(client)}: which scopes it is granted can not be known before the apply.`,
  "grant-moved": ({ client, from, to, scopes }) => {
    const audience = (one: string | undefined) => (one === undefined ? "one that is not known" : codeSpan(one));
    return `The grant of the client ${codeSpan(client)} goes to another API: ${audience(from)} → ${audience(to)}. It has no more scopes there than it had: ${scopes === "all" ? "all that the API has" : codeSpans(scopes)}.`;
  },
  "grant-lost": ({ client, audience }) =>
    `The client ${codeSpan(client)} loses its grant${onApi(audience)}: it may not use the API any more.`,
  "scopes-granted": ({ client, audience, added, isNew, movedFrom }) => {
    const moved =
      isNew && movedFrom !== undefined
        ? `; until now the grant was of ${codeSpan(movedFrom.client)}${onApi(movedFrom.audience)}`
        : "";
    const granted = `The client ${codeSpan(client)} is granted`;
    if (added === "all") {
      return `${granted} all scopes${audience === undefined ? " of its API" : onApi(audience)}${moved}.`;
    }
    const scopes = isNew ? count(added.length, "scope") : count(added.length, "more scope");
    return `${granted} ${scopes}${onApi(audience)}: ${codeSpans(added)}${moved}.`;
  },
  "code-unknown": ({ action }) => `The Action ${codeSpan(action)}: its code can not be known before the apply.`,
  "action-added": ({ action, origin }) =>
    `The Action ${codeSpan(action)} is new, and logins run it; its code is ${originText(origin)}.`,
  "action-changed": ({ action, parts, origin, hidesWhoIsAsked }) => {
    const what = parts.map((part) => ACTION_PARTS.get(part) ?? part).join(", ");
    const code = origin === undefined ? "" : `; the code is ${originText(origin)}`;
    const hidden = hidesWhoIsAsked ? ": who is asked, and when, can no longer be told" : "";
    return `The Action ${codeSpan(action)} changes: ${what}${code}${hidden}.`;
  },
  "action-not-deployed": ({ action }) =>
    `The Action ${codeSpan(action)} is not deployed (\`deploy\`): logins go on with the version before.`,
  "action-unbound": ({ action, trigger }) =>
    `The Action ${codeSpan(action)} is no longer run by ${trigger === undefined ? "logins" : `the trigger ${codeSpan(trigger)}`}.`,
  "action-bound": ({ action }) => `The Action ${codeSpan(action)} is bound now: logins run it.`,
  "binding-added": ({ action, trigger, isForeign, shownAs }) => {
    const foreign = `, shown as ${codeSpan(shownAs ?? "")}, and no plan here defines it: what it does can not be told`;
    return `The Action ${codeSpan(action)} is run by the trigger ${codeSpan(trigger)} now${isForeign ? foreign : ""}.`;
  },
  "actions-reordered": ({ trigger, actions }) =>
    `The trigger ${codeSpan(trigger)} runs its Actions in another order: ${codeSpans(actions)}.`,
  "bindings-removed": ({ list, trigger, actions }) => {
    const [action, it] = actions.length === 1 ? ["the Action", "it"] : ["the Actions", "them"];
    const who = trigger === undefined ? "logins do" : `the trigger ${codeSpan(trigger)} does`;
    return `${codeSpan(list)} takes ${action} ${codeSpans(actions)} off the trigger, which nothing in this plan defines: ${who} not run ${it} any more.`;
  },
  "bindings-replaced": ({ list }) =>
    `${codeSpan(list)} sets the whole list of its trigger: Actions that something else has bound there are not run any more, and which those are no plan can tell.`,
  "saving-refused": ({ flow, client, connection, letsIn }) => {
    const outcome = letsIn
      ? "people get in, are asked at every login, and nothing is kept"
      : "nobody gets past the form";
    return `The flow ${codeSpan(flow)} can not save answers any more: it writes as the client ${codeSpan(client)} (Vault connection ${codeSpan(connection)}), which is not granted ${codeSpan("update:users")}. ${sentenceCase(outcome)}.`;
  },
  "flow-after-unknown": ({ flow }) => `The flow ${codeSpan(flow)}: what it does can not be known before the apply.`,
  "flow-before-unknown": ({ flow }) => `The flow ${codeSpan(flow)}: what it did before can not be known.`,
  "flow-deeds": ({ flow, isNew, added, removed }) => {
    const parts = [
      ...(added.length === 0 ? [] : [`${isNew ? "it" : "it now"} ${deedsText(added)}`]),
      ...(removed.length === 0 ? [] : [`it no longer ${deedsText(removed)}`]),
    ];
    const what = isNew
      ? "is new and does more than writing answers"
      : "changes in more than the answers that it writes";
    return `The flow ${codeSpan(flow)} ${what}: ${parts.join("; ") || "settings of its actions"}.`;
  },
  "flow-run": ({ flow, isKnown, does }) => {
    const what = isKnown ? `it ${deedsText(does)}` : "what that does, no plan here holds";
    return `The form runs the flow ${codeSpan(flow)} now: ${what}.`;
  },
  "connection-changed": ({ connection, changes }) => {
    const value = (text: string | undefined) => (text === undefined ? "not known" : codeSpan(text));
    const all = changes.map(({ key, before, after }) => `${codeSpan(key)} ${value(before)} → ${value(after)}`);
    return `The Vault connection ${codeSpan(connection)}, through which flows write, is set up otherwise: ${all.join(", ")}.`;
  },
  "resource-reaches-out": ({ resource, isNew, hosts }) =>
    `${subject(resource)} ${isNew ? "is new, and leads people to an address" : "leads people to another address"}, loads from it or sends to it: ${attributeTexts(hosts)}.`,
  "resource-runs-scripts": ({ resource, isNew, scripts }) =>
    `${subject(resource)} ${isNew ? "is new, and runs code in people's browsers" : "runs other code in people's browsers than before"}: ${attributeTexts(scripts)}.`,
  "resource-runs-code": ({ resource, isNew, code }) =>
    `${subject(resource)} ${isNew ? "is new, and has code" : "has other code than before"}, which Auth0 runs: ${attributeTexts(code)}.`,
  "attributes-unknown": ({ resource, attributes, question }) =>
    `${codeSpans(attributes)} of ${nameText(resource, "the")} ${attributes.length === 1 ? "is" : "are"} known only after the apply: ${QUESTIONS[question]} can not be told.`,
  "client-proves-otherwise": ({ client, changes }) =>
    `The client ${codeSpan(client)} is let in by other means: ${someOf(changes.map(valueChangeText))}. Whoever has them acts as it.`,
  "grant-changed": ({ client, changes }) =>
    `The grant of the client ${codeSpan(client)} changes beside its scopes: ${someOf(changes.map(valueChangeText))}.`,
  "limit-near": ({ what, where, used, limit, isTenantWide }) => {
    const ofWhat = where === "" ? "" : ` (${codeSpan(where)})`;
    const full = used === limit ? "there is no room for more" : "it is nearly full";
    const end = used > limit ? "Auth0 refuses more" : full;
    const others = isTenantWide ? "; the tenant may have others beside them" : "";
    return `${figures(used)} of ${figures(limit)} ${what}${ofWhat}: ${end}${others}.`;
  },

  "nodes-unknown": ({ form }) =>
    `The nodes of the form ${codeSpan(form)} are known only after the apply, and the synthesised configuration was not given: who is asked what can not be told.`,
  "parts-unknown": ({ form, parts }) =>
    `What stands in ${codeSpans(parts)} of the form ${codeSpan(form)} is known only after the apply, and the synthesised configuration was not given.`,
  "parts-unreadable": ({ form, parts }) =>
    `What stands in ${codeSpans(parts)} of the form ${codeSpan(form)} is no JSON of a form: what the form does can not be told.`,
  "flow-unknown": ({ because }) => `It can not be told ${causeText(because).replace(/^the/, "what stands in the")}.`,
  "action-unknown": ({ form }) =>
    `Which Action shows the form ${codeSpan(form)} is known only after the apply: it stands in the secrets of one.`,
  "form-without-action": ({ form }) =>
    `No Action of this plan shows the form ${codeSpan(form)}: unless another does, no login asks anything.`,
  "form-unbound": ({ action, leftOutBy }) =>
    leftOutBy !== undefined
      ? `${codeSpan(leftOutBy)} sets the whole list of the post-login trigger and leaves the Action ${codeSpan(action)} out: no login asks anything any more, whatever else binds it.`
      : `The Action ${codeSpan(action)} is not bound to the post-login trigger: unless something else binds it, no login asks anything.`,
  "form-stuck": ({ because }) => `Nobody gets past the form: ${stuckText(because)}.`,
  "form-opened-for-nothing": ({ keys }) =>
    `The Action opens the form at every login as long as ${codeSpans(keys)} is missing, and no stage waits for that: who has answered the rest is asked nothing there.`,
  "form-leads-away": ({ before, after }) => {
    const instead = before === undefined ? "" : `, no longer to ${quoted(before, 120)}`;
    return `The ending of the form leads people to ${quoted(after, 120)}${instead}.`;
  },
  "form-reaches-out": ({ hosts, gone }) => {
    const all = hosts.map(({ host, uses }) => `${quoted(host, 120)} (${someOf(uses.map(useText))})`);
    const instead = gone.length === 0 ? "" : `; no longer ${someOf(gone.map((host) => quoted(host, 120)))}`;
    return `The form leads people to another address, or loads from it: ${eachOf(all)}${instead}.`;
  },
  "form-runs-code": ({ codes, isNew }) => {
    const what = isNew ? "code in people's browsers" : "other code in people's browsers than before";
    const all = codes.map(({ text }) => codeAtText(text, codes));
    return `The form runs ${what}: ${eachOf(all)}. It can read what they enter, and send it anywhere.`;
  },
  "form-styled": ({ changes }) =>
    `The CSS changes, which can hide, move or cover what people see: ${someOf(changes.map(spotChangeText))}.`,
  "form-translated": ({ changes, languages }) => {
    const own = languages.map(
      ({ path, before, after }) => `${path.join(" ")} language ${valueSpan(before)} → ${valueSpan(after)}`,
    );
    return `People read other texts in other languages: ${someOf([...own, ...changes.map(spotChangeText)])}.`;
  },
  "form-hidden-data": ({ changes }) =>
    `What goes with the form unseen is another: ${someOf(changes.map(spotChangeText))}.`,
  "keys-not-written": ({ keys }) =>
    `${codeSpans(keys)} ${keys.length === 1 ? "is" : "are"} no longer written. Answers that were given stay${keys.some(isOfMetadata) ? " in `user_metadata`" : ""}; who reads them sees no newer ones.`,
  "key-written-twice": ({ key, stages }) =>
    `Stages ${stages.map(stageText).join(" and ")} write the same key ${codeSpan(key)}: the later answer replaces the earlier.`,
  "moment-changed": ({ alias, before, after }) => {
    const what = alias === undefined ? "People are" : `Stage ${quoted(alias, 40)} is`;
    return `${what} asked ${momentText(after)}; before: ${momentText(before)}.`;
  },
  "stages-per-login": ({ before, after }) =>
    `One login asks ${atMost(after)} stage${after === 1 ? "" : "s"} instead of ${atMost(before)}.`,
  "saver-changed": ({ before, after }) => {
    const limits = after === "action" ? ": where that fails, people get in, and nobody tells them" : "";
    return `Answers are saved by ${SAVERS[after]} from now on, before by ${SAVERS[before]}${limits}.`;
  },
  "version-raised": ({ alias, place, before, after }) =>
    `Everybody who accepted ${codeSpan(before)} is asked again: stage ${quoted(alias, 40)} waits for ${codeSpan(after)} in ${codeSpan(place)}.`,
  "users-asked": ({ stages, keys, moment, isAtOnce, isForEver, isWhomKnown, doubt }) => {
    const without = keys.length === 0 ? "" : ` without ${placesText(keys)}`;
    const whom = isWhomKnown ? "" : " to whom the Action shows the form";
    const once = isAtOnce ? "at the next login" : "at the next logins, one after the other";
    const when = isForEver ? "at every login, for ever" : once;
    const always = moment === undefined || !isAnyMoment(moment) ? "" : ` The form asks ${momentText(moment)}.`;
    const rest = doubt === undefined ? "" : ` What comes then depends on ${causeText(doubt)}.`;
    return `Every existing user${without}${whom} is asked ${when}: ${stages.map(askedText).join(", ")}.${always} How many logins that makes, no plan can tell.${rest}`;
  },

  "stage-stuck": ({ stage, because }) =>
    `Who gets to stage ${stageText(stage)} gets no further: ${stuckText(because)}.`,
  "stage-unreachable": ({ stage }) => `No login gets to stage ${stageText(stage)}: nothing in the form leads there.`,
  "stage-behind-another": ({ stage }) => `No login gets to stage ${stageText(stage)}: another one always comes first.`,
  "stage-not-looked-for": ({ stage, keys, isSeen }) =>
    isSeen
      ? `Stage ${stageText(stage)} waits for ${codeSpans(keys)}, which the Action does not look for: it is asked only as long as another answer is missing too.`
      : `No login gets to stage ${stageText(stage)}: it waits for ${codeSpans(keys)}, which the Action does not look for.`,
  "stage-loops": ({ stage, keys }) => {
    const reason =
      keys.length > 0
        ? `it waits for ${codeSpans(keys)}, which nothing behind it writes`
        : "its answers do not end that";
    return `Stage ${stageText(stage)} is asked at every login, for ever: ${reason}.`;
  },
  "stage-erases": ({ stage, erased }) =>
    `Who leaves the fields of stage ${stageText(stage)} empty loses all of ${codeSpan(erased)}: the flow then sends none of it, which Auth0 takes for erasing it. Make a field that is written required.`,
  "stage-asked-again": ({ stage, keys }) =>
    `Stage ${stageText(stage)} waits for ${codeSpans(keys)}, which is optional: who leaves it empty is asked at every login.`,
  "answers-not-written": ({ stage, fields }) => {
    const [are, them] = fields.length === 1 ? ["is", "it"] : ["are", "them"];
    return `${codeSpans(fields)} in stage ${stageText(stage)} ${are} asked, and no flow writes ${them}: only an Action that reads the form's answers could keep ${them}.`;
  },
  "condition-changed": ({ alias, before, after }) => {
    const [then, now] = [before, after].map((conditions) => shownText(conditions, "never: no rule leads there"));
    return `Stage ${quoted(alias, 40)} is shown ${now}; before: ${then}.`;
  },
  "key-renamed": ({ alias, field, from, to, isAskedAgain }) => {
    const whom = isAskedAgain
      ? "existing users are asked again"
      : "existing users who have answered are not asked again, and never get the new key";
    return `${codeSpan(field)} in stage ${quoted(alias, 40)} is written to ${codeSpans(to)}, no longer to ${codeSpans(from)}: answers that were given stay under the old key, ${whom}.`;
  },
  "answers-mean-otherwise": ({ alias, field, keys, changes }) =>
    `What ${codeSpan(field)} in stage ${quoted(alias, 40)} keeps in ${codeSpans(keys)} is another thing than until now: ${changes.map(meaningText).join(", ")}. Answers that were given stay as they are, and nobody can tell them from new ones.`,
  "users-no-longer-asked": ({ lacking, having }) =>
    `Who has ${codeSpans(having)} and lacks ${codeSpans(lacking)} is no longer asked for ${lacking.length === 1 ? "it" : "them"}.`,
  "field-required": ({ alias, field, label, isNew }) => {
    const name = label === undefined ? codeSpan(field) : `${quoted(label, 40)} (${codeSpan(field)})`;
    const what = isNew ? "is a new field that is required" : "is required now";
    return `${name} in stage ${quoted(alias, 40)} ${what}: nobody gets past it without an answer.`;
  },
  "options-removed": ({ alias, field, values }) => {
    const options = values.slice(0, MOST_OPTIONS).map((value) => quoted(value, 40));
    const more = values.length > MOST_OPTIONS ? ` and ${values.length - MOST_OPTIONS} more` : "";
    return `${codeSpan(field)} in stage ${quoted(alias, 40)} can no longer be answered with ${options.join(", ")}${more}: answers that were given stay as they are.`;
  },
};

const QUESTIONS: Readonly<Record<Question, string>> = {
  leads: "where it leads",
  code: "what Auth0 runs for it",
  action: "which Action is run",
  access: "who is let in, and by what means or for what,",
};

const SAVERS: Readonly<Record<Saver, string>> = {
  flow: "a flow",
  action: "the Action when the login ends",
  both: "a flow and the Action",
};

/** A place of the profile that is a key of `user_metadata`. */
function isOfMetadata(place: string): boolean {
  return !place.includes(".");
}

function placesText(places: readonly string[]): string {
  const [own, others] = [places.filter(isOfMetadata), places.filter((place) => !isOfMetadata(place))];
  return [...(own.length === 0 ? [] : [`${codeSpans(own)} in \`user_metadata\``]), ...others.map(codeSpan)].join(", ");
}

function askedText({ moment, ...stage }: Facts["users-asked"]["stages"][number]): string {
  return moment === undefined ? stageText(stage) : `${stageText(stage)} (${momentText(moment)})`;
}

const MOST_OPTIONS = 8;
const MOST_NAMED = 5;

const USES: Readonly<Record<Use, string>> = {
  link: "link",
  image: "image",
  form: "where a form is sent to",
  script: "script",
  frame: "frame",
  base: "base of all addresses",
  redirection: "redirection",
  address: "address",
};

/** Of hosts and code the one that is dangerous may be any: none is left out. */
function eachOf(texts: readonly string[]): string {
  return [...new Set(texts)].join("; ");
}

function someOf(texts: readonly string[]): string {
  const shown = [...new Set(texts)];
  const rest = shown.length - MOST_NAMED;
  return rest > 0 ? `${shown.slice(0, MOST_NAMED).join("; ")}; and ${rest} more` : shown.join("; ");
}

/** Code, and where it is: in several places it is the same to read. */
function codeAtText(text: string, codes: Facts["form-runs-code"]["codes"]): string {
  const [first = "", ...rest] = codes.filter((one) => one.text === text).map(({ spot }) => spotText(spot));
  return `${quoted(text, 120)} ${first}${rest.length === 0 ? "" : `, and in ${count(rest.length, "more place")}`}`;
}

function meaningText(meaning: Meaning): string {
  switch (meaning.what) {
    case "label":
      return `${quoted(meaning.value, 40)} stands for ${shortChange(meaning.before, meaning.after)}`;
    case "type":
      return `${codeSpan(meaning.before)} → ${codeSpan(meaning.after)}`;
    case "setting":
      return `${codeSpan(meaning.name)} ${valueSpan(meaning.before)} → ${valueSpan(meaning.after)}`;
  }
}

function useText({ use, spot }: HostUse["uses"][number]): string {
  return `${USES[use]} ${spotText(spot)}`;
}

function spotText(spot: Spot): string {
  switch (spot.in) {
    case "component":
      return `in ${codeSpan(spot.component)} of stage ${quoted(spot.stage, 40)}`;
    case "translation":
      return `in the translation ${codeSpan(spot.language)}${spot.component === undefined ? "" : ` of ${codeSpan(spot.component)}`}`;
    case "style":
      return "in the CSS of the form";
    case "messages":
      return "in its messages";
    case "hidden-fields":
      return "in its hidden fields";
  }
}

/** Each text once, with all attributes that it stands in. */
function attributeTexts(all: readonly AttributeText[]): string {
  const texts = [...new Set(all.map(({ text }) => text))].map((text) => {
    const attributes = all.filter((one) => one.text === text).map(({ attribute }) => attribute);
    return `${quoted(text, 120)} (${codeSpans([...new Set(attributes)])})`;
  });
  return eachOf(texts);
}

function spotChangeText({ spot, ...change }: SpotChange): string {
  return `${valueChangeText(change)} ${spotText(spot)}`;
}

function valueChangeText({ path, before, after }: ValueChange): string {
  const place = path.length === 0 ? "" : `${codeSpan(path.join("."))} `;
  const change =
    before !== undefined && after !== undefined
      ? shortChange(valueText(before), valueText(after))
      : `${valueSpan(before)} → ${valueSpan(after)}`;
  return `${place}${change}`;
}

function valueSpan(value: unknown): string {
  return value === undefined ? "nothing" : quoted(valueText(value));
}

/** What Auth0 calls the resources that people know by their names. */
const KINDS = new Map([
  ["auth0_action", "Action"],
  ["auth0_client", "client"],
  ["auth0_flow", "flow"],
  ["auth0_flow_vault_connection", "Vault connection"],
  ["auth0_form", "form"],
]);

const ACTION_PARTS = new Map([
  ["secrets", "names of secrets"],
  ["supported_triggers", "trigger"],
]);

/** What it means for logins that the resource is gone. */
const MEANING_OF_GONE = new Map(
  Object.entries({
    auth0_client_credentials: "Auth0 keeps the application, with the authentication method that it has by default",
    auth0_client_grant: "its client may not use the API any more",
    auth0_action: "logins do not run it any more",
    auth0_trigger_action: "logins do not run the Action any more",
    auth0_trigger_actions: "logins run none of the trigger's Actions any more",
    auth0_connection_client: "users of the connection can not log in to the application any more",
    auth0_connection_clients: "users of the connection can not log in to its applications any more",
    auth0_resource_server: "no token is issued for the API any more",
    auth0_connection: "its users can not log in any more, and those of a database connection are deleted",
    auth0_user: "the user and the answers in `user_metadata` are gone",
  }),
);

/** What it means for logins that the resource is gone until it is made anew. */
const MEANING_OF_REPLACED = new Map(
  Object.entries({
    auth0_form: "its id changes; between the two, logins can not show it",
    auth0_flow: "its id changes; between the two, answers are not saved",
    auth0_flow_vault_connection: "its id changes; between the two, answers are not saved",
    auth0_client:
      "its client ID and secret change, and its grants are made anew; between the two, answers are not saved, and whoever else uses the old ones is locked out",
    auth0_client_credentials: "between the two, answers may not be saved",
    auth0_client_grant: "between the two, the client may not use the API, and answers are not saved",
    auth0_action: "between the two, logins do not run it",
    auth0_trigger_action: "it goes to the end of the trigger's Actions",
    auth0_connection: "its users can not log in, and those of a database connection are deleted",
  }),
);

/** What it means that the resource is another one from the apply on. */
const MEANING_OF_ROTATED = new Map(
  Object.entries({
    auth0_client: "its client ID and secret change, and whoever else uses the old ones is locked out",
    auth0_connection: "its users stay with the old one, and those of a database connection are deleted",
  }),
);

export function originText(origin: CodeOrigin): string {
  return { unknown: "not known", library: "this library's own, unchanged", other: "not this library's own" }[origin];
}

function subject(resource: ResourceName): string {
  return nameText(resource, "The");
}

/** By its name in the tenant where it has one. */
function nameText({ type, name, address }: ResourceName, article: "The" | "the"): string {
  const kind = KINDS.get(type);
  return kind === undefined || name === undefined ? codeSpan(address) : `${article} ${kind} ${codeSpan(name)}`;
}

function sentence(resource: ResourceName, what: string, means: string | undefined): string {
  return `${subject(resource)} is ${what}${means === undefined ? "" : `: ${means}`}.`;
}

/** What it means for logins, and for whatever the plan leaves that still uses it. */
function meaningOfGone({ type }: ResourceName, neededBy: readonly ResourceName[] | undefined): string | undefined {
  const means = MEANING_OF_GONE.get(type);
  if (neededBy === undefined) {
    return means;
  }
  if (neededBy.length === 0) {
    return means ?? "nothing that this plan leaves uses it";
  }
  const told = neededBy.map((user) => `${nameText(user, "the")} needs it, and can not save answers any more`);
  return [...(means === undefined ? [] : [means]), ...told].join("; ");
}

/** Of an address its origin and path: what follows may hold credentials under any name. */
function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/s, "").replace(/(?<=:\/\/)[^/]*@/, "");
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Stands behind "it"; what is set of one user is one list. */
function deedsText(deeds: readonly Deed[]): string {
  const set = new Map<string, string[]>();
  for (const deed of deeds) {
    if (deed.does === "sets") {
      const of = deed.user === undefined ? "" : ` of the user ${codeSpan(deed.user)}`;
      const to = deed.to === undefined ? "" : ` to ${quoted(valueText(deed.to), 40)}`;
      set.set(of, [...(set.get(of) ?? []), `${codeSpan(deed.key)}${to}`]);
    }
  }
  const sets = [...set].map(([of, keys]) => `sets ${keys.join(", ")}${of}`);
  return [...sets, ...deeds.flatMap((deed) => (deed.does === "sets" ? [] : deedText(deed)))].join(", ");
}

function deedText(deed: Exclude<Deed, { does: "sets" }>): string {
  switch (deed.does) {
    case "runs":
      return `runs ${codeSpan(deed.action)}${deed.target === undefined ? "" : ` with ${codeSpan(shorten(withoutQuery(deed.target), 120))}`}`;
    case "uses":
      return `uses the Vault connection ${codeSpan(deed.connection)}`;
  }
}
