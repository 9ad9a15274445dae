import type { TerraformStack } from "cdktf";
import { nextButton, ProgressiveProfiling, type ProgressiveProfilingProps, Stage, text } from "../../lib";
import { type Course, FaultyStep, type Place, type Step } from "../support/faults";
import type { Fault } from "../support/faulty-tenant";

// Hours are for all faults on a slow machine.
jest.setTimeout(10_000_000);

/** Whether each fault is tried at each request; otherwise one is, so that each of them meets each kind of request. */
const ALL = (process.env.ALL_FAULTS ?? "") !== "";
const FAULTS = ["500", "lost", "held"] as const;

function profiling(keys: readonly string[], props: ProgressiveProfilingProps = {}): (stack: TerraformStack) => void {
  const stages = keys.map((key) =>
    Stage.untilAnswered(key, { components: [text(key, { label: key, required: true }), nextButton()] }),
  );
  return (stack) => {
    new ProgressiveProfiling(stack, "profiling", { stages, ...props });
  };
}

const deployed = profiling(["role"]);
const rotation: Step = { from: deployed, to: profiling(["role"], { secretVersion: "2" }) };

const CREATED = ["POST clients", "PATCH clients/{id}", "POST client-grants", "POST flows/vault/connections"];
const DELETED = ["DELETE clients/{id}", "DELETE client-grants/{id}", "DELETE flows/vault/connections/{id}"];
const DEPLOYED = "POST actions/actions/{id}/deploy";
const BOUND = "PATCH actions/triggers/post-login/bindings";
const CHANGED = ["PATCH flows/{id}", "PATCH forms/{id}", "PATCH actions/actions/{id}", DEPLOYED];

/** With each request of a step that writes. */
const STEPS: readonly (readonly [string, Step, readonly string[]])[] = [
  ["create", { to: deployed }, [...CREATED, "POST flows", "POST forms", "POST actions/actions", DEPLOYED, BOUND]],
  ["a stage added", { from: deployed, to: profiling(["role", "team"]) }, CHANGED],
  ["a field renamed", { from: deployed, to: profiling(["position"]) }, CHANGED],
  ["rotation", rotation, [...CREATED, "PATCH flows/{id}", "PATCH clients/{id}", ...DELETED]],
  [
    "destroy",
    { from: deployed },
    [
      ...[...DELETED, "PATCH clients/{id}", BOUND],
      ...["flows", "forms", "actions/actions"].map((path) => `DELETE ${path}/{id}`),
    ],
  ],
];

let faulty: FaultyStep;

afterEach(() => faulty.stop());

test.each(STEPS)(
  "%s: what breaks down at a request keeps nobody out, and what it leaves is told and mended as told",
  async (name, step, writes) => {
    // Steps that send the same requests meet other faults at them.
    const first = STEPS.findIndex(([other]) => other === name);
    faulty = await FaultyStep.start(step);
    const places = inOrder(faulty.places);
    expect(places.filter(isWrite).map(({ request }) => request.replace("/api/v2/", ""))).toEqual(writes.toSorted());

    const courses = await faulty.try(
      places.flatMap((place, index) => (ALL ? FAULTS : [faultAt(first + index)]).map((fault) => [{ ...place, fault }])),
    );

    tell(name, courses);
    expect(courses.filter(({ met, problems }) => met === 0 || problems.length > 0)).toEqual([]);
  },
);

test("rotation, where the next apply meets another fault: likewise", async () => {
  faulty = await FaultyStep.start(rotation);
  const places = inOrder(faulty.places).filter((place) => ALL || isWrite(place));

  const courses = await faulty.try(
    places.flatMap((place, index) =>
      (ALL ? FAULTS : [faultAt(index)]).map((fault, kind): Fault[] => [
        { ...place, fault },
        { request: "write", time: 1 + (index % 4), fault: faultAt(index + kind + 1) },
      ]),
    ),
  );

  tell("rotation, two in a row", courses);
  expect(courses.filter(({ met, problems }) => met === 0 || problems.length > 0)).toEqual([]);
  expect(courses.filter(({ met }) => met === 2).length).toBeGreaterThan(courses.length / 3);
});

function faultAt(index: number): Fault["fault"] {
  return FAULTS[index % FAULTS.length] ?? "500";
}

function isWrite({ request }: Place): boolean {
  return !request.startsWith("GET ");
}

/** The engine's own order differs where one resource need not wait for another. */
function inOrder(places: readonly Place[]): readonly Place[] {
  const nameOf = ({ request, time }: Place) => `${request} ${time}`;
  return places.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

/** Prints what became of them, in a line. */
function tell(name: string, courses: readonly Course[]): void {
  const outcomes = courses.map(outcomeOf);
  const told = [...new Set(outcomes)].sort().map((one) => `${outcomes.filter((other) => other === one).length} ${one}`);
  process.stdout.write(`${name}: ${courses.length} times a fault; ${told.join(", ")}\n`);
}

function outcomeOf({ applies, imports, remedies, problems }: Course): string {
  if (problems.length > 0) {
    return "did not end as it should";
  }
  if (remedies.length > 0) {
    return "mended as verify says";
  }
  if (applies === 0) {
    return "left nothing to do";
  }
  const by = applies === 1 ? "mended by the next apply" : `mended by the next ${applies} applies`;
  return imports > 0 ? `${by} after imports` : by;
}
