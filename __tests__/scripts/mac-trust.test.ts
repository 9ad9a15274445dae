import { whatToTrust } from "../../scripts/mac-trust";

const REGISTRY = "registry.terraform.io, signed by a HashiCorp partner, key ID 0123456789ABCDEF";
const CERTIFICATE = "/Users/ann/it's mine/.demo/tenant/trust/authority.pem";
const asked = (isTrusted: boolean) => ({ certificate: CERTIFICATE, isTrusted: () => isTrusted });

test("on macOS with the registry's provider, the command that trusts and the one that takes it back are said", () => {
  const said = whatToTrust({ platform: "darwin", providerSource: REGISTRY, ...asked(false) });

  const file = "'/Users/ann/it'\\''s mine/.demo/tenant/trust/authority.pem'";
  expect(said?.split("\n").filter((line) => line.startsWith("  "))).toEqual([
    `  security add-trusted-cert -r trustRoot -p ssl -k "$HOME/Library/Keychains/login.keychain-db" ${file}`,
    `  security remove-trusted-cert ${file}`,
  ]);
});

test.each([
  ["it is trusted already", "darwin", REGISTRY, true],
  ["the provider was built here", "darwin", "built from its Go module", false],
  ["it is Linux", "linux", REGISTRY, false],
] as const)("nothing has to be done where %s", (_, platform, providerSource, isTrusted) => {
  expect(whatToTrust({ platform, providerSource, ...asked(isTrusted) })).toBeUndefined();
});
