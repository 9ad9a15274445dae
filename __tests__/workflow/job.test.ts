import { environmentVariables } from "../../workflow/environment-variables";
import { annotation, assignment } from "../../workflow/job";
import { type JobCommand, jobArguments, usageOf } from "../../workflow/job-command";
import { tenantVariables } from "../../workflow/local-tenant";
import { headed } from "../../workflow/review";
import { inOrder } from "../../workflow/stacks";

test("an output is one line: what stands behind a line break would be another one", () => {
  expect(assignment("reason", "it failed\nrun=1\r\nartifact=2")).toBe("reason=it failed run=1 artifact=2");
});

test("a command to GitHub is one line", () => {
  expect(annotation("error", "100 %\r\nof it\n::add-mask::x")).toBe("::error::100 %25%0D%0Aof it%0A::add-mask::x");
});

describe("the variables of an environment", () => {
  test("are lines NAME=value; a JSON text may hold line breaks", () => {
    const text =
      '# of the backend\nPG_CONN_STR = no\nPGAPPNAME=ci\n\n AWS_REGION= eu-central-1 \r\nKEY="a\\nb"\nEMPTY=\n';

    expect(environmentVariables(text.replace("PG_CONN_STR = no\n", "PG_CONN_STR=postgres://a?b=c\n"))).toEqual({
      PG_CONN_STR: "postgres://a?b=c",
      PGAPPNAME: "ci",
      AWS_REGION: "eu-central-1",
      KEY: "a\nb",
      EMPTY: "",
    });
  });

  test("are refused with the numbers of the lines, all at once, and without what may be a secret", () => {
    const line = (number: number) =>
      `[ENVIRONMENT_VARIABLES] line ${number} must be NAME=value or NAME="a JSON text"; write it so`;

    expect(() => environmentVariables('planted-secret\nA=1\nB="open\n1C=2\n')).toThrow(
      ["3 problems", ...[1, 3, 4].map((number) => `  ${line(number)}`)].join("\n"),
    );
  });
});

test("the variables of a tenant are read as a shell would", () => {
  expect(tenantVariables("export AUTH0_DOMAIN='localhost:9443'\nexport NAME='it'\\''s'\n")).toEqual({
    AUTH0_DOMAIN: "localhost:9443",
    NAME: "it's",
  });
});

describe("stacks", () => {
  const stack = (...dependencies: readonly string[]) => ({ workingDirectory: "", dependencies });

  test("stand behind those that they depend on", () => {
    expect(inOrder({ app: stack("zone", "base"), base: stack("zone"), zone: stack() })).toEqual([
      "zone",
      "base",
      "app",
    ]);
  });

  test("that depend on each other in a circle are told with the circle", () => {
    expect(() => inOrder({ app: stack("base"), base: stack("zone"), zone: stack("base") })).toThrow(
      "[stacks] depend on each other in a circle, base → zone → base; take one of these out",
    );
  });
});

describe("the heading of a review", () => {
  const REVIEW = "<!-- marker -->\n## Progressive profiling: 1 stage added\n\nText\n## Progressive profiling\n";

  test("names environment, tenant and stack, with a note below", () => {
    const stacks = [{ name: "app-dev", domain: "acme.eu.auth0.com" }];

    expect(headed(REVIEW, stacks, { environment: "dev", note: "Planned locally." })).toBe(
      "<!-- marker -->\n## `dev` · `acme.eu.auth0.com` · `app-dev`: 1 stage added\n\nPlanned locally.\n\nText\n## Progressive profiling\n",
    );
  });

  test("names every stack, and a tenant once", () => {
    const stacks = ["app", "base"].map((name) => ({ name, domain: "acme.eu.auth0.com" }));

    expect(
      headed("## Progressive profiling\n\n- **app**: nothing", stacks, { environment: "$&", note: undefined }),
    ).toBe("## `$&` · `acme.eu.auth0.com` · `app` · `base`\n\n- **app**: nothing");
  });
});

describe("a command of ci", () => {
  const command: JobCommand = {
    does: "writes",
    synopsis: "PLANS FILE [options]",
    help: "\nWrites.\n",
    example: "plans file",
    options: { base: "value", quiet: "nothing" },
    run: () => 0,
  };

  test("tells its usage", () => {
    expect(usageOf("review", command)).toBe(
      `auth0-progressive-profiling ci review PLANS FILE [options]

Writes.

  --help

  npx auth0-progressive-profiling ci review plans file

Ends with 0 when it is done, 1 when the command is wrong or has failed.
`,
    );
    expect(jobArguments(["plans", "--help"], command)).toBe("help");
  });

  test("gets what is needed, and options that are given", () => {
    const given = jobArguments(["plans", "file", "--quiet"], command);

    expect(given).toMatchObject({ positionals: ["plans", "file"] });
    expect(given !== "help" && [given.value("quiet"), given.value("base")]).toEqual(["", undefined]);
  });

  test.each([
    [["plans"], '[PLANS FILE] must be 2, got "plans"; see --help'],
    [["a", "b", "c"], '[PLANS FILE] must be 2, got "a", "b", "c"; see --help'],
    [
      ["--bas", "x"],
      '2 problems\n  [--bas] is no option; did you mean --base?\n  [PLANS FILE] must be 2, got "x"; see --help',
    ],
  ])("refuses %j", (args, message) => {
    expect(() => jobArguments(args, command)).toThrow(message);
  });
});
