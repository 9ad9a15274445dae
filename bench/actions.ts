import { ActionSource } from "../lib/action-source";

/** An Action of the post-login trigger, loaded. */
export interface Loaded {
  onExecutePostLogin(event: object, api: object): Promise<void>;
  onContinuePostLogin(event: object, api: object): Promise<void>;
}

export const FORM_ID = "ap_1";

/** What an Action reads the time from. */
export interface Clock {
  new (): Date;
  now(): number;
  parse(text: string): number;
}

/** A stage that is asked until its key has a value, and when. */
export interface AskedStage {
  readonly key: string;
  readonly ask?: object;
}

/** The Action for the article's stages, as the constructs deploy it for these keys. */
export function articleAction(metadataKeys: readonly string[], clock?: Clock): Loaded {
  const values = { FORM_ID, METADATA_KEYS: metadataKeys };
  return loaded(ActionSource.ofLibrary("progressive-profiling.js").codeWith(values), clock);
}

/** The Action that chooses from stages, as the constructs deploy it. */
export function scheduledAction(asked: readonly AskedStage[], ask: object, clock?: Clock): Loaded {
  const stages = asked.map(({ key, ask: moment = {} }) => ({
    id: key,
    condition: {
      operator: "AND",
      operands: [{ operator: "HAS_NO_VALUE", operands: [`{{context.user.user_metadata.${key}}}`] }],
    },
    ask: moment,
  }));
  const values = { FORM_ID, STAGES: stages, ASK: ask, SAVES: [], TELLS_STAGE: true };
  return loaded(ActionSource.ofLibrary("scheduled-profiling.js").codeWith(values), clock);
}

/** The article's own Action, which leaves it to the form whether there is anything to ask. */
export function rendersAlways(): Loaded {
  return loaded(`
    exports.onExecutePostLogin = async (event, api) => {
      const FORM_ID = "${FORM_ID}";
      api.prompt.render(FORM_ID);
    };
    exports.onContinuePostLogin = async (event, api) => {};`);
}

/** @param clock in place of the time of this machine */
function loaded(code: string, clock: Clock = Date): Loaded {
  const exported = {};
  // As Terraform reads it.
  new Function("exports", "Date", code.replaceAll("$${", "${"))(exported, clock);
  return exported as Loaded;
}
