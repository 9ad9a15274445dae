import type { FormNode } from "auth0-forms";
import { formsIn } from "../../../tenant/documents/collections";
import { Store } from "../../../tenant/documents/store";
import { FormJourney } from "../../../tenant/login/form-journey";

const NOW = "2026-01-01T00:00:00.000Z";
const FORM_ID = "ap_0000000000000000000001";

/** A login that has come to a form. */
class Login {
  readonly store = new Store();
  private id = 0;
  /** As the interaction keeps it between two requests. */
  private details = JSON.stringify({
    postLogin: {
      recordId: "login_1",
      user: { user_id: "auth0|1" },
      render: { type: "render", formId: FORM_ID, fields: { first: "filled" }, vars: { crm: 7 } },
    },
  });

  /** @param hint of the second step */
  publish(hint: string): void {
    const field = { id: "second", category: "FIELD", type: "TEXT", hint } as const;
    const nodes: FormNode[] = [
      step("one", "two", { id: "first", category: "FIELD", type: "TEXT" }),
      step("two", "$ending", field),
    ];
    const start = { next_node: "one" };
    formsIn(this.store).put(FORM_ID, { id: FORM_ID, name: "Profile", start, nodes, created_at: NOW, updated_at: NOW });
  }

  remove(): void {
    formsIn(this.store).delete(FORM_ID);
  }

  /** For one request. */
  journey(): FormJourney {
    const prompt = { details: JSON.parse(this.details) };
    const persist = async () => {
      this.details = JSON.stringify(prompt.details);
    };
    const services = { store: this.store, clock: () => new Date(NOW), ids: { uuid: () => `id-${++this.id}` } };
    type Parameters = ConstructorParameters<typeof FormJourney>;
    return new FormJourney(
      services as unknown as Parameters[0],
      { uid: "uid_1", params: { client_id: "client_1" }, prompt, persist } as unknown as Parameters[1],
    );
  }
}

function step(id: string, nextNode: string, component: object): FormNode {
  return { id, type: "STEP", config: { components: [component], next_node: nextNode } } as FormNode;
}

describe("a form that can not be shown for a moment", () => {
  const breaks: [string, (login: Login) => void, string][] = [
    ["has a mistake", (login) => login.publish("{{a b}}"), 'in "{{a b}}"'],
    ["is gone", (login) => login.remove(), `form "${FORM_ID}" does not exist`],
  ];

  test.each(breaks)("as it %s: the person goes on where they were, with every answer", async (_, broken, message) => {
    const login = new Login();
    login.publish("a hint");
    await login.journey().shown([]);
    const two = await login.journey().submitted("one", new URLSearchParams({ "field.first": "A" }), []);
    expect(two).toMatchObject({ position: { at: "step", id: "two" }, fields: { first: "A" } });

    broken(login);
    const failed = await login.journey().shown([]);
    expect(failed.position).toEqual({ at: "failed", message: expect.stringContaining(message) });

    login.publish("a better hint");
    expect(await login.journey().shown([])).toEqual(two);
  });

  test("before its first step: it is begun when it can be shown", async () => {
    const login = new Login();
    expect((await login.journey().shown([])).position).toMatchObject({ at: "failed" });

    login.publish("a hint");
    expect(await login.journey().shown([])).toMatchObject({
      position: { at: "step", id: "one" },
      fields: { first: "filled" },
      vars: { crm: 7 },
    });
  });
});
