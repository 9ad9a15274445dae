import type { Application, ApplicationClient } from "../../support/application";
import { claimsOf } from "../../support/application";
import type { LocalTenant } from "../../support/local-tenant";
import { databaseConnection } from "../../support/login-set-up";
import { Logins, PASSWORD } from "../../support/logins";
import { type VisitedPage, Visitor } from "../../support/visitor";

let logins: Logins;
let tenant: LocalTenant;
let application: Application;
let client: ApplicationClient;
let pages: string;

beforeAll(async () => {
  logins = await Logins.start();
  ({ tenant, application, client, pages } = logins);
}, 60_000);

afterAll(() => logins.stop());

describe("the login page", () => {
  test("says the same of an unknown user and of a wrong password", async () => {
    const { visitor, email } = await logins.newPerson();

    const wrong = await logins.logIn(visitor, email, application.begin(tenant, client), "not it");
    const unknown = await logins.logIn(
      new Visitor(pages),
      "nobody@example.com",
      application.begin(tenant, client),
      "not it",
    );

    expect(wrong.status).toBe(400);
    expect(wrong.html).toContain("Wrong email or password.");
    expect(unknown.html.includes("Wrong email or password.")).toBe(true);
    expect(unknown.status).toBe(400);
  });

  test("slows down who guesses, also for the right password", async () => {
    const { email } = await logins.newPerson();
    const visitor = new Visitor(pages);
    let page = await visitor.visit(application.begin(tenant, client).url);
    for (let attempt = 0; attempt < 10; attempt++) {
      page = await visitor.submit(page, { username: email, password: "guess" });
      expect(page.status).toBe(400);
    }

    page = await visitor.submit(page, { username: email, password: PASSWORD });

    expect(page.status).toBe(429);
    expect(Number(page.headers.get("retry-after"))).toBeGreaterThan(50);
    expect(page.html).toContain("Too many wrong passwords. Please try again in 1 min.");
  });

  test("names what is empty", async () => {
    const visitor = new Visitor(pages);
    const page = await visitor.submit(await visitor.visit(application.begin(tenant, client).url), {
      username: " ",
      password: "",
    });

    expect(page.status).toBe(400);
    expect(page.html).toContain('<a href="#username">Email address: Please fill in this field.</a>');
    expect(page.html).toContain('<a href="#password">Password: Please fill in this field.</a>');
    expect(page.html.match(/aria-invalid="true"/g)).toHaveLength(2);
  });

  test("is kept from being stored, framed, or told of, and may lead to the application", async () => {
    const { headers } = await new Visitor(pages).visit(application.begin(tenant, client).url);

    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-frame-options")).toBe("DENY");
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`form-action 'self' ${application.url}`);
    expect(policy).not.toContain("unsafe-inline");
  });

  test("takes nothing without its token, from another browser, or after its end", async () => {
    const { visitor, email } = await logins.newPerson();
    const page = await visitor.visit(application.begin(tenant, client).url);
    const forged = { ...page, html: page.html.replace(/name="csrf" value="[^"]*"/, 'name="csrf" value="forged"') };

    expect((await visitor.submit(forged, { username: email, password: PASSWORD })).status).toBe(403);
    const stranger = await new Visitor(pages).visit(page.url);
    expect({ status: stranger.status, hasForm: stranger.html.includes("<form") }).toEqual({
      status: 400,
      hasForm: false,
    });
    expect(stranger.html).toContain("was begun in another browser");

    const end = await visitor.submit(page, { username: email, password: PASSWORD });
    expect(logins.answerAt(end).code).toBeDefined();
    const late = await visitor.submit(page, { username: email, password: PASSWORD });
    expect(late.status).toBe(400);
    expect(late.html).toContain("This login has ended");
    expect(late.html).toContain(`<a href="${application.url}/">Back to Application</a>`);
  });

  test("two tabs log in one after the other", async () => {
    const { visitor, email } = await logins.newPerson();
    const one = await visitor.visit(application.begin(tenant, client).url);
    const two = await visitor.visit(application.begin(tenant, client).url);

    expect(logins.answerAt(await visitor.submit(one, { username: email, password: PASSWORD })).code).toBeDefined();
    expect(logins.answerAt(await visitor.submit(two, { username: email, password: PASSWORD })).code).toBeDefined();
  });

  test("two tabs log in two people: who comes in last is logged in", async () => {
    const { visitor, email } = await logins.newPerson();
    const other = await logins.newPerson();
    const one = await visitor.visit(application.begin(tenant, client).url);
    const second = application.begin(tenant, client);
    const two = await visitor.visit(second.url);

    await visitor.submit(one, { username: email, password: PASSWORD });
    const end = await visitor.submit(two, { username: other.email, password: PASSWORD });

    const { body } = await application.exchange(tenant, client, second, end.url);
    expect(claimsOf(body.id_token).sub).toBe(other.id);
    const third = application.begin(tenant, client);
    const next = await application.exchange(tenant, client, third, (await visitor.visit(third.url)).url);
    expect(claimsOf(next.body.id_token).sub).toBe(other.id);
  });
});

describe("signing up", () => {
  async function signUp(email: string, password: string): Promise<VisitedPage> {
    const visitor = new Visitor(pages);
    const page = await visitor.visit(application.begin(tenant, client, { screen_hint: "signup" }).url);
    return visitor.submit(page, { email, password });
  }

  test("makes a user whose email is normalised and whose password is kept hashed, and logs them in", async () => {
    expect(logins.answerAt(await signUp(" New.Person@Example.com ", PASSWORD)).code).toBeDefined();

    const { body } = await tenant.request("GET", "/api/v2/users-by-email?email=new.person@example.com");
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({ email: "new.person@example.com", email_verified: false, logins_count: 1 });
    expect(JSON.stringify(body)).not.toContain(PASSWORD);
  });

  test.each([
    ["an address that is none", "nobody", PASSWORD, "Please enter an email address"],
    [
      "an address that the Management API does not take",
      "jane,doe@example.com",
      PASSWORD,
      "Please enter an email address",
    ],
    ["a password that is too long", "long@example.com", "aB1!".repeat(257), "This password is too long."],
    ["a weak password", "weak@example.com", "password", "This password is too weak"],
    ["a short password", "short@example.com", "aB1!", "This password is too weak"],
  ])("refuses %s", async (_, email, password, said) => {
    const page = await signUp(email, password);

    expect(page.status).toBe(400);
    expect(page.html).toContain(said);
    expect((await tenant.request("GET", `/api/v2/users-by-email?email=${email}`)).body).toEqual([]);
  });

  test("refuses who is there already, and does not touch them", async () => {
    const { email } = await logins.newPerson();

    const page = await signUp(email.toUpperCase(), "another Password 2");

    expect(page.status).toBe(400);
    expect(page.html).toContain("This account could not be made");
    expect(
      logins.answerAt(await logins.logIn(new Visitor(pages), email, application.begin(tenant, client))).code,
    ).toBeDefined();
  });

  test("is closed where the connection says so", async () => {
    const { id, options } = await databaseConnection(tenant);
    await tenant.request("PATCH", `/api/v2/connections/${id}`, { options: { ...options, disable_signup: true } });

    const page = await new Visitor(pages).visit(application.begin(tenant, client, { screen_hint: "signup" }).url);
    const login = await new Visitor(pages).visit(application.begin(tenant, client).url);

    await tenant.request("PATCH", `/api/v2/connections/${id}`, { options });
    expect(page.status).toBe(403);
    expect(page.html).toContain("Signing up is not open here.");
    expect(login.html).not.toContain("Sign up");
  });
});
