// Loaded into a local tenant's process: carries out each request that a file names, once, and closes the connection in
// place of the answer, as a proxy or a network does that breaks down.
const { subscribe } = require("node:diagnostics_channel");
const { existsSync, readFileSync, writeFileSync } = require("node:fs");

const named = process.env.LOSE_ANSWERS ?? "";

subscribe("http.server.request.start", (message) => {
  const { request, response, socket } =
    /** @type {{ request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse, socket: import("node:net").Socket }} */ (
      message
    );
  const left = existsSync(named) ? readFileSync(named, "utf8").split("\n") : [];
  const place = left.indexOf(`${request.method} ${request.url}`);
  if (place < 0) {
    return;
  }
  writeFileSync(named, left.toSpliced(place, 1).join("\n"));
  response.write = () => true;
  response.end = () => {
    socket.destroy();
    return response;
  };
});
