import { redacted } from "../../verify/redaction";

test("neither a secret nor what a terminal obeys is told, also where one secret is part of another", () => {
  const finding = { kind: "execution", address: "auth0_flow.save", id: "af_1", remedy: "terraform apply" } as const;
  const comparison = {
    domain: "example.eu.auth0.com",
    states: [],
    findings: [{ ...finding, what: "failed, Bearer secret-and-more, \u001b[2J\u202e" }],
    notes: ["it was secret"],
  };

  expect(redacted(comparison, ["", "secret", "secret-and-more"])).toEqual({
    ...comparison,
    findings: [{ ...finding, what: "failed, Bearer ‹redacted›, \\u{1b}[2J\\u{202e}" }],
    notes: ["it was ‹redacted›"],
  });
});
