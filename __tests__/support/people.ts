import { setTimeout as sleep } from "node:timers/promises";
import { nextButton, Stage, text } from "../../lib";
import type { Application, ApplicationClient } from "./application";
import type { LocalTenant } from "./local-tenant";
import { type VisitedPage, Visitor } from "./visitor";

const PASSWORD = "correct horse 1A";
/** Between two people at one place: without it those four took every processor from what is deployed meanwhile. */
const PAUSE_MILLISECONDS = 300;

/** What {@link People} answer: one key at the first login, one at the second. */
export function peoplesStages(): Stage[] {
  return ["role", "team"].map((id) =>
    Stage.untilAnswered(id, { components: [text(id, { label: id, required: true }), nextButton()] }),
  );
}

/** What people met. */
export interface Met {
  /** Answers that were given, and that stood in the user's metadata afterwards. */
  readonly saved: number;
  /** What went wrong instead. */
  readonly broken: readonly string[];
}

/** People who sign up, answer, log in again and answer the next question, several at a time and over and over. */
export class People {
  private static count = 0;
  private saved = 0;
  private readonly broken: string[] = [];
  private isLeaving = false;
  private readonly all: Promise<unknown>;

  private constructor(
    private readonly tenant: LocalTenant,
    private readonly application: Application,
    private readonly client: ApplicationClient,
  ) {
    this.all = Promise.all(Array.from({ length: 4 }, () => this.comeAndGo()));
  }

  static come(tenant: LocalTenant, application: Application, client: ApplicationClient): People {
    return new People(tenant, application, client);
  }

  /** Resolves when so many more answers were given. */
  async answer(count: number): Promise<void> {
    const goal = this.saved + this.broken.length + count;
    while (this.saved + this.broken.length < goal) {
      await sleep(5);
    }
  }

  /** Lets those who have come finish, and tells what all of them met. */
  async leave(): Promise<Met> {
    this.isLeaving = true;
    await this.all;
    return { saved: this.saved, broken: this.broken };
  }

  private async comeAndGo(): Promise<void> {
    while (!this.isLeaving) {
      try {
        await this.logInTwice();
      } catch (error) {
        this.broken.push(String(error));
      }
      await sleep(PAUSE_MILLISECONDS);
    }
  }

  private async logInTwice(): Promise<void> {
    People.count += 1;
    const email = `person-${People.count}@example.com`;
    const visitor = new Visitor(this.tenant.env.ISSUER_BASE_URL);
    const page = await visitor.visit(this.application.begin(this.tenant, this.client, { screen_hint: "signup" }).url);
    await this.answers(visitor, await visitor.submit(page, { email, password: PASSWORD }), email, { role: "Engineer" });
    const again = await visitor.visit(this.application.begin(this.tenant, this.client).url);
    await this.answers(visitor, again, email, { role: "Engineer", team: "Login" });
  }

  /** @param expected the metadata after the answer, whose last key is the one that is asked for */
  private async answers(
    visitor: Visitor,
    form: VisitedPage,
    email: string,
    expected: Readonly<Record<string, string>>,
  ): Promise<void> {
    const [key, value] = Object.entries(expected).at(-1) as [string, string];
    const end = await visitor.submit(form, { [`field.${key}`]: value });
    if (!end.url.startsWith(this.application.callback)) {
      throw new Error(`${email} gave ${key} and is still at ${end.url}: ${alertOf(end)}`);
    }
    const { body } = await this.tenant.request("GET", `/api/v2/users-by-email?email=${encodeURIComponent(email)}`);
    const metadata = JSON.stringify(body[0].user_metadata);
    if (metadata !== JSON.stringify(expected)) {
      throw new Error(`${email} gave ${key}, and what is kept is ${metadata}`);
    }
    this.saved += 1;
  }
}

/** What the page says went wrong. */
function alertOf({ html }: VisitedPage): string {
  return /role="alert"[^>]*>(.*?)<\/div>/s.exec(html)?.[1]?.replace(/<[^>]*>/g, " ") ?? html;
}
