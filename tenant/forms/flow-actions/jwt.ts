import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from "node:crypto";
import type { errors } from "jose";
import type { Json } from "../../documents/json";
import { FlowActionError } from "./flow-action-error";
import { objectParam, textParam } from "./params";
import type { ActionCall, RunAction } from "./run-action";
import { setUpConnection } from "./vault";

/** @see https://auth0.com/docs/customize/forms/flows/integrations/json-web-token */
export const JWT_ACTIONS: Readonly<Record<string, RunAction>> = {
  DECODE_JWT: async ({ params }) => ({ output: await decoded(textParam(params, "token")) }),
  SIGN_JWT: async (call) => {
    const { params, clock } = call;
    const { algorithm, secret } = keyOf(call);
    const payload = params.payload === undefined ? {} : objectParam(params, "payload");
    const { SignJWT } = await import("jose");
    const token = new SignJWT({ ...payload }).setProtectedHeader({ alg: algorithm, typ: "JWT" }).setIssuedAt(clock());
    const claims: readonly (readonly [string, (value: string) => unknown])[] = [
      ["subject", (value) => token.setSubject(value)],
      ["issuer", (value) => token.setIssuer(value)],
      ["audience", (value) => token.setAudience(value)],
      ["expires_in", (value) => token.setExpirationTime(expiry(value, clock()))],
    ];
    for (const [name, set] of claims) {
      if (params[name] !== undefined) {
        set(textParam(params, name));
      }
    }
    try {
      return { output: { token: await token.sign(secret === undefined ? noKey() : key(secret, algorithm, true)) } };
    } catch (error) {
      throw failed(error, "sign");
    }
  },
  VERIFY_JWT: async (call) => {
    const { params, clock } = call;
    const { algorithm, secret } = keyOf(call);
    const token = textParam(params, "token");
    const expected = Object.fromEntries(
      ["audience", "issuer"]
        .filter((name) => params[name] !== undefined)
        .map((name) => [name, textParam(params, name)]),
    );
    const { errors, jwtVerify } = await import("jose");
    try {
      const verifying = secret === undefined ? noKey() : key(secret, algorithm, false);
      await jwtVerify(token, verifying, { algorithms: [algorithm], currentDate: clock(), ...expected });
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) {
        throw failed(error, "verify");
      }
      return { output: { valid: false, cause: causeOf(error) } };
    }
    const output: Json = { valid: true, ...(await decoded(token)) };
    return { output };
  },
};

/** Auth0 documents one of these words. */
function causeOf(error: errors.JOSEError): string {
  switch (error.code) {
    case "ERR_JWT_EXPIRED":
      return "EXPIRED";
    case "ERR_JWT_CLAIM_VALIDATION_FAILED":
      return `INVALID_${CLAIMS[(error as errors.JWTClaimValidationFailed).claim] ?? "CLAIM"}`;
    default:
      return "INVALID_SIGNATURE";
  }
}

const CLAIMS: Readonly<Record<string, string>> = { aud: "AUDIENCE", iss: "ISSUER" };

async function decoded(token: string): Promise<{ readonly [part: string]: Json }> {
  const { decodeJwt, decodeProtectedHeader } = await import("jose");
  const [, , signature = ""] = token.split(".");
  try {
    return {
      header: decodeProtectedHeader(token) as { [name: string]: Json },
      payload: decodeJwt(token) as { [name: string]: Json },
      signature,
    };
  } catch (error) {
    throw new FlowActionError(`params.token is no JSON Web Token: ${error instanceof Error ? error.message : error}`);
  }
}

/** The set-up has an algorithm, and its key under a name that Auth0 does not document. */
function keyOf(call: ActionCall): { readonly algorithm: string; readonly secret: string | undefined } {
  const { type: _, algorithm = "HS256", ...keys } = setUpConnection(call, "JWT").setup;
  return { algorithm, secret: Object.values(keys)[0] };
}

function noKey(): never {
  throw new FlowActionError("the Vault connection has no key: put it into its setup as secret");
}

function key(secret: string, algorithm: string, isPrivate: boolean): KeyObject {
  if (algorithm.startsWith("HS")) {
    return createSecretKey(Buffer.from(secret));
  }
  return isPrivate ? createPrivateKey(secret) : createPublicKey(secret);
}

/** Seconds, or with a unit as in `2h`; one moment for all that is read of it. */
function expiry(value: string, now: Date): Date {
  const [, number, unit = "s"] = /^([0-9]+)\s*([smhdw]?)/.exec(value) ?? [];
  const seconds = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[unit];
  if (number === undefined || seconds === undefined) {
    throw new FlowActionError(`params.expires_in must be seconds, or as in "2h", got ${JSON.stringify(value)}`);
  }
  return new Date(now.getTime() + Number(number) * seconds * 1000);
}

/** What a library says of a key could hold a part of it. */
function failed(error: unknown, what: string): FlowActionError {
  return error instanceof FlowActionError
    ? error
    : new FlowActionError(`the key of the Vault connection can not ${what} with this algorithm`);
}
