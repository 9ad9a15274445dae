import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../documents/json";
import { textOf } from "../interpolation";
import { uriComponent } from "../uri-component";
import { FlowActionError } from "./flow-action-error";
import { headersOf, methodOf, queryParams } from "./http";
import { objectParam, textParam, wrong } from "./params";
import type { ActionCall, RunAction } from "./run-action";

/** What the Management API merges, and clears where it gets an empty object. */
const METADATA = ["user_metadata", "app_metadata"];

/** Actions on the tenant's own Management API. @see https://auth0.com/docs/customize/forms/flows/integrations/auth0 */
export const AUTH0_ACTIONS: Readonly<Record<string, RunAction>> = {
  CREATE_USER: (call) => answered(call, "POST", "/api/v2/users", objectParam(call.params, "payload")),
  GET_USER: (call) => answered(call, "GET", userPath(call)),
  UPDATE_USER: async (call) => {
    const { output } = await answered(call, "PATCH", userPath(call), objectParam(call.params, "changes"));
    const cleared = METADATA.filter((key) => isEmptied(call, key));
    const warning = `${cleared.join(" and ")} resolved to an empty object: that deletes all that the user has there, as at Auth0`;
    return { output, ...(cleared.length > 0 && { warning }) };
  },
  SEND_REQUEST: async (call) => {
    const { params } = call;
    const path = textParam(params, "pathname");
    if (!/^\/(?!\/)/.test(path)) {
      throw wrong("pathname", 'a path that starts with "/"', path);
    }
    const { status, body } = await requested(
      call,
      methodOf(params),
      `${path}${queryOf(params)}`,
      params.payload,
      headersOf(params),
    );
    return { output: { status, body, success: status < 400 } };
  },
};

function userPath({ params }: ActionCall): string {
  return `/api/v2/users/${uriComponent(textParam(params, "user_id"))}`;
}

/** Whether a part of the changes is sent as an empty object, but not written as one. */
function isEmptied({ written, params }: ActionCall, part: string): boolean {
  const isEmpty = ({ changes }: ActionCall["params"]) =>
    typeof changes === "object" && changes !== null && !Array.isArray(changes) && isDeepStrictEqual(changes[part], {});
  return isEmpty(params) && !isEmpty(written);
}

function queryOf(params: ActionCall["params"]): string {
  const query = new URLSearchParams(queryParams(params));
  return query.size === 0 ? "" : `?${query}`;
}

/** @throws FlowActionError when the API refuses the request */
async function answered(call: ActionCall, method: string, path: string, body?: Json): Promise<{ output: Json }> {
  const reply = await requested(call, method, path, body);
  if (reply.status >= 400) {
    const { message } = typeof reply.body === "object" && reply.body !== null ? (reply.body as { message?: Json }) : {};
    throw new FlowActionError(`${method} ${path} answered ${reply.status}: ${textOf(message ?? reply.body)}`);
  }
  return { output: reply.body };
}

async function requested(
  call: ActionCall,
  method: string,
  path: string,
  body: Json | undefined,
  headers: Readonly<Record<string, string>> = {},
) {
  try {
    return await call.managementRequest(textParam(call.params, "connection_id"), method, path, body, headers);
  } catch (error) {
    if (error instanceof FlowActionError) {
      throw error;
    }
    throw new FlowActionError(`${method} ${path} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
