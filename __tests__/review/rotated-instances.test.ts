import { reviewMarkdown } from "../../review/markdown/review-markdown";
import { reviewPlans } from "../../review/review";
import { planOf as parsed, told } from "../support/stored-plans";

interface Instance {
  readonly action: "create" | "delete";
  readonly type?: string;
  readonly key?: string;
  readonly values?: object;
}

const CLIENT = { name: "Saves answers", grant_types: ["client_credentials"] };
const GRANT = { client_id: "c1", audience: "https://login.example.com/api/v2/", scopes: ["update:users"] };

/** A plan that makes and destroys these, each an instance of the resource `login` of its type. */
function planOf(...instances: readonly Instance[]) {
  return {
    format_version: "1.2",
    planned_values: {},
    resource_changes: instances.map(({ action, type = "auth0_client", key, values = CLIENT }) => {
      const isMade = action === "create";
      return {
        address: `${type}.login["${key ?? (isMade ? "2" : "1")}"]`,
        mode: "managed",
        type,
        name: "login",
        change: {
          actions: [action],
          before: isMade ? null : { id: "c1", client_id: "c1", ...values },
          after: isMade ? values : null,
          after_unknown: isMade ? { id: true, client_id: true } : {},
        },
      };
    }),
  };
}

const lifecycle = { create_before_destroy: true };
/** Of resources that are made before their old ones are destroyed. */
const MADE_FIRST = {
  resource: {
    auth0_client: { login: { lifecycle, grant_types: [] } },
    auth0_client_grant: { login: { lifecycle, client_id: '${auth0_client.login["2"].client_id}' } },
    auth0_connection: { login: { lifecycle } },
  },
};

const gone = (rest: Partial<Instance> = {}): Instance => ({ action: "delete", ...rest });
const made = (rest: Partial<Instance> = {}): Instance => ({ action: "create", ...rest });
const ROTATED =
  "rotate: The client `Saves answers` is rotated (a new one is made, and the old one is destroyed once that is used): its client ID and secret change, and whoever else uses the old ones is locked out.";
const DESTROYED = "destroy: The client `Saves answers` is destroyed: nothing that this plan leaves uses it.";

describe("an instance that goes and one that comes under another key", () => {
  test.each<[string, readonly Instance[], readonly string[]]>([
    ["are one client that is rotated, where it is called the same", [gone(), made()], [ROTATED]],
    [
      "are two clients, where it is called otherwise",
      [gone(), made({ values: { ...CLIENT, name: "Another" } })],
      [DESTROYED],
    ],
    [
      "are two clients, where more of them go",
      [gone(), gone({ key: "0" }), made()],
      [
        'destroy: The client `Saves answers` (`auth0_client.login["0"]`), the client `Saves answers` (`auth0_client.login["1"]`): each is destroyed: nothing that this plan leaves uses it.',
      ],
    ],
    ["are two clients, where more of them come", [gone(), made(), made({ key: "3" })], [DESTROYED]],
    [
      "are one grant, where its client is rotated with it: nothing is granted",
      [
        gone(),
        made(),
        gone({ type: "auth0_client_grant", values: GRANT }),
        made({ type: "auth0_client_grant", values: GRANT }),
      ],
      [ROTATED],
    ],
    [
      "are two grants, where no client is rotated with them",
      [gone({ type: "auth0_client_grant", values: GRANT }), made({ type: "auth0_client_grant", values: GRANT })],
      [
        'destroy: `auth0_client_grant.login["1"]` is destroyed: its client may not use the API any more.',
        'scope-widening: The client `(auth0_client.login["2"].client_id)` is granted 1 scope on the Management API: `update:users`.',
      ],
    ],
    [
      "are two connections: nothing of the kind is ever rotated",
      [
        gone({ type: "auth0_connection", values: { name: "Users" } }),
        made({ type: "auth0_connection", values: { name: "Users" } }),
      ],
      [
        'destroy: `auth0_connection.login["1"]` is destroyed: its users can not log in any more, and those of a database connection are deleted.',
      ],
    ],
  ])("%s", (_, instances, findings) => {
    expect(told(planOf(...instances), 0, MADE_FIRST).findings).toEqual(findings);
  });

  test("are a client that is destroyed first, where nothing says that it is not", () => {
    expect(told(planOf(gone(), made())).findings).toEqual([
      "replace: The client `Saves answers` is destroyed and made anew: its client ID and secret change, and its grants are made anew; between the two, answers are not saved, and whoever else uses the old ones is locked out.",
    ]);
  });

  test("are told with both addresses, what else changes of it, and each with all of its values", () => {
    const { markdown } = told(
      planOf(gone(), made({ values: { ...CLIENT, grant_types: ["password"] } })),
      0,
      MADE_FIRST,
    );

    expect(markdown).toContain(
      '- `auth0_client.login["2"]` Saves answers, instead of `auth0_client.login["1"]`: `grant\\_types`'.replace(
        "\\",
        "",
      ),
    );
    expect(markdown).toContain('- grant_types: ["client_credentials"]');
    expect(markdown).toContain('+ grant_types: ["password"]');
  });

  test("are of the base, where it rotates the client too", () => {
    const plan = parsed(planOf(gone(), made()), MADE_FIRST);
    const [own, pending = ""] = reviewMarkdown(reviewPlans([plan], [plan]), 0).split(
      "### Pending without this pull request",
    );

    expect(own).toContain("## Progressive profiling: nothing changes by this pull request\n");
    expect(own).not.toContain("auth0_client");
    expect(pending).toContain(
      '- `auth0_client.login["2"]` Saves answers, instead of `auth0_client.login["1"]` (replaced)',
    );
  });
});
