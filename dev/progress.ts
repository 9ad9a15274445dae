/** What of a command's output goes to a person. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Says what goes on: lines that stay and, on a terminal, one that rewrites itself while something takes long. */
export class Progress {
  private waiting: { readonly text: string; readonly since: number } | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly out: Output = process.stdout) {
    this.timer = setInterval(() => this.draw(), 1000).unref();
  }

  /** A step that begins, or what all of it came to. */
  step(text: string): void {
    this.say(`==> ${text}`);
  }

  /** A line that stays. */
  say(line: string): void {
    this.clear();
    this.out.write(`${line}\n`);
    this.draw();
  }

  /** What takes long now: shown on a terminal only, until {@link done} or something else. */
  wait(text: string): void {
    this.waiting = { text, since: Date.now() };
    this.draw();
  }

  done(): void {
    this.clear();
    this.waiting = undefined;
  }

  /** No line is written after this. */
  close(): void {
    this.done();
    clearInterval(this.timer);
  }

  private clear(): void {
    if (this.out.isTTY === true && this.waiting !== undefined) {
      this.out.write("\r\x1b[K");
    }
  }

  private draw(): void {
    if (this.out.isTTY !== true || this.waiting === undefined) {
      return;
    }
    const seconds = Math.round((Date.now() - this.waiting.since) / 1000);
    const line = `    ${this.waiting.text}${seconds < 2 ? "" : ` (${seconds} s)`}`;
    this.out.write(`\r\x1b[K${line.slice(0, (this.out.columns ?? 80) - 1)}`);
  }
}
