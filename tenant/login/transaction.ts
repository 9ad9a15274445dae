import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { KoaContextWithOIDC, Provider } from "oidc-provider";

type Interaction = InstanceType<Provider["Interaction"]>;

/** What is kept of a login while its person is asked. */
export interface TransactionDetails {
  /** The browser in which it began: no other can go on with it. */
  readonly browser: string;
  /** Of the authorization request. */
  readonly query: Readonly<Record<string, string>>;
}

/** Auth0's name for the cookie that tells browsers apart. */
const BROWSER_COOKIE = "did";
const YEAR_MILLISECONDS = 365 * 24 * 60 * 60 * 1000;

/** Which browser sends a request; one that is new gets its cookie with the answer. */
export function browserOf(ctx: KoaContextWithOIDC): string {
  const known = ctx.cookies.get(BROWSER_COOKIE);
  if (known !== undefined) {
    return known;
  }
  const browser = randomBytes(24).toString("base64url");
  ctx.cookies.set(BROWSER_COOKIE, browser, {
    httpOnly: true,
    sameSite: "lax",
    maxAge: YEAR_MILLISECONDS,
    overwrite: true,
  });
  return browser;
}

/** Logins that wait for their person, by the `state` in the addresses of the pages. */
export class Transactions {
  private readonly running = new Map<string, Promise<unknown>>();

  /** @param secret of this tenant: CSRF tokens are made with it */
  constructor(
    private readonly provider: Provider,
    private readonly secret: string,
  ) {}

  /** The login of that state, if it is one of this browser and has not expired. */
  async find(state: string, cookies: string | undefined): Promise<Interaction | undefined> {
    const interaction = await this.provider.Interaction.find(state);
    const { browser } = (interaction?.prompt.details ?? {}) as Partial<TransactionDetails>;
    const own = cookieValue(cookies ?? "", BROWSER_COOKIE);
    return interaction !== undefined && browser !== undefined && browser === own ? interaction : undefined;
  }

  /** What a form of this login has to post along. */
  token({ uid, prompt }: Interaction): string {
    const { browser } = prompt.details as unknown as TransactionDetails;
    return createHmac("sha256", this.secret).update(`${uid} ${browser}`).digest("base64url");
  }

  isToken(interaction: Interaction, given: string | null): boolean {
    const expected = Buffer.from(this.token(interaction));
    const actual = Buffer.from(given ?? "");
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  }

  /** One request after the other for the same login: a second click must find what the first one did. */
  async inTurn<T>(state: string, work: () => Promise<T>): Promise<T> {
    const before = this.running.get(state);
    const turn = (async () => {
      await before?.catch(() => undefined);
      return work();
    })();
    this.running.set(state, turn);
    try {
      return await turn;
    } finally {
      if (this.running.get(state) === turn) {
        this.running.delete(state);
      }
    }
  }
}

function cookieValue(header: string, name: string): string | undefined {
  return header
    .split(";")
    .map((cookie) => cookie.trim().split("="))
    .find(([key]) => key === name)?.[1];
}
