import { randomBytes } from "node:crypto";
import { join } from "node:path";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { auth } from "express-openid-connect";
import { type Answers, errorPage, isLocal, startPage, userPage } from "./pages";
import type { Settings } from "./settings";

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** A start page, which shows a user who has logged in what the application got to know. */
export function sampleApp({ port, issuerBaseUrl, clientId, clientSecret }: Settings): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use((_request, response, next) => {
    response.set({
      "Content-Security-Policy": CONTENT_SECURITY_POLICY,
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    });
    next();
  });
  app.use("/assets", express.static(join(__dirname, "assets")));
  app.use((_request, response, next) => {
    response.set("Cache-Control", "no-store");
    next();
  });
  app.use(
    auth({
      issuerBaseURL: issuerBaseUrl,
      baseURL: `http://localhost:${port}`,
      clientID: clientId,
      clientSecret,
      clientAuthMethod: "client_secret_post",
      authorizationParams: { response_type: "code", scope: "openid profile email" },
      authRequired: false,
      auth0Logout: true,
      routes: { login: false },
      // It encrypts the session's cookie: who is logged in is not, when the application was started again.
      secret: randomBytes(32).toString("hex"),
      session: { name: "sample_app" },
      transactionCookie: { name: "sample_app_login" },
    }),
  );
  app.get("/login", (_request, response) => response.oidc.login({ returnTo: "/" }));
  app.get("/sign-up", (_request, response) =>
    response.oidc.login({ returnTo: "/", authorizationParams: { screen_hint: "signup" } }),
  );
  app.get("/", async ({ oidc }, response) => {
    const claims = oidc.isAuthenticated() ? oidc.idTokenClaims : undefined;
    response.send(
      claims === undefined
        ? startPage()
        : userPage(claims, issuerBaseUrl, await answersOf(String(claims.sub), issuerBaseUrl)),
    );
  });
  app.use((_request, response) => {
    response.status(404).send(errorPage("Nothing here", "There is no such page."));
  });
  app.use(showError(issuerBaseUrl));
  return app;
}

const ANSWER_MILLISECONDS = 2000;

/** A local tenant tells what people have answered; undefined of any other, or where it can not be asked. */
async function answersOf(userId: string, issuerBaseUrl: string): Promise<Answers | undefined> {
  if (!isLocal(issuerBaseUrl)) {
    return undefined;
  }
  try {
    const url = `${issuerBaseUrl}/_tenant/answers/${encodeURIComponent(userId)}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MILLISECONDS) });
    return response.ok ? ((await response.json()) as Answers) : undefined;
  } catch {
    // The page is shown all the same, and links to where the answers stand.
    return undefined;
  }
}

interface LoginError {
  readonly status?: number;
  readonly message: string;
  /** Of OpenID Connect, as in `access_denied`. */
  readonly error?: string;
  readonly error_description?: string;
}

/** The tenant refused, or it could not be asked. */
function showError(issuerBaseUrl: string) {
  // Express knows by the fourth parameter that this is for errors.
  return (error: LoginError, _request: Request, response: Response, _next: NextFunction): void => {
    const { status = 502, message, error: code, error_description: description } = error;
    if (code !== undefined) {
      response.status(status).send(errorPage("The login did not succeed", description ?? message, code));
      return;
    }
    console.error(error);
    response
      .status(status)
      .send(
        errorPage(
          "The login could not be made",
          `With the tenant at ${issuerBaseUrl} something went wrong: ${message}`,
        ),
      );
  };
}
