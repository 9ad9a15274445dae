/** Lets so many in at once; the others wait, first come, first served. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private taken = 0;

  constructor(private readonly count: number) {}

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.taken === this.count) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.taken += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) {
        this.taken -= 1;
      } else {
        next();
      }
    }
  }
}
