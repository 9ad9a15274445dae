import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TerraformStack } from "cdktf";
import { Application, type ApplicationClient } from "./application";
import { type Documents, type Fault, FaultyTenant } from "./faulty-tenant";
import { createClient } from "./login-set-up";
import { comparableDocuments, differences } from "./tenant-documents";
import { Workspace } from "./terraform";
import { type Ended, TerraformProcess } from "./terraform-process";
import type { Told } from "./verified";
import { type VisitedPage, Visitor } from "./visitor";

const CLI = join(__dirname, "..", "..", "cli", "main.ts");
const APPLY = ["apply", "-input=false", "-auto-approve", "-parallelism=1"];
const STEP_PLAN = "../../step.plan";
const PLAN = "../../faulty.plan";
const PLAN_JSON = "../../faulty.plan.json";
const STATE_JSON = "../../faulty.state.json";
/** Plans, each with its apply and what `verify` says, after which what still differs does so for ever. */
const ROUNDS = 6;
const LANES = 2;

/** A change of a tenant by a stack. */
export interface Step {
  /** What the tenant has; without it there is none of it. */
  readonly from?: (stack: TerraformStack) => void;
  /** What it is to have; without it, none of it. */
  readonly to?: (stack: TerraformStack) => void;
}

/** What became of a step in which something broke down. */
export interface Course {
  readonly faults: readonly Fault[];
  /** How many of the faults have happened. */
  readonly met: number;
  /** What it took after that, until neither a plan nor `verify` had anything to say. */
  readonly applies: number;
  readonly imports: number;
  readonly remedies: readonly string[];
  /** What is not as it should be; empty where all is as without a fault. */
  readonly problems: readonly string[];
}

interface Login {
  readonly isIn: boolean;
  /** Where it ended. */
  readonly page: string;
  readonly metadata: unknown;
}

/** A step that is made in several tenants at a time, each time with other faults. */
export class FaultyStep {
  /** @param lanes each of which has made the step without a fault */
  private constructor(
    private readonly lanes: readonly FaultyStack[],
    private readonly application: Application,
  ) {}

  static async start(step: Step): Promise<FaultyStep> {
    const application = await Application.start();
    const lanes = await Promise.all(Array.from({ length: LANES }, () => FaultyStack.start(step, application)));
    return new FaultyStep(lanes, application);
  }

  /** Requests of the step's apply without a fault, from the first one that writes. */
  get requests(): readonly Omit<Fault, "fault">[] {
    return this.lanes[0]?.requests ?? [];
  }

  async try(all: readonly (readonly Fault[])[]): Promise<readonly Course[]> {
    const left = [...all];
    const courses: Course[] = [];
    const run = async (lane: FaultyStack) => {
      for (let faults = left.shift(); faults !== undefined; faults = left.shift()) {
        courses.push(await lane.try(faults));
      }
    };
    await Promise.all(this.lanes.map(run));
    return courses;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.lanes, this.application].map((one) => one.stop()));
  }
}

/** A step in a tenant of its own. */
class FaultyStack {
  private clean: { readonly requests: readonly string[]; readonly documents: Documents; readonly login: Login } = {
    requests: [],
    documents: {},
    login: { isIn: false, page: "", metadata: undefined },
  };
  private state = "";

  static async start(step: Step, application: Application): Promise<FaultyStack> {
    const faulty = await FaultyTenant.start();
    const client = await createClient(faulty.tenant, application);
    const stack = new FaultyStack(step, faulty, application, client);
    await stack.rehearse();
    return stack;
  }

  private readonly workspace: Workspace;

  private constructor(
    private readonly step: Step,
    private readonly faulty: FaultyTenant,
    private readonly application: Application,
    private readonly client: ApplicationClient,
  ) {
    this.workspace = new Workspace(faulty.tenant.env);
  }

  get requests(): readonly Omit<Fault, "fault">[] {
    const { requests } = this.clean;
    const named = requests.map((request, place) => ({
      request,
      time: requests.slice(0, place + 1).filter((other) => other === request).length,
    }));
    return named.slice(named.findIndex(({ request }) => !request.startsWith("GET ")));
  }

