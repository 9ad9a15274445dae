import type { Client } from "../documents/client";
import { clientsIn } from "../documents/collections";
import type { Store } from "../documents/store";
import { filled, type PageTexts } from "./page-texts";

const REMEMBERED = 1000;

/** Which application began which login, also when that is over: so that its page can lead back. */
export class ApplicationLinks {
  private readonly clients = new Map<string, string>();

  constructor(private readonly store: Store) {}

  remember(state: string, clientId: string): void {
    this.clients.set(state, clientId);
    for (const [oldest] of this.clients) {
      if (this.clients.size <= REMEMBERED) {
        break;
      }
      this.clients.delete(oldest);
    }
  }

  /** A link to the application of that login, or of that client, if its address is known. */
  to(stateOrClientId: string | undefined, texts: PageTexts): readonly { href: string; text: string }[] {
    const clientId = this.clients.get(stateOrClientId ?? "") ?? stateOrClientId ?? "";
    const client = clientsIn(this.store).get(clientId);
    const href = client && addressOf(client);
    return href === undefined ? [] : [{ href, text: filled(texts.back_to, { client: client?.name ?? "" }) }];
  }
}

/** Where an application can be found: where it says that logins begin, or where they end. */
export function addressOf({ initiate_login_uri, callbacks = [] }: Client): string | undefined {
  if (typeof initiate_login_uri === "string" && initiate_login_uri !== "") {
    return initiate_login_uri;
  }
  const callback = callbacks.find((url) => /^https?:\/\/[^*]+$/.test(url) && URL.canParse(url));
  return callback && `${new URL(callback).origin}/`;
}
