import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineStateBackend, ProgressiveProfiling } from "../../lib";
import { Checkout } from "../support/checkout";
import { HaltingTenant } from "../support/halting-tenant";
import { APPLY } from "../support/team-journey";

describe("a state in a file that two shells share", () => {
  const folder = mkdtempSync(join(tmpdir(), "states-"));
  let halting: HaltingTenant;
  let shells: Checkout[];

  beforeAll(async () => {
    halting = await HaltingTenant.start();
    shells = [0, 1].map(() =>
      new Checkout(halting.tenant.env).synth((stack) => {
        defineStateBackend(stack, { type: "local", path: join(folder, "terraform.tfstate") });
        new ProgressiveProfiling(stack, "profiling");
      }),
    );
    for (const shell of shells) {
      await shell.run("init", "-input=false");
    }
  }, 60_000);

  afterAll(async () => {
    await Promise.all(shells.map((shell) => shell.remove()));
    await halting.stop();
    rmSync(folder, { recursive: true });
  });

  test("is locked while one applies; after kill -9 it is not, and lacks only what was under way", async () => {
    const [first, second] = shells as [Checkout, Checkout];
    const halted = halting.haltAt("POST /api/v2/forms");
    const command = first.start(...APPLY);
    await halted;
    const { ID } = JSON.parse(readFileSync(join(folder, ".terraform.tfstate.lock.info"), "utf8"));
    const refused = await second.end(...APPLY);
    await command.kill();
    halting.goOn();

    expect(refused).toEqual({ status: 1, said: expect.stringContaining(`ID:        ${ID}`) });
    expect(Object.keys(await second.plan()).map((address) => address.split(".")[0])).toEqual([
      "auth0_action",
      "auth0_form",
      "auth0_trigger_action",
    ]);
  });
});