  async stop(): Promise<void> {
    this.workspace.remove();
    await this.faulty.stop();
  }

  /** Makes the step with these faults, one in each apply, and then what it takes until it is made. */
  async try(faults: readonly Fault[]): Promise<Course> {
    await this.faulty.restore("before");
    this.workspace.putState(this.state);
    const problems: string[] = [];
    let met = 0;
    for (const [index, fault] of faults.entries()) {
      this.faulty.arm(fault);
      await this.ended(index === 0 ? [...APPLY, STEP_PLAN] : [...APPLY, ...this.mode]);
      met += this.faulty.met.length > 0 ? 1 : 0;
      const { isIn, page } = await this.logIn();
      if (!isIn) {
        problems.push(`someone who logs in is kept out, at ${page}`);
      }
    }
    this.faulty.arm();
    const taken = await this.converge(problems);
    problems.push(...differences(comparableDocuments(this.faulty.documents()), this.clean.documents));
    const login = await this.logIn();
    if (JSON.stringify([login.isIn, login.metadata]) !== JSON.stringify([true, this.clean.login.metadata])) {
      problems.push(`in the end someone logs in as ${JSON.stringify(login)}`);
    }
    return { faults, met, ...taken, problems };
  }

  /** Makes the step without a fault. */
  private async rehearse(): Promise<void> {
    const { from, to } = this.step;
    if (from !== undefined) {
      this.workspace.synth(from);
      this.workspace.apply();
    }
    if (to !== undefined) {
      this.workspace.synth(to);
    }
    await this.terraform("plan", "-input=false", `-out=${STEP_PLAN}`, ...this.mode);
    this.faulty.save("before");
    this.state = from === undefined ? "" : this.workspace.state();
    this.faulty.arm();
    await this.terraform(...APPLY, STEP_PLAN);
    const { requests } = this.faulty;
    const documents = comparableDocuments(this.faulty.documents());
    const login = await this.logIn();
    if (!login.isIn) {
      throw new Error(`without a fault, someone who logs in is kept out, at ${login.page}`);
    }
    this.clean = { requests, documents, login };
  }

  private get mode(): readonly string[] {
    return this.step.to === undefined ? ["-destroy"] : [];
  }

