import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalBackend, type TerraformStack } from "cdktf";
import type { LocalTenant } from "../../dev/local-tenant";
import { defineStateBackend, ProgressiveProfiling, type StateBackend } from "../../lib";
import { Checkout, type Command } from "./checkout";
import { HaltingTenant } from "./halting-tenant";
import { inventory, WHOLE } from "./inventory";

/** A backend that two colleagues share, and what is its own about locks. */
export interface TeamBackend {
  readonly backend: StateBackend;
  /** What the backend needs in a colleague's environment. */
  readonly environment: (colleague: string) => Readonly<Record<string, string>>;
  /** Who has the lock, as far as the backend knows: in what the other one is told. */
  readonly owner: () => string;
  /** Expects the lock of a killed engine where it is to be, and does what the documentation says to release it. */
  readonly release: (colleague: Checkout) => Promise<void>;
  /** Takes the state away. */
  readonly lose: () => unknown;
}

const CHANGE_OF_THE_BINDINGS = "PATCH /api/v2/actions/triggers/post-login/bindings";

/** What a test of one backend alone goes on with. */
export interface Journey {
  readonly alice: Checkout;
  readonly bob: Checkout;
  /** Alice has the lock, and the tenant waits before it changes the form. */
  readonly aliceChangesTheForm: (form: string) => Promise<Command>;
  readonly goOn: () => void;
  readonly expectWhole: () => Promise<void>;
  readonly tenant: LocalTenant;
}

/**
 * Two colleagues, one state, one tenant: told in order, each step stands on the one before.
 *
 * @param more what is to be told of this backend alone, afterwards
 */
