import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Postgres } from "../support/postgres";
import { describeWith, postgres } from "../support/requirements";
import { stateDocument } from "../support/state-document";
import { APPLY, tellTeamJourney } from "../support/team-journey";

describeWith([postgres], "a state in PostgreSQL, with the rights and the statements of the documentation", () => {
  let server: Postgres;
  afterAll(() => server?.stop());

  const owners = () => server.sql(stateDocument("sql", "PostgreSQL: who has the lock"), "deployer_dev");

  tellTeamJourney(
    async () => {
      server = await Postgres.start();
      server.sql(stateDocument("sql", "PostgreSQL"));
      return {
        backend: { type: "pg", skipSchemaCreation: true, skipTableCreation: true, skipIndexCreation: true },
        environment: (colleague) => ({ PG_CONN_STR: server.connStr("deployer_dev"), PGAPPNAME: colleague }),
        // it is told nobody's name
        owner: () => "Error message: Workspace is already locked: default",
        release: async () => {
          while (owners().length > 0) {
            await sleep(20);
          }
        },
        lose: () => server.sql("DELETE FROM progressive_profiling_dev.states"),
      };
    },
    (journey) => {
      test("the lock of a machine that does not answer is found by its session, and ends with it", async () => {
        const { alice, bob, aliceChangesTheForm, goOn, expectWhole } = journey();
        const first = await aliceChangesTheForm("Fourth");
        first.freeze();
        const { status, said } = await bob.end(...APPLY);
        expect({ status, said }).toEqual({ status: 1, said: expect.stringContaining("already locked") });
        const [, id = ""] = /^ {2}ID: +(\S+)/m.exec(said) ?? [];

        // what it says is not so: the lock is the session's
        expect(await bob.run("force-unlock", "-force", id)).toContain("successfully unlocked");
        expect((await bob.end(...APPLY)).status).toBe(1);

        const [owner = ""] = owners();
        expect(owner).toMatch(/^\d+\|alice\|/);
        const statement = stateDocument("sql", "PostgreSQL: release the lock");
        expect(server.sql(statement.replace("12345", Number.parseInt(owner, 10).toString()), "deployer_dev")).toEqual([
          "t",
        ]);

        await first.kill();
        goOn();
        await bob.run(...APPLY);
        await expectWhole();
        expect(await alice.plan()).toEqual({});
      });

      test("the role that reads can plan, and not write the state", async () => {
        const { bob, tenant } = journey();
        const planner = bob.with({ ...tenant.env, PG_CONN_STR: server.connStr("planner_dev"), PGAPPNAME: "planner" });

        await planner.run("init", "-input=false");
        expect(await planner.plan()).toEqual({});

        const state = JSON.parse(await planner.run("state", "pull"));
        const next = JSON.stringify({ ...state, serial: state.serial + 1, outputs: {} });
        writeFileSync(join(planner.directory, "copy.json"), next);
        expect(await planner.end("state", "push", "-force", "copy.json")).toEqual({
          status: 1,
          said: expect.stringContaining("permission denied"),
        });
      });

      test("the statements do for the next environment too, whose state no role of the first one reads", async () => {
        server.sql(stateDocument("sql", "PostgreSQL").replace(/_dev\b/g, "_prod"));

        for (const role of ["deployer_dev", "planner_dev"]) {
          const read = () => server.sql("SELECT * FROM progressive_profiling_prod.states", role);
          expect(read).toThrow("permission denied");
        }
        expect(server.sql("SELECT * FROM progressive_profiling_prod.states", "planner_prod")).toEqual([]);
      });

      test("the role reads and writes this state, and nothing else", async () => {
        expect(() => server.sql("CREATE TABLE public.other ()", "deployer_dev")).toThrow("permission denied");
        expect(() => server.sql("CREATE SCHEMA other", "deployer_dev")).toThrow("permission denied");
      });
    },
  );
});
