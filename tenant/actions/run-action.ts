import type { ConsoleLine, Job } from "./action-process";
import { runInProcess } from "./action-processes";
import type { Command } from "./command";
import { whyClaimIsLeftOut } from "./custom-claims";
import type { PostLoginEvent } from "./post-login-event";
import { maskSecrets, secretTexts } from "./secret-mask";

export type { Command, ConsoleLine };

/** One run of a deployed Action. */
export interface ActionRun {
  readonly handler: "onExecutePostLogin" | "onContinuePostLogin";
  readonly code: string;
  /** The Action finds them in `event.secrets`; their values are masked in what it logs and in errors. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly event: PostLoginEvent;
  /** @default 20 seconds, which Auth0 gives all Actions of one login together */
  readonly timeoutMilliseconds?: number;
  /** @default 0: the machine's time */
  readonly clockAheadMilliseconds?: number;
  /** Is told when its turn has come: only so many run at once, and the time limit is from then on. */
  readonly begins?: () => void;
}

/** What an Action asks of the login, or why it failed; and what it logged, either way. */
export type ActionResult =
  | { readonly ok: true; readonly commands: readonly Command[]; readonly console: readonly ConsoleLine[] }
  | { readonly ok: false; readonly error: string; readonly console: readonly ConsoleLine[] };

const AUTH0_TIMEOUT_MILLISECONDS = 20_000;
const MAXIMUM_LINES = 200;
/** As much as Auth0 keeps. */
const MAXIMUM_LINE_LENGTH = 256;
const MAXIMUM_ERROR_LENGTH = 1000;

/**
 * Runs an Action in a confined process that no other code and no other secrets enter, and tells what it asked for. The caller carries
 * that out, in order.
 *
 * Each run begins with fresh globals, prototypes and modules. What an Action does on purpose to reach its own later runs is not prevented.
 *
 * Whatever the Action does ends in a result: it can loop, exit, use up its memory or answer nonsense. Nothing that it
 * tells is trusted. Claims and scopes that Auth0 would leave out of a token without a word are left out with a warning
 * in `console`.
 *
 * @see startConfined for what the confinement is and is not
 */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const secrets = secretTexts(run.secrets);
  const job: Job = {
    handler: run.handler,
    code: run.code,
    event: JSON.stringify({ ...run.event, secrets: run.secrets }),
    secretTexts: secrets,
    timeoutMilliseconds: run.timeoutMilliseconds ?? AUTH0_TIMEOUT_MILLISECONDS,
    clockAheadMilliseconds: run.clockAheadMilliseconds ?? 0,
    maximumLines: MAXIMUM_LINES,
    maximumLineLength: MAXIMUM_LINE_LENGTH,
    maximumErrorLength: MAXIMUM_ERROR_LENGTH,
  };
  const program = JSON.stringify([run.code, run.secrets]);
  const outcome = await runInProcess(program, job, run.begins);

  const safe = (text: string, length: number) => maskSecrets(text, secrets).slice(0, length);
  const console = outcome.console
    // one more line tells that there were more
    .slice(0, MAXIMUM_LINES + 1)
    .map(({ level, time, text }) => ({ level, time, text: safe(text, MAXIMUM_LINE_LENGTH) }));
  if (outcome.end.type === "failed") {
    return { ok: false, error: safe(outcome.end.error, MAXIMUM_ERROR_LENGTH), console };
  }

  const audience = run.event.resource_server?.identifier;
  const warnings = outcome.end.commands.map((command) => whyLeftOut(command, audience));
  const commands = outcome.end.commands.filter((_, index) => warnings[index] === undefined);
  const told = warnings
    .filter((warning) => warning !== undefined)
    .map((warning) => ({
      level: "warn" as const,
      time: new Date().toISOString(),
      text: safe(warning, MAXIMUM_LINE_LENGTH),
    }));
  return { ok: true, commands, console: [...console, ...told] };
}

function whyLeftOut(command: Command, audience: string | undefined): string | undefined {
  if (command.type === "addScope" && audience?.endsWith("/api/v2/")) {
    return `api.accessToken.addScope(${JSON.stringify(command.scope)}) adds nothing, as at Auth0: the Management API gives people what they ask for`;
  }
  if (command.type !== "setIdTokenClaim" && command.type !== "setAccessTokenClaim") {
    return undefined;
  }
  const [token, why] =
    command.type === "setIdTokenClaim"
      ? ["idToken", whyClaimIsLeftOut(command.name)]
      : ["accessToken", whyClaimIsLeftOut(command.name, audience)];
  return why && `api.${token}.setCustomClaim(${JSON.stringify(command.name)}) sets nothing, as at Auth0: ${why}`;
}
