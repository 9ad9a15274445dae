import { Form } from "@cdktf/provider-auth0/lib/form";
import type { Construct } from "constructs";
import { checkFields, type FieldsOf, other, requiredOther } from "./fields";
import { type FlowDefinition, isFlow } from "./form/flow";
import { checkLanguage } from "./form/language";
import type { FormSettings, Messages } from "./form/settings";
import type { TenantProviderProps } from "./tenant-provider";
import { canonicalJson, literal } from "./terraform-text";
import type { Problems } from "./validation-error";

/** Languages of a form, as locales of 1 to 55 characters, e.g. `en`, `pt-BR`. */
export interface Languages {
  /** Language that the texts of the form are written in. */
  readonly primary: string;
  /**
   * Language that a person sees whose browser asks for one the form is not translated to.
   *
   * @default - the primary language
   */
  readonly default?: string;
}

const LANGUAGES: FieldsOf<Languages> = { primary: requiredOther, default: other };

/** What of a form is its graph, as the Forms API takes it. */
interface Graph {
  readonly start: object;
  readonly nodes: readonly object[];
  readonly ending: { readonly resume_flow: true; readonly coordinates?: object };
}

type FlowIdOf = (flow: FlowDefinition) => string;

interface Described extends FormSettings, TenantProviderProps {
  readonly name: string;
  readonly languages?: Languages;
}

/** Adds what Auth0 would refuse in the languages of a form. */
export function checkLanguages(languages: unknown, problems: Problems): void {
  const given = checkFields<Languages>("languages", languages, LANGUAGES, problems);
  for (const [name, language] of Object.entries(given)) {
    checkLanguage(`languages.${name}`, language, problems);
  }
}

/** The provider's resource of a form, whose words are in its primary language. */
export function formResource(scope: Construct, described: Described, graph: Graph, flowIdOf?: FlowIdOf): Form {
  const { name, css, messages, translations, hiddenFields } = described;
  const { languages } = described;
  return new Form(scope, "Resource", {
    name: literal(name),
    languages: languages && [
      {
        primary: literal(languages.primary),
        default: languages.default == null ? undefined : literal(languages.default),
      },
    ],
    messages: messagesOf(messages),
    translations: given(translations),
    style: css == null ? undefined : canonicalJson({ css }),
    start: canonicalJson({
      ...graph.start,
      hidden_fields: hiddenFields?.length ? hiddenFields.map(withoutNothing) : undefined,
    }),
    nodes: canonicalJson(graph.nodes),
    ending: canonicalJson(endingOf(described, graph.ending, flowIdOf)),
    provider: described.provider,
  });
}

/** Auth0 leaves empty objects out of what it gives back: one that is sent all the same would be a diff for ever. */
function given(value: object | null | undefined): string | undefined {
  return value == null || Object.keys(value).length === 0 ? undefined : canonicalJson(value);
}

function messagesOf(messages: Messages | undefined) {
  const [errors, custom] = [given(messages?.errors), given(messages?.custom)];
  return errors === undefined && custom === undefined ? undefined : [{ errors, custom }];
}

/** Without what is null: to leave it out and to give null is the same. */
function withoutNothing<T extends object>(value: T): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member != null));
}

/** A form that sends people elsewhere does not go on with the login. */
function endingOf(
  { ending: given }: FormSettings,
  { resume_flow, coordinates }: Graph["ending"],
  flowIdOf: FlowIdOf | undefined,
): object {
  const { redirect, resumesLogin = redirect == null, afterSubmit } = given ?? {};
  const flow_id = isFlow(afterSubmit) ? flowIdOf?.(afterSubmit) : afterSubmit;
  return {
    coordinates,
    ...(resumesLogin && { resume_flow }),
    ...(redirect != null && { redirection: withoutNothing(redirect) }),
    ...(flow_id != null && { after_submit: { flow_id } }),
  };
}
