// Loaded into a local tenant's process by `FaultyTenant`: writes down each request to the Management API, and does to
// those that a file names what servers, networks and machines do that break down.
const { appendFileSync, existsSync, readFileSync } = require("node:fs");
const { Server } = require("node:https");

/** @typedef {import("node:http").IncomingMessage} IncomingMessage */
/** @typedef {import("node:http").ServerResponse} ServerResponse */

const file = process.env.FAULTS ?? "";
/** @type {{ request: string, time: number, fault: "500" | "lost" | "held", url?: string }[]} */
let faults = [];
let read = "";

// Before anything of the tenant sees the request.
const { emit } = Server.prototype;
Server.prototype.emit = /** @type {typeof emit} */ (
  function emitFaulty(/** @type {string} */ event, /** @type {any[]} */ ...args) {
    const [request, response] = args;
    return event === "request" && isAnswered(request, response) ? true : Reflect.apply(emit, this, [event, ...args]);
  }
);

/**
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
function isAnswered(request, response) {
  if (!request.url?.startsWith("/api/v2/")) {
    return false;
  }
  const kind = kindOf(request);
  appendFileSync(`${file}.requests`, `${kind}\n`);
  const url = `${request.method} ${request.url}`;
  const [{ fault } = { fault: undefined }] = armed().filter((one) => isMet(one, kind, url));
  if (fault === undefined) {
    return false;
  }
  if (fault === "500") {
    const body = { statusCode: 500, error: "Internal Server Error", message: "A fault" };
    response.writeHead(500, { "content-type": "application/json" }).end(JSON.stringify(body));
  } else {
    keepAnswer(request, response, fault);
  }
  appendFileSync(`${file}.met`, `${fault} ${url}\n`);
  return fault === "500";
}

/**
 * A 500 is answered to the same request over and over, all else happens once.
 *
 * @param {typeof faults[number]} fault
 * @param {string} kind
 * @param {string} url
 */
function isMet(fault, kind, url) {
  if (fault.url !== undefined) {
    return fault.fault === "500" && fault.url === url;
  }
  const isOne = fault.request === kind || (fault.request === "write" && !kind.startsWith("GET "));
  if (!isOne || --fault.time > 0) {
    return false;
  }
  fault.url = url;
  return true;
}

/**
 * Has the request carried out, and nobody told.
 *
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {"lost" | "held"} fault
 */
function keepAnswer({ socket }, response, fault) {
  response.write = () => true;
  response.end = () => {
    if (fault === "lost") {
      socket.destroy();
    } else {
      appendFileSync(`${file}.held`, "");
    }
    return response;
  };
}

/** The faults of the file; as long as it stays as it is, those that are left. */
function armed() {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "[]";
  if (text !== read) {
    read = text;
    faults = JSON.parse(text);
  }
  return faults;
}

/** `GET /api/v2/flows/{id}`. @param {IncomingMessage} request */
function kindOf({ method, url = "" }) {
  const [path = ""] = url.split("?");
  return `${method} ${path.replace(/\/(?:[a-z]{2,3}_\w+|[\da-f-]{36}|\w{32})(?=\/|$)/g, "/{id}")}`;
}
