import { ROOT } from "./layout";

// Ids hold characters that mean something in a path, as in `auth0|5f7c8ec7c33c6c004bbafe82`.

export function userPath(id: string): string {
  return `${ROOT}/users/${encodeURIComponent(id)}`;
}

export function formPath(id: string): string {
  return `${ROOT}/forms/${encodeURIComponent(id)}`;
}

export function flowPath(id: string): string {
  return `${ROOT}/flows/${encodeURIComponent(id)}`;
}

export function executionPath(flowId: string, id: string): string {
  return `${flowPath(flowId)}/executions/${encodeURIComponent(id)}`;
}

export function actionPath(id: string): string {
  return `${ROOT}/actions/${encodeURIComponent(id)}`;
}

export function loginPath(id: string): string {
  return `${ROOT}/logins/${encodeURIComponent(id)}`;
}

export function applicationPath(id: string): string {
  return `${ROOT}/applications#${encodeURIComponent(id)}`;
}

export function messagePath(id: string): string {
  return `${ROOT}/outbox/${encodeURIComponent(id)}`;
}
