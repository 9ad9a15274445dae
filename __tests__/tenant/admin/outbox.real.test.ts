import { FormTenant } from "../../support/form-tenant";
import emailCode from "../forms/real/email-code.json";

let forms: FormTenant;

beforeAll(async () => {
  forms = await FormTenant.start();
  await forms.deploy(emailCode as never);
}, 60_000);

afterAll(() => forms.stop());

const get = async (path: string) => {
  const response = await fetch(`${forms.pages}${path}`);
  return {
    status: response.status,
    policy: response.headers.get("content-security-policy"),
    text: await response.text(),
  };
};

test("the form's page says where the mail lies, and the code in it is right", async () => {
  const { visitor, page, id } = await forms.visitor();
  const { email } = await forms.user(id);
  const [message] = (await forms.messages()).filter(({ to }) => to === email);

  expect(message).toMatchObject({ kind: "email", subject: `Your code: ${message?.code}`, user_id: id });
  expect(page.html).toContain(
    `Shown by the local tenant only: <a href="/_tenant/outbox/${message?.id}" target="_blank" rel="noopener">The email to ${email} lies in the outbox.</a>`,
  );

  const wrong = await visitor.submit(page, { "field.verification_code": "1" });
  expect(wrong.html).toContain("That code is not right. Please try again.");
  expect(wrong.html).toContain(`/_tenant/outbox/${message?.id}`);

  const end = await visitor.submit(wrong, { "field.verification_code": message?.code ?? "" });
  expect(end.url).toContain(`${forms.application.callback}?code=`);
  expect((await forms.user(id)).email_verified).toBe(true);
});

test("a message that is sent again has another code, and the first is no good any more", async () => {
  const { visitor, page, id } = await forms.visitor();
  const { email } = await forms.user(id);
  const sent = async () => (await forms.messages()).filter(({ to }) => to === email).map(({ code }) => code ?? "");

  const again = await visitor.submit(page, { action: "resend:resend_button" });
  const [first, second] = await sent();
  expect(again.html.match(/lies in the outbox/g)).toHaveLength(2);

  const old = await visitor.submit(again, { "field.verification_code": first ?? "" });
  expect(old.html.includes("That code is not right. Please try again.")).toBe(first !== second);
  const end = await visitor.submit(old, { "field.verification_code": second ?? "" });
  expect(end.url).toContain(`${forms.application.callback}?code=`);
});

test("the outbox shows the messages, the newest first, and an email as a page that runs nothing", async () => {
  const messages = await forms.messages();
  const newest = messages.at(-1);
  const list = await get("/_tenant/outbox");

  expect(list.text.indexOf(newest?.id ?? "none")).toBeLessThan(list.text.indexOf(messages[0]?.id ?? "none"));
  const shown = await get(`/_tenant/outbox/${newest?.id}`);
  expect(shown.text).toContain(`<h1>Your code: ${newest?.code}</h1>`);
  expect(shown.text).toContain(`<iframe class="message" src="/_tenant/outbox/${newest?.id}/body"`);
  expect(await get(`/_tenant/outbox/${newest?.id}/body`)).toEqual({
    status: 200,
    policy:
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
    text: `<p>Enter this code to go on: ${newest?.code}</p>`,
  });
  expect((await get("/_tenant/outbox/none")).status).toBe(404);
  expect((await get("/_tenant/outbox/none/body")).status).toBe(404);
});

test("the control plane empties it", async () => {
  const { status } = await fetch(`${forms.pages}/_tenant/messages/reset`, { method: "POST" });

  expect(status).toBe(204);
  expect(await forms.messages()).toEqual([]);
  expect((await get("/_tenant/outbox")).text).toContain("Nothing has been sent yet.");
});
