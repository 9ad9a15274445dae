import { Failure } from "./failure.mjs";
import { variable } from "./job.mjs";

/**
 * Asks GitHub about this repository.
 *
 * @param {string} method
 * @param {string} path below `/repos/<owner>/<name>`
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function github(method, path, body) {
  return (await send(method, urlOf(path), body)).json();
}

/**
 * All pages of a list.
 *
 * @param {string} path
 * @param {(page: any) => any[]} [itemsOf] where the list is a part of the answer
 */
export async function githubList(path, itemsOf = (page) => page) {
  const items = [];
  /** @type {string | undefined} */
  let url = urlOf(path);
  while (url !== undefined) {
    const response = await send("GET", url);
    items.push(...itemsOf(await response.json()));
    url = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
  }
  return items;
}

/** @param {string} path */
function urlOf(path) {
  return `${variable("GITHUB_API_URL")}/repos/${variable("GITHUB_REPOSITORY")}${path}`;
}

/**
 * @param {string} method
 * @param {string} url
 * @param {unknown} [body]
 */
async function send(method, url, body) {
  const response = await fetch(url, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${variable("GITHUB_TOKEN")}`,
      "x-github-api-version": "2022-11-28",
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (response.ok) {
    return response;
  }
  /** @type {any} */
  const answer = await response.json().catch(() => ({}));
  const hint = response.status === 403 ? "; look at the permissions of this job" : "";
  throw new Failure(`GitHub answered ${method} ${url} with ${response.status}: ${answer.message}${hint}`);
}
