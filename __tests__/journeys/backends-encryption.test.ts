import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineStateBackend, ProgressiveProfiling, type StateBackend } from "../../lib";
import { Checkout } from "../support/checkout";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { describeWith, openTofu, openTofuBinary, type Requirement, s3Server } from "../support/requirements";
import { S3Server } from "../support/s3-server";
import { stateDocument } from "../support/state-document";
import { APPLY } from "../support/team-journey";

const FIRST = "first passphrase of the team";
const SECOND = "second passphrase of the team";

/** The blocks of the documentation, with our passphrases. */
const ENCRYPTED = passphrases(stateDocument("hcl", "Encrypt a new state"));
const FROM_PLAIN = passphrases(stateDocument("hcl", "Encrypt a state that is there"));
const TO_SECOND = passphrases(stateDocument("hcl", "Another passphrase"));
const ONLY_SECOND = passphrases(stateDocument("hcl", "Encrypt a new state").replaceAll("first", "second"));

function passphrases(block: string): string {
  return block.replaceAll("…first…", FIRST).replaceAll("…second…", SECOND);
}

/** Stands in the form that is the default. */
const FORM_TEXT = "company_name";

interface Place {
  readonly backend: StateBackend;
  readonly environment: Readonly<Record<string, string>>;
  /** The files of the state as its disk has them. */
  readonly atRest: () => readonly string[];
  readonly end: () => Promise<void>;
}

tell("a file", [openTofu], async () => {
  const folder = mkdtempSync(join(tmpdir(), "states-"));
  return {
    backend: { type: "local", path: join(folder, "terraform.tfstate") },
    environment: {},
    atRest: () => readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8")),
    end: async () => rmSync(folder, { recursive: true }),
  };
});

tell("S3", [openTofu, s3Server], async () => {
  const server = await S3Server.start();
  await server.createBucket("states");
  return {
    // which OpenTofu 1.7 does not know
    backend: { ...server.backend("states"), useLockfile: false },
    environment: server.environment(),
    atRest: () => [server.object("states", "progressive-profiling-dev/terraform.tfstate") ?? ""],
    end: () => server.stop(),
  };
});

function tell(place: string, requirements: readonly Requirement[], start: () => Promise<Place>): void {
  // Told in order, each step stands on the one before.
  describeWith(requirements, `a state in ${place} that OpenTofu encrypts`, () => {
    let tenant: LocalTenant;
    let states: Place;
    let secret: string;
    const checkouts: Checkout[] = [];

    beforeAll(async () => {
      [tenant, states] = await Promise.all([startLocalTenant(), start()]);
      await checkout("").run("init", "-input=false");
    }, 60_000);

    afterAll(async () => {
      await Promise.all(checkouts.map((one) => one.remove()));
      await Promise.all([tenant.stop(), states.end()]);
    });

    /** The one folder, in an environment with this configuration. */
    function checkout(encryption: string): Checkout {
      const environment = { ...tenant.env, ...states.environment, TF_ENCRYPTION: encryption };
      const one = checkouts[0]?.with(environment) ?? new Checkout(environment, openTofuBinary());
      checkouts[0] ??= one;
      return one.synth((stack) => {
        defineStateBackend(stack, states.backend);
        new ProgressiveProfiling(stack, "profiling");
      });
    }

    /** Which of these stand somewhere in the clear. */
    function readable(...texts: readonly string[]): string[] {
      return texts.filter((text) => states.atRest().some((file) => file.includes(text)));
    }

    /** Of a file the engine says it while it asks for the lock. */
    function below(message: RegExp): RegExp {
      return place === "a file" ? new RegExp(`Error acquiring the state lock .*${message.source}`) : message;
    }

    test("in the clear it has the client's secret and the form's texts", async () => {
      await checkout("").run(...APPLY);

      const state = JSON.parse(await checkout("").run("state", "pull"));
      const vault = state.resources.find(({ type }: { type: string }) => type === "auth0_flow_vault_connection");
      secret = vault.instances[0].attributes.setup.client_secret;
      expect(secret.length).toBeGreaterThan(20);
      expect(readable(secret, FORM_TEXT)).toEqual([secret, FORM_TEXT]);
    });

    test("is refused in the clear where it has to be encrypted", async () => {
      expect(await checkout(ENCRYPTED).end("plan", "-input=false")).toEqual({
        status: 1,
        said: expect.stringMatching(/unencrypted payload\s+without unencrypted method configured/),
      });
    });

    test("is encrypted by the next apply, backups too", async () => {
      await checkout(FROM_PLAIN).run(...APPLY);

      expect(readable(secret, FORM_TEXT)).toEqual([]);
      expect(await checkout(ENCRYPTED).plan()).toEqual({});
      expect(await checkout(ENCRYPTED).run("state", "pull")).toContain(secret);
    });

    test("goes with plans that are encrypted", async () => {
      const one = checkout(ENCRYPTED);
      await one.run("plan", "-input=false", "-destroy", "-out=plan");

      const plan = readFileSync(join(one.directory, "plan"), "latin1");
      expect(plan).toContain("encrypted_data");
      // the heading of a ZIP file, which a plan is
      expect(plan.startsWith("PK")).toBe(false);
      expect((await checkout("").end("show", "plan")).status).toBe(1);
    });

    test.each([
      ["without a passphrase", () => "", below(/encrypted and can ?not be read without an encryption/)],
      ["with another passphrase", () => ENCRYPTED.replace(FIRST, SECOND), below(/message authentication failed/)],
      [
        "with a passphrase of 15 characters",
        () => ENCRYPTED.replace(FIRST, "x".repeat(15)),
        /too short \(minimum 16 characters\)/,
      ],
    ])("is refused %s, which nothing that is said shows", async (_, encryption, message) => {
      const { status, said } = await checkout(encryption()).end("plan", "-input=false");

      expect({ status, said: said.replaceAll(/\s+/g, " ") }).toEqual({
        status: 1,
        said: expect.stringMatching(message),
      });
      for (const text of [FIRST, SECOND, secret]) {
        expect(said).not.toContain(text);
      }
    });

    test("goes over to another passphrase, and the first one opens it no more", async () => {
      await checkout(TO_SECOND).run(...APPLY);

      expect(await checkout(ONLY_SECOND).plan()).toEqual({});
      expect((await checkout(ENCRYPTED).end("plan", "-input=false")).status).toBe(1);
      expect(readable(secret, FORM_TEXT)).toEqual([]);
    });
  });
}