  /** Does what plan, `unmanaged` and `verify` say, until they say nothing. */
  private async converge(problems: string[]): Promise<Pick<Course, "applies" | "imports" | "remedies">> {
    let applies = 0;
    let imports = 0;
    const remedies: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      let changes = await this.plan();
      if (changes.includes("create")) {
        const imported = await this.importUnmanaged(remedies);
        imports += imported;
        changes = imported > 0 ? await this.plan() : changes;
      }
      if (changes.length > 0) {
        await this.ended([...APPLY, PLAN]);
        applies += 1;
      }
      const findings = await this.verify();
      for (const { remedy } of findings) {
        remedies.push(remedy);
        await this.mend(remedy);
      }
      if (changes.length === 0 && findings.length === 0) {
        return { applies, imports, remedies };
      }
    }
    problems.push(`after ${ROUNDS} rounds a plan or verify still says something: ${remedies.at(-1) ?? "a plan"}`);
    return { applies, imports, remedies };
  }

  /** What a plan does, by its resources. */
  private async plan(): Promise<readonly string[]> {
    const { status } = await this.ended(["plan", "-input=false", "-detailed-exitcode", `-out=${PLAN}`, ...this.mode]);
    if (status === 0) {
      return [];
    }
    const json = await this.terraform("show", "-json", PLAN);
    writeFileSync(this.file(PLAN_JSON), json);
    const changes: { change: { actions: string[] } }[] = JSON.parse(json).resource_changes ?? [];
    return changes.flatMap(({ change }) => change.actions).filter((action) => action !== "no-op");
  }

  /** @returns how many resources were imported */
  private async importUnmanaged(remedies: string[]): Promise<number> {
    const { output } = await this.cli("unmanaged", this.file(PLAN_JSON));
    const imports = [...output.matchAll(/^terraform import '(.*)' '(.*)'$/gm)];
    for (const [, address = "", id = ""] of imports) {
      await this.terraform("import", "-input=false", address, id);
    }
    for (const line of output.split("\n").filter((text) => /^# .*: the tenant has \d+ of this name/.test(text))) {
      remedies.push(line);
    }
    return imports.length;
  }

  private async verify(): Promise<readonly Told[]> {
    const state = await this.terraform("show", "-json");
    if (!/"mode":"managed","type":"auth0_/.test(state)) {
      return [];
    }
    writeFileSync(this.file(STATE_JSON), state);
    const { status, output } = await this.cli("verify", "--json", this.file(STATE_JSON));
    if (status !== 0 && status !== 2) {
      throw new Error(`verify ended with ${status}: ${output}`);
    }
    return JSON.parse(output).findings;
  }

  private async mend(remedy: string): Promise<void> {
    const [, path] = /^auth0 api delete "([^"]+)"/.exec(remedy) ?? [];
    const [, address] = /^terraform apply -replace='([^']+)'/.exec(remedy) ?? [];
    if (path !== undefined) {
      await this.faulty.tenant.request("DELETE", `/api/v2/${path}`);
    } else if (address !== undefined) {
      await this.ended([...APPLY, `-replace=${address}`]);
    } else if (remedy === "terraform apply") {
      await this.ended(APPLY);
    } else if (remedy.startsWith("mend the cause; with the next answer that is saved this ends")) {
      await this.logIn();
    }
  }

  /** Someone signs up, and answers what is asked. */
  private async logIn(): Promise<Login> {
    const email = `person-${Math.random()}@example.com`;
    const { tenant } = this.faulty;
    const visitor = new Visitor(tenant.env.ISSUER_BASE_URL);
    const { url } = this.application.begin(tenant, this.client, { screen_hint: "signup" });
    let page = await visitor.submit(await visitor.visit(url), { email, password: "correct horse 1A" });
    const isIn = ({ url: end }: VisitedPage) => end.startsWith(this.application.callback);
    for (let step = 0; step < 3 && page.status === 200 && !isIn(page); step++) {
      const fields = [...page.html.matchAll(/ name="(field\.\w+)"/g)].map(([, name]) => [name, "Answer"]);
      page = await visitor.submit(page, Object.fromEntries(fields));
    }
    const { body } = await tenant.request("GET", `/api/v2/users-by-email?email=${encodeURIComponent(email)}`);
    return { isIn: isIn(page), page: page.url, metadata: body[0]?.user_metadata };
  }

  /** Runs the engine until it ends, or an answer is held: then it is killed. */
  private async ended(args: readonly string[]): Promise<Ended> {
    const engine = TerraformProcess.start(this.workspace.directory, this.faulty.tenant.env, ...args);
    const hasEnded = engine.ended.then(() => true);
    while (!(await Promise.race([hasEnded, sleep(20, false)]))) {
      if (this.faulty.isHolding) {
        return engine.kill();
      }
    }
    return engine.ended;
  }

  /** @throws where it ends with an error */
  private async terraform(...args: readonly string[]): Promise<string> {
    const { status, output } = await this.ended(args);
    if (status !== 0) {
      throw new Error(`terraform ${args.join(" ")} ended with ${status}: ${output}`);
    }
    return output;
  }

  private cli(...args: readonly string[]): Promise<Ended> {
    const all = ["--require", require.resolve("tsx/cjs"), CLI, ...args];
    const env = { ...process.env, ...this.faulty.tenant.env };
    return new Promise((resolve) => {
      const child = execFile(process.execPath, all, { env }, (_, stdout, stderr) =>
        resolve({ status: child.exitCode, output: stdout + stderr }),
      );
    });
  }

  private file(path: string): string {
    return join(this.workspace.directory, path);
  }
}
