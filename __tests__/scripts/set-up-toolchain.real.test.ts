import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toolchainEnv } from "../../scripts/toolchain";
import { Copy, ENGINE, engine, GO, PLATFORM, VERSION } from "../support/set-up-copy";

const GO_AT_HAND = spawnSync("/bin/sh", ["-c", "command -v go"], { encoding: "utf8" }).stdout.trim();

/** Leaves a provider where \`init\` leaves it, and says how it was authenticated. */
const init = (authentication: string) => `
folder=.terraform/providers/registry.terraform.io/auth0/auth0/${VERSION}/${PLATFORM}
mkdir -p $folder && echo downloaded > $folder/terraform-provider-auth0_v${VERSION}
echo "- Installed auth0/auth0 v${VERSION} (${authentication})"`;

let copy: Copy;
beforeEach(() => {
  copy = new Copy();
});
afterEach(() => copy.remove());

describe("the engine", () => {
  beforeEach(() => copy.takeToolchain());

  it("fails when there is none, and says what was tried and what to install", () => {
    expect(copy.setUp()).toEqual({
      status: 1,
      said: [
        "set-up: no Terraform and no OpenTofu to work with",
        "  - terraform is not on PATH",
        "  - tofu is not on PATH",
        "  - OpenTofu cannot be built: go is not on PATH",
        "Install one of these and run the command again:",
        "  Terraform 1.5 or newer   https://developer.hashicorp.com/terraform/install",
        "  OpenTofu 1.6 or newer    https://opentofu.org/docs/intro/install/",
        "  Go, to build OpenTofu    https://go.dev/doc/install",
      ],
    });
  });

  it.each([
    ["nowhere", 'set-up: TERRAFORM_BINARY_NAME is "nowhere", but nowhere is not on PATH'],
    ["/no/terraform", 'set-up: TERRAFORM_BINARY_NAME is "/no/terraform", but /no/terraform is no program'],
    [
      "liar",
      /^set-up: TERRAFORM_BINARY_NAME is "liar", but \S.+liar version does not answer as Terraform or OpenTofu do/,
    ],
    ["broken", /^set-up: TERRAFORM_BINARY_NAME is "broken", but \S.+broken version ended with 3$/],
    [
      "old",
      /^set-up: TERRAFORM_BINARY_NAME is "old", but \S.+old is Terraform 1\.4\.7, and 1\.5 is the oldest that works$/,
    ],
  ])("fails when TERRAFORM_BINARY_NAME is %s, whatever else there is", (name, message) => {
    copy.program("terraform", engine("Terraform", "1.11.4"));
    copy.program("liar", "echo liar 1.11.4");
    copy.program("broken", "echo out of order >&2; exit 3");
    copy.program("old", engine("Terraform", "1.4.7"));

    const { status, said } = copy.setUp({ TERRAFORM_BINARY_NAME: name });

    expect(status).toBe(1);
    expect(said[0]).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
  });

  it("is what TERRAFORM_BINARY_NAME says, before terraform on PATH", () => {
    copy.program("terraform", engine("Terraform", "1.11.4"));
    copy.program("my-tofu", engine("OpenTofu", "1.6.0"));

    expect(copy.setUp({ TERRAFORM_BINARY_NAME: "my-tofu" }).said.at(-1)).toMatch(/^set-up: OpenTofu 1\.6\.0 /);
    expect(toolchainEnv(copy.toolchain).TERRAFORM_BINARY_NAME).toBe(join(copy.programs, "my-tofu"));
  });

  it("is tofu where terraform is too old, which is said", () => {
    copy.program("terraform", engine("Terraform", "1.4.7"));
    copy.program("tofu", engine("OpenTofu", "1.11.5"));

    const { said } = copy.setUp();

    expect(said[0]).toMatch(/terraform is Terraform 1\.4\.7, and 1\.5 is the oldest that works$/);
    expect(said.at(-1)).toMatch(/^set-up: OpenTofu 1\.11\.5 /);
  });

  it("is built again when the one that we built was changed, also where .toolchain/env names it", () => {
    const tofu = join(copy.toolchain, "bin", "tofu");
    copy.program(
      "go",
      GO.replace("echo built", `printf '#!/bin/sh\\necho OpenTofu v1.11.5; echo on ${PLATFORM}\\n'`) +
        ' && chmod +x "$2"',
    );
    const env = { TERRAFORM_BINARY_NAME: tofu };
    expect(copy.setUp(env).said.at(-1)).toContain(`OpenTofu 1.11.5 (${tofu})`);
    expect(copy.setUp(env).said).toHaveLength(1);
    appendFileSync(tofu, "echo more");

    const { status, said } = copy.setUp(env);

    expect(said[0]).toMatch(/bin\/tofu is not the file that was installed; installing it again$/);
    expect(status).toBe(0);
    expect(copy.calls("go")).toHaveLength(2);
    expect(readFileSync(tofu, "utf8")).not.toContain("more");
  });
});

