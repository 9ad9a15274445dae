import type { StateBackend } from "../../../lib";
import { stateLocation } from "../../../lib/environments/define-state-backend";
import { isSameState, postgresDatabase, type StateLocation, s3Server } from "../../../lib/environments/state-location";

test.each<[string | undefined, string]>([
  [undefined, "s3:/"],
  ["https://s3.amazonaws.com", "s3:/"],
  ["https://s3.eu-central-1.amazonaws.com", "s3:/"],
  ["https://s3-us-west-2.amazonaws.com/", "s3:/"],
  ["https://s3.dualstack.eu-central-1.amazonaws.com", "s3:/"],
  ["http://s3.amazonaws.com:443", "s3:/"],
  ["https://S3.amazonaws.com:443", "s3:/"],
  ["https://s3.amazonaws.com:8443", "https://s3.amazonaws.com:8443"],
  ["https://mys3.amazonaws.com", "https://mys3.amazonaws.com"],
  ["https://s3.amazonaws.com.example.com", "https://s3.amazonaws.com.example.com"],
  ["https://s3xamazonaws.com", "https://s3xamazonaws.com"],
  ["http://127.0.0.1:7070", "http://localhost:7070"],
  ["http://Localhost:7070//", "http://localhost:7070"],
  ["http://localhost:7070/a/b/", "http://localhost:7070/a/b"],
  ["http://localhost:7070/a//b", "http://localhost:7070/a//b"],
  ["No Address", "no address"],
])("S3's server %s is %s", (endpoint, server) => {
  expect(s3Server(endpoint)).toBe(server);
});

test.each([
  ["postgres://db/states", "postgres://db:5432/states"],
  ["postgres://DB:5433/states", "postgres://db:5433/states"],
  ["postgres://127.0.0.1/states", "postgres://localhost:5432/states"],
  ["postgres:///states", "postgres://localhost:5432/states"],
  ["postgres://ada@db", "postgres://db:5432/ada"],
  ["postgres://ada@db/", "postgres://db:5432/ada"],
  ["postgres://db", "postgres://db:5432/"],
  ["postgres://db/my%20states", "postgres://db:5432/my states"],
  ["postgres://db/states?port=6000&dbname=other", "postgres://db:6000/other"],
  ["postgres://db/states?port=", "postgres://db:5432/states"],
  ["postgres:///states?host=/run/PG", "postgres:///run/PG:5432/states"],
  ["host=DB port=5433 dbname=states", "postgres://db:5433/states"],
  ["host = db dbname\t=\n'states'", "postgres://db:5432/states"],
  ["host=db dbname='my states' user=ada", "postgres://db:5432/my states"],
  [String.raw`host=db dbname='a\'b port=1'`, "postgres://db:5432/a'b port=1"],
  [String.raw`host=db dbname=a\\b`, String.raw`postgres://db:5432/a\b`],
  ["host=db user=ada", "postgres://db:5432/ada"],
  ["host='' dbname=states", "postgres://localhost:5432/states"],
  ["host= h dbname=states", "postgres://h:5432/states"],
  ["application_name=a=b host=db dbname=x", "postgres://db:5432/x"],
  ["dbname=a-b=c", "postgres://localhost:5432/a-b=c"],
  ["", "postgres://localhost:5432/"],
])("the database of %j is %s", (connStr, database) => {
  expect(postgresDatabase(connStr)).toBe(database);
});

const at = (place: string | undefined, name: string, tags?: readonly string[]): StateLocation => ({
  text: "",
  place,
  name,
  tags,
});

test.each<[StateLocation, StateLocation, boolean]>([
  [at("p", "n"), at("p", "n"), true],
  [at("p", "n"), at("p", "m"), false],
  [at("p", "n"), at("q", "n"), false],
  [at(undefined, "n"), at("q", "n"), true],
  [at("p", "n"), at(undefined, "n"), true],
  [at(undefined, "n"), at(undefined, "n"), true],
  [at(undefined, "n"), at("q", "m"), false],
  [at("p", "n", ["a"]), at("p", "n", ["a", "b"]), true],
  [at("p", "n", ["a", "b"]), at("p", "n", ["b"]), true],
  [at("p", "n", ["a", "b"]), at("p", "n", ["b", "c"]), false],
  [at("p", "n", ["a", "b"]), at("q", "n", ["a", "b"]), false],
])("whether %j may be where %j is: %j", (one, other, is) => {
  expect([isSameState(one, other), isSameState(other, one)]).toEqual([is, is]);
});

test.each<[StateBackend, StateLocation]>([
  [
    { type: "local", path: "/a/../b" },
    { text: "/b", place: "file", name: "/b" },
  ],
  [
    { type: "s3", bucket: "b" },
    { text: "s3://b/dev-1/terraform.tfstate", place: "s3://b", name: "dev-1/terraform.tfstate" },
  ],
  [
    { type: "s3", bucket: "b", key: "//k/" },
    { text: "s3://b/k/", place: "s3://b", name: "k/" },
  ],
  [
    { type: "s3", bucket: "b", key: "a//k", endpoints: { s3: "http://h:1/p/" } },
    { text: "http://h:1/p/b/a//k", place: "http://h:1/p/b", name: "a//k" },
  ],
  [
    { type: "cloud", organization: "O" },
    { text: "the workspace dev-1 of app.terraform.io/o", place: "app.terraform.io/o", name: "workspace dev-1" },
  ],
  [
    { type: "cloud", organization: "o", tags: ["b", "a"], hostname: "H" },
    { text: "the workspaces tagged a, b of h/o", place: "h/o", name: "tagged", tags: ["a", "b"] },
  ],
  [
    { type: "remote", organization: "o", workspace: "W", hostname: "h" },
    { text: "the workspace W of h/o", place: "h/o", name: "workspace W" },
  ],
  [{ type: "pg" }, { text: "PG_CONN_STR, schema dev_1", place: undefined, name: "schema dev_1" }],
  [
    { type: "pg", connStr: "host=h dbname=d", schemaName: "a-b" },
    { text: "postgres://h:5432/d, schema a-b", place: "postgres://h:5432/d", name: "schema a-b" },
  ],
  [
    { type: "gcs", bucket: "b" },
    { text: "gs://b/dev-1", place: "gs://b", name: "dev-1" },
  ],
  [
    { type: "gcs", bucket: "b", prefix: "//p//q//" },
    { text: "gs://b/p//q", place: "gs://b", name: "p//q" },
  ],
  [
    { type: "azurerm", storageAccountName: "A", containerName: "c" },
    { text: "blob a/c/dev-1.tfstate", place: "blob a/c", name: "dev-1.tfstate" },
  ],
])("the state of %j is at %j", (backend, location) => {
  expect(stateLocation(backend, "dev-1")).toEqual(location);
});
