import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeInBrowser } from "../support/browser";
import { DocumentProject } from "../support/document-project";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";

const QUESTION = "How do I see the pages before they are deployed?";
const NO_ENVIRONMENTS = 'import type { Environments } from "./lib";\n\nexport const environments: Environments = {};\n';

describeInBrowser(QUESTION, () => {
  let tenant: LocalTenant;
  let project: DocumentProject;

  beforeAll(async () => {
    tenant = await startLocalTenant();
    project = new DocumentProject(NO_ENVIRONMENTS);
  });

  afterAll(async () => {
    project.remove();
    await tenant.stop();
  });

  test("its commands leave a review with a picture of each step, no plan, and nothing in the tenant", async () => {
    const [commands = "", ...others] = blocks("docs/before-a-deploy.md", "sh", QUESTION);
    expect(others).toEqual([]);
    const { status, said } = project.shell(
      commands.replace("localhost-9443", tenant.env.AUTH0_DOMAIN.replace(":", "-")),
      tenant.env,
    );

    expect({ status, said }).toEqual({ status: 0, said: expect.any(String) });
    const review = readFileSync(join(project.folder, "review.md"), "utf8");
    const [pages, ...pictures] = readdirSync(join(project.folder, "pictures")).sort();
    expect([pages, pictures.map((name) => name.replace(/^.*-step-/, ""))]).toEqual([
      "index.html",
      ["company-name-after.png", "job-title-after.png"],
    ]);
    expect(pictures.filter((picture) => !review.includes(`pictures/${picture}`))).toEqual([]);
    const [stack = ""] = project.stacks();
    expect(existsSync(join(project.folder, "cdktf.out", "stacks", stack, "plan.json"))).toBe(false);
    expect((await tenant.request("GET", "/api/v2/forms")).body).toEqual([]);
  }, 120_000);
});
