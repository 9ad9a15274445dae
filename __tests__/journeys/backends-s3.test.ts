import { defineStateBackend, ProgressiveProfiling } from "../../lib";
import { Checkout } from "../support/checkout";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { describeWith, s3LockFile, s3Server } from "../support/requirements";
import { type S3Account, S3Server } from "../support/s3-server";
import { stateDocument } from "../support/state-document";
import { APPLY, tellTeamJourney } from "../support/team-journey";

const KEY = "progressive-profiling-dev/terraform.tfstate";
const DEPLOYER: S3Account = { accessKeyId: "deployer", secretAccessKey: "secret-of-deployer" };

describeWith([s3Server, s3LockFile], "a state in S3", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await S3Server.start();
  });
  afterAll(() => server?.stop());

  test("the server creates a lock once, however many ask at the same time", async () => {
    await server.createBucket("locks");
    const create = () => server.request("PUT", "/locks/lock", { body: "x", headers: { "if-none-match": "*" } });

    const replies = await Promise.all(Array.from({ length: 20 }, create));

    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(412)]);
  });

  describe("that a team shares, with the permissions of the documentation", () => {
    const lock = (): { ID: string; Who: string; Operation: string } =>
      JSON.parse(server.object("states", `${KEY}.tflock`) ?? "{}");

    tellTeamJourney(
      async () => {
        await server.createBucket("states");
        await server.createAccount(DEPLOYER);
        await server.putPolicy("states", bucketPolicy(stateDocument("json", "S3: permissions")));
        return {
          backend: server.backend("states"),
          environment: () => server.environment(DEPLOYER),
          owner: () => {
            const { ID, Who, Operation } = lock();
            return `  ID:        ${ID}\n  Path:      states/${KEY}\n  Operation: ${Operation}\n  Who:       ${Who}\n`;
          },
          release: async (colleague) => {
            const { status, said } = await colleague.end(...APPLY);
            const [, id = ""] = /^ {2}ID: +(\S+)/m.exec(said) ?? [];
            expect({ status, id }).toEqual({ status: 1, id: lock().ID });
            expect(labels(said)).toEqual(labels(stateDocument("text", "What a lock looks like")));

            await colleague.run("force-unlock", "-force", id);
            expect(lock()).toEqual({});
          },
          lose: () => server.request("DELETE", `/states/${KEY}`),
        };
      },
      (journey) => {
        test("another id than the lock's does not unlock it", async () => {
          const { bob, aliceChangesTheForm, goOn, expectWhole } = journey();
          const first = await aliceChangesTheForm("Fourth");

          const { status, said } = await bob.end("force-unlock", "-force", "00000000-0000-4000-8000-000000000000");
          goOn();

          expect({ status, said }).toEqual({
            status: 1,
            said: expect.stringMatching(/does not match (the )?existing lock/),
          });
          expect((await first.ended).status).toBe(0);
          await expectWhole();
        });

        test("the account has no access to another state", async () => {
          const put = await server.request(
            "PUT",
            "/states/progressive-profiling-prod/terraform.tfstate",
            { body: "{}" },
            DEPLOYER,
          );

          expect(put.status).toBe(403);
        });
      },
    );
  });

  describe("in a bucket that keeps versions", () => {
    let tenant: LocalTenant;
    let checkout: Checkout;

    beforeAll(async () => {
      tenant = await startLocalTenant();
      await server.createBucketWithVersions("versions");
      checkout = new Checkout({ ...tenant.env, ...server.environment() }).synth((stack) => {
        defineStateBackend(stack, { ...server.backend("versions"), useLockfile: false });
        new ProgressiveProfiling(stack, "profiling");
      });
      await checkout.run("init", "-input=false");
    });

    afterAll(async () => {
      await checkout.remove();
      await tenant.stop();
    });

    test("a version from before puts right what someone has broken", async () => {
      await checkout.run(...APPLY);
      const whole = server.object("versions", KEY);
      await server.request("PUT", `/versions/${KEY}`, { body: "broken" });
      expect((await checkout.end("plan", "-input=false")).status).toBe(1);

      const { body: list } = await server.request("GET", "/versions", { query: "versions=" });
      const [, id = ""] = /<IsLatest>false<\/IsLatest>.*?<VersionId>(\w+)<\/VersionId>/.exec(list) ?? [];
      const { body } = await server.request("GET", `/versions/${KEY}`, { query: `versionId=${id}` });
      await server.request("PUT", `/versions/${KEY}`, { body });

      expect(body).toBe(whole);
      expect(await checkout.plan()).toEqual({});
    });
  });
});

/** What an engine tells of a lock, without the values. */
function labels(said: string): string[] {
  const [, info = ""] = said.split("Lock Info:\n");
  return [...info.matchAll(/^ {2}(\w+): +\S/gm)].map(([, label = ""]) => label);
}

/** What is documented is a policy of a role; that of a bucket names who it is for. */
function bucketPolicy(policy: string): unknown {
  const { Statement, ...rest } = JSON.parse(policy);
  const Principal = { AWS: [DEPLOYER.accessKeyId] };
  return { ...rest, Statement: Statement.map((statement: object) => ({ ...statement, Principal })) };
}