describe("the provider", () => {
  it("comes from the registry when the engine verified its signature", () => {
    copy.program(
      "terraform",
      engine("Terraform", "1.11.4", init("signed by a HashiCorp partner, key ID 0123456789ABCDEF")),
    );

    const { status, said } = copy.setUp();

    expect(status).toBe(0);
    expect(said.at(-1)).toContain("registry.terraform.io, signed by a HashiCorp partner, key ID 0123456789ABCDEF");
    for (const host of ["registry.terraform.io", "registry.opentofu.org"]) {
      expect(readFileSync(copy.provider(host), "utf8")).toBe("downloaded\n");
    }
  });

  it("fails when nobody signed the registry's and there is no Go", () => {
    copy.program("terraform", engine("Terraform", "1.11.4", init("unauthenticated")));

    const { status, said } = copy.setUp();

    expect(status).toBe(1);
    expect(said).toContain("  - the registry's package bears no signature");
    expect(said).toContain("  - go is not on PATH");
    expect(said.at(-1)).toBe("  Go, to build the provider   https://go.dev/doc/install");
    expect(existsSync(join(copy.toolchain, "providers"))).toBe(false);
  });

  it("is built where the registry does not answer, and why it did not is said in one line", () => {
    copy.program("terraform", `exec '${ENGINE}' "$@"`);
    copy.program("go", GO);

    const { status, said } = copy.setUp();

    expect(status).toBe(0);
    expect(said).toContainEqual(
      expect.stringMatching(/^set-up: the registry does not give it: \S.*proxyconnect tcp: dial tcp 127\.0\.0\.1:9/),
    );
    expect(said.at(-1)).toMatch(/built from its Go module/);
    expect(copy.calls("go")[0]).toMatch(/^build -mod=readonly -trimpath /);
  });

  // where there is no Go, the provider comes from the registry
  (GO_AT_HAND === "" ? it.skip : it)("fails when a Go module is not the one of go.sum", () => {
    copy.program("terraform", engine("Terraform", "1.11.4"));
    copy.program("go", `exec '${GO_AT_HAND}' "$@"`);
    const sums = join(copy.root, "scripts", "provider", "go.sum");
    const wrong = readFileSync(sums, "utf8").replaceAll(/(terraform-provider-auth0 \S+) h1:.{8}/g, "$1 h1:AAAAAAAA");
    writeFileSync(sums, wrong);

    const { GOPROXY, HTTPS_PROXY, HTTP_PROXY } = process.env;
    const network = { GOPROXY, HTTPS_PROXY, HTTP_PROXY };
    const own = { TERRAFORM_BINARY_NAME: undefined, PATH: copy.programs };
    const { status, said } = copy.setUp({ ...process.env, ...network, ...own });

    expect(status).toBe(1);
    expect(said.join("\n")).toMatch(/checksum mismatch|SECURITY ERROR/);
  });
});

describe("what only tests use", () => {
  const TOOLS = ["github.com/versity/versitygw/cmd/versitygw", "github.com/rhysd/actionlint/cmd/actionlint"];

  beforeEach(() => {
    copy.takeToolchain();
    copy.program("terraform", engine("Terraform", "1.11.4"));
  });

  const build = () =>
    copy.program(
      "go",
      `${GO}\nprintf '#!/bin/sh\\necho OpenTofu v1.11.5; echo on ${PLATFORM}\\n' > "$2" && chmod +x "$2"`,
    );
  const commands = () => copy.calls("go").map((call) => call.split(" ").at(-1));

  it("is not made without --tests", () => {
    build();

    expect(copy.setUp().status).toBe(0);
    expect(copy.calls("go")).toEqual([]);
  });

  it("is built by --tests, once, and again when it was changed", () => {
    build();

    expect(copy.setUp({}, ["--tests"]).status).toBe(0);
    expect(copy.setUp({}, ["--tests"]).said).toHaveLength(1);
    expect(commands()).toEqual([...TOOLS, "github.com/opentofu/opentofu/cmd/tofu"]);

    appendFileSync(join(copy.toolchain, "bin", "versitygw"), "more");
    const { said } = copy.setUp({}, ["--tests"]);
    expect(said[0]).toMatch(/bin\/versitygw is not the file that was installed; installing it again$/);
    expect(commands().at(-1)).toBe("github.com/versity/versitygw/cmd/versitygw");
  });

  it("leaves OpenTofu alone where that is the engine", () => {
    build();
    copy.program("tofu", engine("OpenTofu", "1.11.5"));

    expect(copy.setUp({ TERRAFORM_BINARY_NAME: "tofu" }, ["--tests"]).status).toBe(0);
    expect(commands()).toEqual(TOOLS);
  });

  it("is left out where there is no Go, which is said", () => {
    const { status, said } = copy.setUp({}, ["--tests"]);

    expect(status).toBe(0);
    expect(said[0]).toBe(
      "set-up: go is not on PATH: the tests that need an S3 server, an OpenTofu of ours or actionlint are skipped",
    );
  });
});
