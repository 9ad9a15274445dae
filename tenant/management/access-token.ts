import { createPublicKey, type JsonWebKey } from "node:crypto";
import type { JWTPayload } from "jose";
import type { SigningKey } from "../signing-key";
import { CURRENT_USER_SCOPES, managementAudience } from "./management-api";
import { ManagementError } from "./management-error";
import type { Token } from "./router";

const KEPT = 1000;

interface Checked {
  readonly token: Token;
  readonly expires: number;
}

/** Checks access tokens for the Management API; a token that was once good is not checked again until it ends. */
export class AccessTokens {
  private readonly checked = new Map<string, Checked>();

  constructor(
    private readonly key: SigningKey,
    private readonly issuer: string,
    private readonly clock: () => Date,
  ) {}

  /**
   * The token of an `Authorization` header.
   *
   * @throws ManagementError 400 or 401
   */
  async authenticate(authorization: string | undefined): Promise<Token> {
    const jwt = bearer(authorization);
    const known = this.checked.get(jwt);
    if (known !== undefined && known.expires > this.clock().getTime()) {
      return known.token;
    }
    const checked = await this.check(jwt);
    if (this.checked.size >= KEPT) {
      this.checked.clear();
    }
    this.checked.set(jwt, checked);
    return checked.token;
  }

  private async check(jwt: string): Promise<Checked> {
    const { jwtVerify, errors } = await import("jose");
    const publicKey = createPublicKey({ key: this.key.jwk as JsonWebKey, format: "jwk" });
    const audience = managementAudience(this.issuer);
    try {
      const { payload } = await jwtVerify(jwt, publicKey, {
        algorithms: ["RS256"],
        issuer: this.issuer,
        audience,
        currentDate: this.clock(),
        requiredClaims: ["exp", "azp", "sub"],
      });
      return { token: tokenOf(payload), expires: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      throw unauthorized(
        error instanceof errors.JWTExpired
          ? "Expired token received for JSON Web Token validation"
          : error instanceof errors.JWSSignatureVerificationFailed
            ? "Invalid signature received for JSON Web Token validation"
            : error instanceof errors.JWTClaimValidationFailed && error.claim === "aud"
              ? `Bad audience: ${error.payload.aud}`
              : "Invalid token",
      );
    }
  }
}

function tokenOf({ azp, sub, scope }: JWTPayload): Token {
  const clientId = String(azp);
  const scopes = typeof scope === "string" ? scope.split(" ") : [];
  if (sub === undefined || sub === `${clientId}@clients`) {
    return { clientId, scopes };
  }
  // Whatever stands in a person's token, it is good for no more than what is meant for people.
  return { clientId, userId: sub, scopes: scopes.filter((one) => CURRENT_USER_SCOPES.includes(one)) };
}

function bearer(authorization: string | undefined): string {
  if (authorization === undefined) {
    throw new ManagementError(401, "Missing authentication");
  }
  const [scheme, token, ...rest] = authorization.split(" ");
  if (scheme?.toLowerCase() !== "bearer" || !token || rest.length > 0) {
    throw new ManagementError(400, "Bad HTTP authentication header format", "Bearer");
  }
  return token;
}

function unauthorized(message: string): ManagementError {
  return new ManagementError(401, message, undefined, { error: message });
}
