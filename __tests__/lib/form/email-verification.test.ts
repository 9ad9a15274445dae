import { emailVerification, ProgressiveProfiling } from "../../../lib";
import { devStack } from "../../support/stack";
import { problemsOf } from "../../support/stages";
import { Template } from "../../support/template";

test("with other words, another length and a later button it is the same stage, and no problem", () => {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", {
    stages: [
      emailVerification({
        length: 4,
        words: { label: "Digits" },
        texts: { subject: "{{custom_vars.code}}", wrong: "No." },
        skippable: true,
        ask: { fromLogin: 2 },
      }),
    ],
  });
  const template = Template.of(stack);
  const [send, verify] = template.all("auth0_flow").map(({ actions }) => actions);

  expect(send).toMatchObject([
    { action: "GENERATE_CODE", params: { length: 4 } },
    { action: "SEND_EMAIL", params: { subject: "{{custom_vars.code}}" } },
  ]);
  expect(verify).toMatchObject([{}, { params: { else: [{ params: { message: "No." } }] } }]);
  expect(JSON.stringify(template.one("auth0_form").nodes)).toMatch(/"label":"Digits".*"JUMP_BUTTON"/);
});

test("the code of the e-mail is compared with what was entered, and only the right one verifies the address", () => {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", { stages: [emailVerification()] });
  const [, verify] = Template.of(stack)
    .all("auth0_flow")
    .map(({ actions }) => actions);

  const common = { allow_failure: false, mask_output: false };
  expect(verify).toEqual([
    {
      ...common,
      ...{ id: "verify_otp", type: "OTP", action: "VERIFY_CODE" },
      params: { reference: "{{context.user.email}}", code: "{{fields.verification_code}}" },
    },
    {
      ...common,
      ...{ id: "is_otp_valid", type: "FLOW", action: "BOOLEAN_CONDITION" },
      params: {
        if: { operator: "AND", operands: [{ operator: "EQ", operands: ["{{actions.verify_otp.valid}}", true] }] },
        // biome-ignore lint/suspicious/noThenProperty: Auth0's own name, of a value that nobody awaits
        then: [
          {
            ...common,
            ...{ id: "update_user_email_verified", type: "AUTH0", action: "UPDATE_USER" },
            params: {
              connection_id: expect.stringContaining("auth0_flow_vault_connection.profiling_VaultConnection_"),
              user_id: "{{context.user.user_id}}",
              changes: { email_verified: true },
            },
          },
        ],
        else: [
          {
            ...common,
            ...{ id: "invalid_code_error", type: "FLOW", action: "ERROR_MESSAGE" },
            params: { message: "That is not the code. Look again, or ask for another one." },
          },
        ],
      },
    },
  ]);
});

test("what there is not is refused, all at once", () => {
  const options = { lenght: 4, words: { lable: "Code" }, texts: { subjekt: "Code" } };

  expect(problemsOf({ stages: [emailVerification(options as never)] })).toEqual([
    'stage "email_verification": has no option "lenght"; did you mean "length"?',
    'stage "email_verification": words has no field "lable"; did you mean "label"?',
    'stage "email_verification": texts has no field "subjekt"; did you mean "subject"?',
  ]);
});

test("a code that is too long is refused as of any flow", () => {
  expect(problemsOf({ stages: [emailVerification({ length: 11 })] })).toEqual([
    'flow "send_code": actions[0].params.length must be an integer of 1 to 10, got 11; lower it or leave it out',
  ]);
});
