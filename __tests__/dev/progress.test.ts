import { Progress } from "../../dev/progress";

function progressOn(output: { isTTY: boolean; columns?: number }) {
  let written = "";
  const progress = new Progress({ ...output, write: (text: string) => (written += text) });
  return { progress, written: () => written };
}

test("where nobody watches, only the lines that stay are written", () => {
  const { progress, written } = progressOn({ isTTY: false });

  progress.step("Apply");
  progress.wait("auth0_form.form: Creating...");
  progress.say("  + auth0_form.form");
  progress.close();

  expect(written()).toBe("==> Apply\n  + auth0_form.form\n");
});

test("on a terminal what takes long is one line that rewrites itself, no wider than the terminal", () => {
  const { progress, written } = progressOn({ isTTY: true, columns: 20 });

  progress.wait("auth0_form.form: Creating...");
  progress.say("  + auth0_form.form");
  progress.close();

  const [clear, waiting] = ["\r\x1b[K", "\r\x1b[K    auth0_form.form"];
  expect(written()).toBe(`${waiting}${clear}  + auth0_form.form\n${waiting}${clear}`);
});
