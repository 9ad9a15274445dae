import type { LocalTenant } from "../local-tenant";
import type { Problem } from "../problem";
import type { Form } from "./tenant-pages";

/** The forms that the tenant had after an apply that went well. */
export interface GoodState {
  readonly forms: readonly Form[];
  /** Names of flows by their ids. */
  readonly flows: ReadonlyMap<string, string>;
}

/** All that the page shows. */
export interface ShownState {
  /** Counts what was shown: an open page has an older one, or this. */
  readonly version: number;
  readonly good: GoodState;
  /** The last one before it whose forms were others. */
  readonly before: GoodState | undefined;
  /** Why what was saved last is not in it; none where it is. */
  readonly problems: readonly Problem[];
}

export const NOTHING_YET: ShownState = {
  version: 0,
  good: { forms: [], flows: new Map() },
  before: undefined,
  problems: [],
};

/** After an apply that went well. */
export function withGood(state: ShownState, good: GoodState): ShownState {
  const isOther = content(good) !== content(state.good);
  const before = isOther && state.good.forms.length > 0 ? state.good : state.before;
  return { version: state.version + 1, good, before, problems: [] };
}

/** Keeps what was good last. */
export function withProblems(state: ShownState, problems: readonly Problem[]): ShownState {
  return { ...state, version: state.version + 1, problems };
}

/** What people could see a difference in. */
function content({ forms }: GoodState): string {
  return JSON.stringify(forms, (key, value) => (/^(created|updated)_at$/.test(key) ? undefined : value));
}

/** Asks the tenant for its forms. */
export async function readGoodState(tenant: LocalTenant): Promise<GoodState> {
  const list = async (path: string): Promise<{ id: string; name: string }[]> => {
    const { body } = await tenant.request("GET", `/api/v2/${path}?per_page=100`);
    return Array.isArray(body) ? body : body[path];
  };
  const [forms, flows] = await Promise.all([list("forms"), list("flows")]);
  const documents = forms.map(async ({ id }) => (await tenant.request("GET", `/api/v2/forms/${id}`)).body as Form);
  return { forms: await Promise.all(documents), flows: new Map(flows.map(({ id, name }) => [id, name])) };
}
