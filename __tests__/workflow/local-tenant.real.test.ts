import { CiFolder } from "../support/ci-command";

let folder: CiFolder;

beforeEach(() => {
  folder = new CiFolder();
});

afterEach(() => folder.remove());

test("a local tenant that does not start fails with what it said", async () => {
  folder.write("package.json", JSON.stringify({ scripts: { tenant: "echo the port is in use >&2; exit 1; #" } }));

  expect(await folder.run(["tenant", "start"], { RUNNER_TEMP: folder.path })).toEqual({
    status: 1,
    said: "the port is in use\nthe local tenant did not start; the log says why. Is there an npm script tenant?\n",
  });
});

test("stop has nothing to do where none was started", async () => {
  expect(await folder.run(["tenant", "stop"], { RUNNER_TEMP: folder.path })).toEqual({ status: 0, said: "" });
});

test("another word is refused", async () => {
  expect(await folder.run(["tenant", "restart"], { RUNNER_TEMP: folder.path })).toEqual({
    status: 1,
    said: '[start|stop] must be start or stop, got "restart"; see --help\n',
  });
});
