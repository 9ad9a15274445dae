import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command/command-error";
import { mask, variable } from "./job";

const AUDIENCE = "sts.amazonaws.com";
const TIMEOUT_MILLISECONDS = 30_000;

/**
 * Gives Terraform's S3 backend what it proves to AWS by who this job is, where AWS_ROLE_ARN names a role and no file has a
 * token for it. With other clouds Terraform asks for the token itself.
 *
 * @throws {@link CommandError}
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export async function useIdToken(): Promise<void> {
  if (!process.env.AWS_ROLE_ARN || process.env.AWS_WEB_IDENTITY_TOKEN_FILE) {
    return;
  }
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: key } = process.env;
  if (!url || !key) {
    throw new CommandError([
      "[AWS_ROLE_ARN] needs a token of this job, which GitHub does not give; add id-token: write to the permissions of the" +
        " job that calls this workflow, or name AWS_WEB_IDENTITY_TOKEN_FILE",
    ]);
  }
  const file = join(variable("RUNNER_TEMP"), "id-token");
  writeFileSync(file, await idToken(url, key), { mode: 0o600 });
  process.env.AWS_WEB_IDENTITY_TOKEN_FILE = file;
}

async function idToken(url: string, key: string): Promise<string> {
  const reply = await fetch(`${url}&audience=${encodeURIComponent(AUDIENCE)}`, {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  }).catch((error: Error) => error);
  const body = reply instanceof Error ? {} : await reply.json().catch(() => ({}));
  const { value } = body as { readonly value?: unknown };
  if (typeof value !== "string") {
    const why = reply instanceof Error ? reply.message : `it answers ${reply.status}`;
    throw new CommandError([`[AWS_ROLE_ARN] GitHub gives no token of this job, ${why}; run the job again`]);
  }
  mask(value);
  return value;
}