export function tellTeamJourney(start: () => Promise<TeamBackend>, more: (journey: () => Journey) => void): void {
  let team: TeamBackend;
  let halting: HaltingTenant;
  let alice: Checkout;
  let bob: Checkout;

  beforeAll(async () => {
    [team, halting] = await Promise.all([start(), HaltingTenant.start()]);
    [alice, bob] = ["alice", "bob"].map(
      (name) => new Checkout({ ...halting.tenant.env, ...team.environment(name) }),
    ) as [Checkout, Checkout];
  }, 60_000);

  // what a failed test left halted
  afterEach(() => halting.goOn());

  afterAll(async () => {
    await Promise.all([alice.remove(), bob.remove()]);
    await halting.stop();
  });

  /** Both have the same definition. */
  function define(form: string): void {
    for (const checkout of [alice, bob]) {
      checkout.synth(shared(form));
    }
  }

  function shared(form: string) {
    return (stack: TerraformStack) => {
      defineStateBackend(stack, team.backend);
      new ProgressiveProfiling(stack, "profiling", { names: { form } });
    };
  }

  async function aliceChangesTheForm(form: string): Promise<Command> {
    define(form);
    const { body } = await halting.tenant.request("GET", "/api/v2/forms");
    return aliceApplies(`PATCH /api/v2/forms/${(body.forms ?? body)[0].id}`);
  }

  /** Alice has the lock, and the tenant waits before it answers the request. */
  async function aliceApplies(until: string): Promise<Command> {
    const halted = halting.haltAt(until);
    const command = alice.start(...APPLY);
    const tooSoon = command.ended.then(({ said }) => Promise.reject(new Error(`there was no ${until}:\n${said}`)));
    await Promise.race([halted, tooSoon]);
    return command;
  }

  async function expectWhole(): Promise<void> {
    expect(await bob.plan()).toEqual({});
    expect(await inventory(halting.tenant)).toEqual(WHOLE);
  }

  async function serial(): Promise<number> {
    return JSON.parse(await bob.run("state", "pull")).serial;
  }

  test("a state moves from a file to the backend: the next plan is empty, and a colleague has it too", async () => {
    alice.synth((stack) => {
      new LocalBackend(stack, { path: "terraform.tfstate" });
      new ProgressiveProfiling(stack, "profiling", { names: { form: "First" } });
    });
    await alice.run("init", "-input=false");
    await alice.run(...APPLY);

    define("First");
    await alice.run("init", "-input=false", "-migrate-state", "-force-copy");
    await bob.run("init", "-input=false");

    expect(await alice.plan()).toEqual({});
    await expectWhole();
  });

  test("two apply at once: one is refused, one waits for the lock and finds nothing left to do", async () => {
    const before = await serial();
    const first = await aliceChangesTheForm("Second");

    const owner = team.owner();
    const refused = await bob.end(...APPLY);
    const second = bob.start(...APPLY, "-lock-timeout=120s");
    await second.says("Acquiring state lock");
    halting.goOn();

    expect(refused).toEqual({ status: 1, said: expect.stringContaining("Error acquiring the state lock") });
    expect(refused.said).toContain(owner);
    expect((await first.ended).said).toContain("0 added, 1 changed, 0 destroyed");
    expect((await second.ended).said).toContain("0 added, 0 changed, 0 destroyed");
    // one for each of the two: who waited began with what the first one wrote
    expect(await serial()).toBe(before + 2);
    await expectWhole();
  });

  test("two apply at the same moment, from nothing: both end well, and nothing is there twice", async () => {
    await bob.run("destroy", "-input=false", "-auto-approve");

    const ends = await Promise.all([alice, bob].map((one) => one.end(...APPLY, "-lock-timeout=120s")));

    expect(ends.map(({ status }) => status)).toEqual([0, 0]);
    await expectWhole();
  });

  test("Ctrl-C in the middle of the first apply: what was made is in the state, but for the one that was under way", async () => {
    await bob.run("destroy", "-input=false", "-auto-approve");
    const first = await aliceApplies("POST /api/v2/forms");
    first.interrupt();
    const { status, said } = await first.ended;
    halting.goOn();

    expect({ status, said }).toEqual({ status: 1, said: expect.stringContaining("context canceled") });
    expect(types(Object.keys(await bob.plan()))).toEqual(["auth0_action", "auth0_form", "auth0_trigger_action"]);
    expect(types(await importUnmanaged())).toEqual(["auth0_form"]);
    await bob.run(...APPLY);
    await expectWhole();
  });

  test("kill -9 in the middle of a change: the lock is released as documented, and the next apply converges", async () => {
    const first = await aliceChangesTheForm("Third");
    await first.kill();
    halting.goOn();

    await team.release(bob);
    await bob.run(...APPLY);
    await expectWhole();
  });

  test("kill -9 at the end of the first apply: what no state knows of is found and imported, and nothing is there twice", async () => {
    await bob.run("destroy", "-input=false", "-auto-approve");
    const first = await aliceApplies(CHANGE_OF_THE_BINDINGS);
    await first.kill();
    halting.goOn();
    await team.release(bob);
    expect(Object.values(await bob.plan())).toEqual(Array(8).fill("create"));

    expect(types(await importUnmanaged())).toEqual([
      "auth0_action",
      "auth0_client",
      "auth0_client_grant",
      "auth0_flow",
      "auth0_flow_vault_connection",
      "auth0_form",
    ]);
    await bob.run(...APPLY);
    await expectWhole();
  });

  test("a state that is lost comes back from a copy", async () => {
    const [copy, older] = [join(bob.directory, "copy.json"), join(bob.directory, "older.json")];
    const state = await bob.run("state", "pull");
    writeFileSync(copy, state);
    writeFileSync(older, state.replace(/"serial": \d+/, '"serial": 1'));
    expect((await bob.end("state", "push", older)).said).toContain("over newer state with serial");
    await bob.run("state", "push", "-force", older);
    await expectWhole();
    await team.lose();
    expect(Object.values(await bob.plan())).toEqual(Array(8).fill("create"));

    await bob.run("state", "push", copy);

    await expectWhole();
  });

  more(() => ({ alice, bob, aliceChangesTheForm, goOn: () => halting.goOn(), expectWhole, tenant: halting.tenant }));

  /** Does what the documentation says about what the last plan would make again; returns the addresses. */
  async function importUnmanaged(): Promise<string[]> {
    const file = join(bob.directory, "plan.json");
    writeFileSync(file, await bob.run("show", "-json", "plan"));
    const args = ["--require", require.resolve("tsx/cjs"), UNMANAGED, "unmanaged", file];
    const env = { ...process.env, ...halting.tenant.env };
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });

    const imports = [...stdout.matchAll(/^terraform import '(.+)' '(.+)'$/gm)];
    for (const [, address = "", id = ""] of imports) {
      await bob.run("import", "-input=false", address, id);
    }
    return imports.map(([, address = ""]) => address);
  }
}

function types(addresses: readonly string[]): string[] {
  return addresses.map((address) => address.split(".")[0] ?? "").sort();
}

export const APPLY = ["apply", "-input=false", "-auto-approve"];
const UNMANAGED = join(__dirname, "..", "..", "cli", "main.ts");
