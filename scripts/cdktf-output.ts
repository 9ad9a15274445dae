import { stripVTControlCharacters } from "node:util";
import type { Progress } from "../dev/progress";

const SIGNS: Readonly<Record<string, string>> = { Creation: "+", Modifications: "~", Destruction: "-" };

/** Makes of what `cdktf` and the engine print a line for each resource, and keeps the whole for when they fail. */
export class CdktfOutput {
  private readonly lines: string[] = [];
  private rest = "";

  constructor(private readonly progress: Progress) {}

  add(text: string): void {
    const lines = `${this.rest}${text}`.split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      this.addLine(line);
    }
  }

  /** The engine's errors with all that it says of them; where it names none, everything that was printed. */
  errors(): string {
    const lines = [...this.lines, this.rest];
    const first = lines.findIndex((line) => /\bError: |\[ERROR\]/.test(line));
    const isFramed = lines[first - 1]?.includes("╷") === true;
    return lines
      .slice(Math.max(first - (isFramed ? 1 : 0), 0))
      .join("\n")
      .trim();
  }

  private addLine(line: string): void {
    // Before it stands the stack's name, or as many blanks.
    const said = stripVTControlCharacters(line)
      .replace(/^\S* {2,}/, "")
      .trimEnd();
    this.lines.push(said);
    const [, address = "", what = ""] = /^(\S+): (Creation|Modifications|Destruction) complete after /.exec(said) ?? [];
    const [, counts] = /^Plan: (.+)\.$/.exec(said) ?? [];
    if (address !== "") {
      this.progress.say(`  ${SIGNS[what]} ${address}`);
    } else if (counts !== undefined) {
      this.progress.say(`    ${counts}`);
    } else if (said.startsWith("No changes.")) {
      this.progress.say("    nothing to change");
    } else if (/^(Initializing|\S+: (Creating|Modifying|Destroying)|Synthesizing)/.test(said)) {
      this.progress.wait(said.replace(/ \[id=.*/, ""));
    }
  }
}
