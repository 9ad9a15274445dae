import { type Cdk, cdkTerrain, cdktf } from "../support/cdk-terrain";
import { describeOn, ENGINES } from "../support/engines";
import { examples } from "../support/example";
import { Workspace } from "../support/terraform";

jest.setTimeout(180_000);

const CDK_TERRAIN = "0.24.0";

/** All corners with all examples; otherwise the one that no other journey goes to, with one of them. */
const ALL = (process.env.ALL_ENGINES ?? "") !== "";
const EXAMPLES = ALL ? examples : ["consents"];

const cdks: Partial<Record<"CDKTF" | "CDK Terrain", Cdk>> = {};

beforeAll(() => {
  cdks.CDKTF = cdktf();
  cdks["CDK Terrain"] = cdkTerrain(CDK_TERRAIN);
});

afterAll(() => {
  cdks.CDKTF?.remove();
  cdks["CDK Terrain"]?.remove();
});

/** Without what says who wrote it. */
function configurationOf(cdk: keyof typeof cdks, example: string): object {
  const configuration = cdks[cdk]?.configurationOf(example) as { readonly "//": { readonly metadata: object } };
  return { ...configuration, "//": { metadata: { ...configuration["//"].metadata, version: "" } } };
}

test.each(EXAMPLES)("CDK Terrain synthesises the JSON that CDKTF does: %s", (example) => {
  expect(configurationOf("CDK Terrain", example)).toEqual(configurationOf("CDKTF", example));
});

const CORNERS = (["CDKTF", "CDK Terrain"] as const).flatMap((cdk) => ENGINES.map((engine) => ({ cdk, engine })));

for (const { cdk, engine } of ALL ? CORNERS : CORNERS.slice(-1)) {
  describeOn(engine, cdk, (tenant) => {
    test.each(EXAMPLES)("%s is applied, plans nothing more, is imported and goes again", (example) => {
      const workspace = new Workspace(tenant().env);
      try {
        workspace.configure(configurationOf(cdk, example) as never);
        workspace.apply();
        expect(workspace.plan().changes).toEqual({});

        const resources = workspace.resources();
        workspace.forget();
        for (const [address, id] of resources) {
          workspace.import(address, id);
        }
        const changed = Object.entries(workspace.plan().changes).map(([address, actions]) => [
          address.split(".")[0],
          actions,
        ]);
        expect(changed).toEqual([
          ["auth0_action", "update"],
          ...(resources.size > 4 ? [["auth0_flow_vault_connection", "update"]] : []),
        ]);
        workspace.apply();
        expect(workspace.plan().changes).toEqual({});

        workspace.destroy();
        expect(workspace.resources()).toEqual(new Map());
      } finally {
        workspace.remove();
      }
    });
  });
}
