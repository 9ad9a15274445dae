import type { IncomingMessage } from "node:http";
import type { LoginRequest } from "./login-event";

/** What a request tells of who sends it. */
export function requestOf(
  { req }: { readonly req: IncomingMessage },
  hostname: string,
  query: Readonly<Record<string, string>>,
): LoginRequest {
  const userAgent = req.headers["user-agent"];
  const language = req.headers["accept-language"];
  return {
    ip: req.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "",
    ...(userAgent !== undefined && { userAgent }),
    ...(language !== undefined && { language }),
    hostname,
    method: req.method ?? "GET",
    query,
    body: {},
  };
}

export function textParameters(parameters: object): Record<string, string> {
  const texts = Object.entries(parameters).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts);
}

export function words(text: string): readonly string[] {
  return text.split(" ").filter((word) => word !== "");
}
