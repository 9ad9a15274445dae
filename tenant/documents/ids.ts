import { randomBytes, randomInt, randomUUID } from "node:crypto";

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const BASE62 = `${DIGITS}${LOWER.toUpperCase()}${LOWER}`;

function random(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** New identifiers in the formats that Auth0 gives them. */
export class Ids {
  form(): string {
    return `ap_${random(BASE62, 22)}`;
  }

  flow(): string {
    return `af_${random(BASE62, 22)}`;
  }

  vaultConnection(): string {
    return `ac_${random(BASE62, 22)}`;
  }

  clientGrant(): string {
    return `cgr_${random(BASE62, 16)}`;
  }

  connection(): string {
    return `con_${random(BASE62, 16)}`;
  }

  client(): string {
    return random(BASE62, 32);
  }

  clientSecret(): string {
    return random(`${BASE62}_-`, 64);
  }

  clientCredential(): string {
    return `cred_${random(BASE62, 22)}`;
  }

  /** Of a resource server, or the part of a database user's id behind `auth0|`. */
  object(): string {
    return this.hex(24);
  }

  uuid(): string {
    return randomUUID();
  }

  hex(length: number): string {
    return randomBytes(Math.ceil(length / 2))
      .toString("hex")
      .slice(0, length);
  }
}
