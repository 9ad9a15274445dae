import { articleAction, FORM_ID, type Loaded, rendersAlways, scheduledAction } from "./actions";
import type { Figure, Section } from "./figure";

const PEOPLE = 1000;
const LOGINS = 50;
const DAY = 24 * 60 * 60 * 1000;
const DAYS_BETWEEN = 7;
const START = Date.parse("2026-01-01T09:00:00Z");

/** The time of simulated logins, in place of `Date`. */
class SimulatedClock extends Date {
  static time = START;

  static override now(): number {
    return SimulatedClock.time;
  }

  constructor(time: number | string = SimulatedClock.time) {
    super(time);
  }
}

const ARTICLE = ["job_title", "company_name"];
const TEN = Array.from({ length: 10 }, (_, index) => `key_${index}`);
const tenStages = (ask: object) => () =>
  scheduledAction(
    TEN.map((key) => ({ key })),
    ask,
    SimulatedClock,
  );

/** By name: the Action, the keys it asks for, and how often people leave the form. */
const LIVES: Readonly<Record<string, readonly [action: () => Loaded, keys: readonly string[], leaves: number]>> = {
  "article, all answer": [() => articleAction(ARTICLE), ARTICLE, 0],
  "article, every second form is left": [() => articleAction(ARTICLE), ARTICLE, 0.5],
  "ten stages, all answer": [tenStages({}), TEN, 0],
  "ten stages, every second form is left": [tenStages({}), TEN, 0.5],
  "ten stages, from the third login on and at most every 90 days": [
    tenStages({ fromLogin: 3, atMostEvery: { days: 90 } }),
    TEN,
    0,
  ],
};

/** Pages that nobody has to load. */
export const pageLoads: Section = {
  title: "Page loads",
  about: `Forms that are loaded in a thousand logins, by the code that is deployed, against the article's own Action, which
renders the form at every login: then the form's page is loaded also where its router goes on at once. Simulated are ${PEOPLE} people
who log in ${LOGINS} times each, every ${DAYS_BETWEEN} days from their sign-up on, and answer the first stage that they are shown, or leave the
form and log in again. What is saved is the difference: where all answer the article, 960 of 1000.`,
  rounds: [1, 1],
  measure: async () => {
    const figures: Figure[] = [];
    for (const [name, [load, keys, leaves]] of Object.entries(LIVES)) {
      const [ours, peer] = [await perThousand(load(), keys, leaves), await perThousand(rendersAlways(), keys, leaves)];
      figures.push({
        name,
        unit: "per 1000 logins",
        values: [ours],
        peer: { name: "article's own Action", values: [peer] },
      });
    }
    return figures;
  },
};

interface Person {
  readonly user_id: string;
  readonly created_at: string;
  readonly user_metadata: Record<string, unknown>;
  readonly app_metadata: Record<string, unknown>;
}

async function perThousand(action: Loaded, keys: readonly string[], leaves: number): Promise<number> {
  const random = seeded();
  const created_at = new Date(START).toISOString();
  let pages = 0;
  for (let person = 0; person < PEOPLE; person++) {
    const user: Person = { user_id: `auth0|${person}`, created_at, user_metadata: {}, app_metadata: {} };
    for (let login = 1; login <= LOGINS; login++) {
      SimulatedClock.time = START + (login - 1) * DAYS_BETWEEN * DAY;
      pages += await pagesOf(action, user, login, keys, () => random() < leaves);
    }
  }
  return (1000 * pages) / (PEOPLE * LOGINS);
}

/** The pages of one login, which is begun again whenever the form is left. */
async function pagesOf(
  action: Loaded,
  user: Person,
  login: number,
  keys: readonly string[],
  isLeft: () => boolean,
): Promise<number> {
  const event = {
    client: { client_id: "client", name: "Application" },
    connection: { name: "Username-Password-Authentication" },
    request: { query: {} },
    stats: { logins_count: login },
    transaction: { protocol: "oidc-basic-profile" },
    user,
  };
  for (let pages = 0; ; pages++) {
    let shown: { readonly vars?: { readonly stage?: string } } | undefined;
    await action.onExecutePostLogin(event, {
      prompt: {
        render: (_form: string, options = {}) => {
          shown = options;
        },
      },
    });
    if (shown === undefined) {
      return pages;
    }
    // As the form's router: the stage it is told, else the first that is missing. Nothing of an empty form can be left.
    const { vars } = shown;
    const stage = vars?.stage ?? keys.find((key) => user.user_metadata[key] === undefined);
    if (stage !== undefined && isLeft()) {
      continue;
    }
    if (stage !== undefined) {
      user.user_metadata[stage] = "answered";
    }
    await action.onContinuePostLogin(
      { ...event, prompt: { id: FORM_ID, fields: {}, vars } },
      {
        user: {
          setUserMetadata: (key: string, value: unknown) => Object.assign(user.user_metadata, { [key]: value }),
          setAppMetadata: (key: string, value: unknown) => Object.assign(user.app_metadata, { [key]: value }),
        },
      },
    );
    return pages + 1;
  }
}

/** The same numbers from 0 to less than 1 at each run. */
function seeded(): () => number {
  let seed = 1;
  return () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
}
