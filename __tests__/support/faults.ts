import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
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
const APPLY = ["apply", "-input=false", "-auto-approve"];
/** So that requests come in about the same order each time. */
const IN_ORDER = "-parallelism=1";
const STEP_PLAN = "../../step.plan";
const PLAN = "../../faulty.plan";
const PLAN_JSON = "../../faulty.plan.json";
const STATE_JSON = "../../faulty.state.json";
/** Of a plan with `-detailed-exitcode`. */
const CHANGES = 2;
/** Plans, each with its apply and what `verify` says, after which what still differs does so for ever. */
const ROUNDS = 6;
const LANES = 3;

/** A change of a tenant by a stack. */
export interface Step {
  /** What the tenant has; without it there is none of it. */
  readonly from?: (stack: TerraformStack) => void;
  /** What it is to have; without it, none of it. */
  readonly to?: (stack: TerraformStack) => void;
}

/** A request at which something can break down. */
export type Place = Omit<Fault, "fault">;

/** What became of a step in which something broke down. */
export interface Course {
  readonly faults: readonly Fault[];
  /** How many of the faults have happened. */
  met: number;
  /** What it took after that, until neither a plan nor `verify` had anything to say. */
  applies: number;
  imports: number;
  readonly remedies: string[];
  /** What is not as it should be; empty where all is as without a fault. */
  readonly problems: string[];
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
  get places(): readonly Place[] {
    return this.lanes[0]?.places ?? [];
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

  get places(): readonly Place[] {
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
    const course: Course = { faults, met: 0, applies: 0, imports: 0, remedies: [], problems: [] };
    for (const [index, fault] of faults.entries()) {
      this.faulty.arm(fault);
      await this.ended([...APPLY, IN_ORDER, ...(index === 0 ? [STEP_PLAN] : this.mode)]);
      course.met += this.faulty.met.length > 0 ? 1 : 0;
      // What a login saves is a request too.
      this.faulty.arm();
      const { isIn, page } = await this.logIn();
      if (!isIn) {
        course.problems.push(`someone who logs in is kept out, at ${page}`);
      }
    }
    await this.converge(course);
    course.problems.push(...differences(comparableDocuments(this.faulty.documents()), this.clean.documents));
    const login = await this.logIn();
    if (!isDeepStrictEqual([login.isIn, login.metadata], [true, this.clean.login.metadata])) {
      course.problems.push(`in the end someone logs in as ${JSON.stringify(login)}`);
    }
    return course;
  }

  /** Makes the step without a fault. */
  private async rehearse(): Promise<void> {
    const { from, to } = this.step;
    if (from !== undefined) {
      this.workspace.synth(from);
      await this.terraform(...APPLY);
    }
    if (to !== undefined) {
      this.workspace.synth(to);
    }
    await this.terraform("plan", "-input=false", `-out=${STEP_PLAN}`, ...this.mode);
    this.faulty.save("before");
    this.state = from === undefined ? "" : this.workspace.state();
    this.faulty.arm();
    await this.terraform(...APPLY, IN_ORDER, STEP_PLAN);
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
  private async converge(course: Course): Promise<void> {
    let findings: readonly Told[] | undefined;
    for (let round = 0; round < ROUNDS; round++) {
      let changes = await this.plan();
      if (changes.includes("create") && (await this.importUnmanaged(course))) {
        changes = await this.plan();
      }
      if (changes.length === 0 && findings?.length === 0) {
        return;
      }
      // Of what is gone a plan to destroy says nothing, and its apply forgets it.
      if (changes.length > 0 || findings?.some(({ isPlanned }) => isPlanned)) {
        await this.ended([...APPLY, PLAN]);
        course.applies += 1;
      }
      findings = await this.verify();
      for (const { remedy } of findings.filter(({ isPlanned }) => !isPlanned)) {
        course.remedies.push(remedy);
        await this.mend(remedy);
      }
    }
    const told = findings?.map(({ what }) => what).join("; ");
    course.problems.push(`after ${ROUNDS} rounds a plan or verify still says something: ${told}`);
  }

  /** What a plan does, by its resources. */
  private async plan(): Promise<readonly string[]> {
    const args = ["plan", "-input=false", "-detailed-exitcode", `-out=${PLAN}`, ...this.mode];
    const { status, output } = await this.ended(args);
    if (status === 0) {
      return [];
    }
    if (status !== CHANGES) {
      throw new Error(`terraform ${args.join(" ")} ended with ${status}: ${output}`);
    }
    const json = await this.terraform("show", "-json", PLAN);
    writeFileSync(this.file(PLAN_JSON), json);
    const changes: { change: { actions: string[] } }[] = JSON.parse(json).resource_changes ?? [];
    return changes.flatMap(({ change }) => change.actions).filter((action) => action !== "no-op" && action !== "read");
  }

  /** @returns whether anything was imported */
  private async importUnmanaged(course: Course): Promise<boolean> {
    const { output } = await this.cli("unmanaged", this.file(PLAN_JSON));
    const imports = [...output.matchAll(/^terraform import '(.*)' '(.*)'$/gm)];
    for (const [, address = "", id = ""] of imports) {
      await this.terraform("import", "-input=false", address, id);
    }
    course.imports += imports.length;
    return imports.length > 0;
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
    const [, address] = /\bterraform apply -replace='([^']+)'/.exec(remedy) ?? [];
    if (path !== undefined) {
      await this.faulty.tenant.request("DELETE", `/api/v2/${path}`);
    } else if (address !== undefined) {
      await this.ended([...APPLY, `-replace=${address}`]);
    } else if (remedy.startsWith("mend the cause; with the next answer that is saved this ends")) {
      await this.logIn();
    } else {
      throw new Error(`nobody here can do this: ${remedy}`);
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
