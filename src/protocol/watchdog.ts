import type { EngineMethod } from './engine';

/** Milliseconds without an answer or progress before a worker counts as hung. */
export interface SilenceLimit {
  /** Until the method has answered once in this worker: shaders compile and WebAssembly tiers up. */
  readonly firstMs: number;
  readonly laterMs: number;
}

export type SilenceLimits = Readonly<Record<EngineMethod, SilenceLimit>>;

const RUN_LIMIT: SilenceLimit = { firstMs: 60_000, laterMs: 30_000 };

/** Generous: a software GPU takes 3–11 s for its first run, and a phone may be ten times slower than a desktop. */
export const SILENCE_LIMITS: SilenceLimits = {
  load: { firstMs: 90_000, laterMs: 90_000 },
  encode: RUN_LIMIT,
  route: RUN_LIMIT,
  describe: RUN_LIMIT,
  adapt: RUN_LIMIT,
  nextPair: RUN_LIMIT,
};

const SLICES = 4;

/**
 * Fires once after `limitMs` of silence. The time is counted in slices, so that a computer waking from sleep, whose overdue
 * timer fires at once, has the remaining slices left to answer.
 */
export class Watchdog {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private slicesLeft = SLICES;

  constructor(
    private readonly limitMs: number,
    private readonly bark: () => void,
  ) {
    this.wait();
  }

  /** A sign of life: start counting again. */
  reset(): void {
    if (this.timer !== null) this.slicesLeft = SLICES;
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private wait(): void {
    this.timer = setTimeout(() => {
      this.slicesLeft -= 1;
      if (this.slicesLeft > 0) return this.wait();
      this.timer = null;
      this.bark();
    }, this.limitMs / SLICES);
  }
}
