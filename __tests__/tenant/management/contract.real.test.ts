import { join } from "node:path";
import { type LocalTenant, startLocalTenant } from "../../support/local-tenant";
import { NpmRegistry } from "../../support/npm-registry";
import { findRecordings, readRecording } from "../../support/recordings";
import { type Comparison, replay } from "../../support/recordings-replay";
import { documentedRows, rowsOf, summary, written } from "../../support/recordings-report";

// What the provider's acceptance tests exchanged with a real tenant, sent again to the local one.
const recordings = findRecordings(join(__dirname, "..", "..", "..", "scripts", "provider"));

jest.setTimeout(60_000);

/** The families that a deployment of the constructs uses; nine of ten interactions must agree. */
const DEPLOYMENT = [
  "TestAccForm",
  "TestAccFlow",
  "TestAccVaultConnection",
  "TestAccAction",
  "TestAccTriggerAction",
  "TestAccTriggerActions",
  "TestAccClientGrant",
];
const LEAST_AGREEING = 0.9;

/** What else the tenant answers, in its other families too. */
const OTHERS = [
  "TestAccFormDataSource",
  "TestAccFlowDataSource",
  "TestAccVaultConnectionDataSource",
  "TestAccActionWithSecretsWO",
  "TestAccDataSourceAction",
  "TestAccClientGrant_DefaultFor",
  "TestAccDataSourceClientGrants",
  "TestAccClientConfig",
  "TestAccClientAddons",
  "TestAccClientJWTConfiguration",
  "TestAccClientMetadataBehavior",
  "TestAccClientMobile",
  "TestAccClientOIDCLogout",
  "TestAccClientRefreshToken",
  "TestAccClientSkipPrompt",
  "TestAccClientTokenQuota",
  "TestAccClientCanSetDefaultAuthMethodOnCreate",
  "TestAccClientCredentialsWriteOnlySecret",
  "TestAccAllowUpdatingTheClientSecret",
  "TestAccDataClientById",
  "TestAccConnectionClient",
  "TestAccConnectionClients",
  "TestAccConnectionClientsPreventErasingEnabledClientsOnCreate",
  "TestAccConnectionOAuth2",
  "TestAccDataSourceConnection",
  "TestAccResourceServer",
  "TestAccResourceServerScope",
  "TestAccResourceServerScopes",
  "TestAccResourceServerIsSystem",
  "TestAccResourceServerOnlineAccess",
  "TestAccUser",
  "TestAccUserChangeUsername",
  "TestAccTenant_Main",
];

const comparisons = new Map<string, readonly Comparison[]>();

describe("the local tenant answers as the recorded one did", () => {
  if ("missing" in recordings) {
    const { missing } = recordings;
    if (process.env.CI) {
      test("the recordings are at hand", () => {
        throw new Error(`in CI this test must run; ${missing}`);
      });
    } else {
      process.stdout.write(`\nNOT RUN: the contract test; ${missing}\n`);
      test.skip(`NOT RUN: ${missing}`, () => {});
    }
    return;
  }
  const { folder } = recordings;
  let registry: NpmRegistry;

  beforeAll(async () => {
    registry = await NpmRegistry.start({ "/crypto/17.7.1": 404 }, 200);
  });

  const startTenant = (): Promise<LocalTenant> => startLocalTenant({ npm_config_registry: registry.url });

  async function replayed(name: string, tenant: LocalTenant): Promise<void> {
    const interactions = readRecording(folder, name);
    const compared = await replay(interactions, tenant);
    expect(compared).toHaveLength(interactions.length);
    comparisons.set(name, compared);
  }

  describe("in what a deployment needs", () => {
    test.each(DEPLOYMENT)("%s", async (name) => {
      const tenant = await startTenant();

      await replayed(name, tenant).finally(() => tenant.stop());
    });

    test("in nine of ten interactions", () => {
      const all = DEPLOYMENT.flatMap((name) => comparisons.get(name) ?? []);

      const agreeing = all.filter(({ differences }) => differences.length === 0);

      expect(agreeing.length / all.length).toBeGreaterThanOrEqual(LEAST_AGREEING);
    });
  });

  describe("in what else it has", () => {
    let tenant: LocalTenant;

    beforeAll(async () => {
      tenant = await startTenant();
    });

    afterAll(async () => {
      await tenant.stop();
    });

    test.each(OTHERS)("%s", async (name) => {
      await replayed(name, tenant);
    });
  });

  test("but for the differences that tenant/README.md explains", () => {
    const found = [...comparisons].flatMap(([name, compared]) => rowsOf(name, compared)).map(written);

    expect(found.sort()).toEqual([...documentedRows().keys()].sort());
  });

  afterAll(async () => {
    await registry.stop();
    const lines = [...comparisons].map(([name, compared]) => summary(name, compared));
    const all = DEPLOYMENT.flatMap((name) => comparisons.get(name) ?? []);
    lines.splice(DEPLOYMENT.length, 0, summary("these seven together", all), "");
    process.stdout.write(`\nInteractions recorded with a real tenant, replayed:\n${lines.join("\n")}\n\n`);
  });
});
