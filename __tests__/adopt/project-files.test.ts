import { projectFiles as adopted } from "../../adopt/project-files";
import { projectFiles as begun } from "../../init/project-files";

const BEGUN = begun({ name: "login", isEsm: false, isVendored: true, packages: {} });

test("cdktf watch finds in cdktf.json what to watch, and leaves it as adopt and init wrote it", () => {
  const watched = [adopted("login").get("cdktf.json"), BEGUN["cdktf.json"]].map((text = "") => JSON.parse(text));

  expect(watched.map(({ watchPattern }) => watchPattern)).toEqual([["*.ts"], ["*.ts"]]);
});

test("npm installs what adopt writes where it installs what init writes", () => {
  const name = "@cdktf/node-pty-prebuilt-multiarch";
  const { overrides, devDependencies } = JSON.parse(adopted("login").get("package.json") ?? "");
  const init = JSON.parse(BEGUN["package.json"] ?? "");

  expect(overrides).toEqual(init.overrides);
  expect(devDependencies[name]).toBe(init.devDependencies[name]);
});
