import { projectFiles as adopted } from "../../adopt/project-files";
import { projectFiles as begun } from "../../init/project-files";

test("npm installs what adopt writes where it installs what init writes", () => {
  const name = "@cdktf/node-pty-prebuilt-multiarch";
  const { overrides, devDependencies } = JSON.parse(adopted("login").get("package.json") ?? "");
  const init = JSON.parse(begun({ name: "login", isEsm: false, isVendored: true, packages: {} })["package.json"] ?? "");

  expect(overrides).toEqual(init.overrides);
  expect(devDependencies[name]).toBe(init.devDependencies[name]);
});
