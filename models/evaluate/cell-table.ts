import { TRAITS, TRAIT_COUNT, type Benchmark } from './benchmark';
import type { UserRow } from './records';
import { weightsFor } from './simulated-user';

/** Everything a simulated person's utility looks at, of every prompt × LLM of a pool, in flat arrays. */
export class CellTable {
  readonly width: number;
  readonly costUsd: Float64Array;
  private readonly winRate: Float64Array;
  private readonly cost: Float64Array;
  private readonly traits: Float64Array;
  private readonly lnWords: Float64Array;

  constructor(private readonly benchmark: Benchmark, llms: readonly number[]) {
    this.width = llms.length;
    const size = benchmark.prompts.length * llms.length;
    this.costUsd = new Float64Array(size);
    this.winRate = new Float64Array(size);
    this.cost = new Float64Array(size);
    this.lnWords = new Float64Array(size);
    this.traits = new Float64Array(size * TRAIT_COUNT);
    benchmark.prompts.forEach((_, prompt) => llms.forEach((llm, column) => this.fill(prompt * llms.length + column, prompt, llm)));
  }

  private fill(at: number, prompt: number, llm: number): void {
    const cell = this.benchmark.cells[prompt]?.[llm];
    if (!cell) return;
    this.costUsd[at] = cell.costUsd;
    this.winRate[at] = cell.winRate;
    this.cost[at] = cell.cost;
    this.lnWords[at] = Math.log(Math.max(1, cell.words));
    this.traits.set(cell.traits, at * TRAIT_COUNT);
  }

  /** `[prompts × M]` true utilities of one person; the same numbers as `utility` gives cell by cell. */
  utilities(user: UserRow, prompts: readonly number[]): Float64Array {
    const { width } = this;
    const result = new Float64Array(prompts.length * width);
    const weights = new Map<string, Float64Array>();
    const lnIdeal = user.ideal_words ? Math.log(user.ideal_words) : null;
    for (let row = 0; row < prompts.length; row++) {
      const prompt = prompts[row]!;
      const task = this.benchmark.prompts[prompt]?.task ?? '';
      if (!weights.has(task)) weights.set(task, traitWeights(user, task));
      this.writeRow(result, row * width, prompt * width, user, weights.get(task)!, lnIdeal);
    }
    return result;
  }

  private writeRow(result: Float64Array, to: number, from: number, user: UserRow, weights: Float64Array, lnIdeal: number | null): void {
    for (let column = 0; column < this.width; column++) {
      const at = from + column;
      let total = user.quality_weight * this.winRate[at]! - 0.3 * user.cost_weight * this.cost[at]!;
      for (let trait = 0; trait < TRAIT_COUNT; trait++) total += weights[trait]! * this.traits[at * TRAIT_COUNT + trait]!;
      if (lnIdeal !== null) total -= 0.25 * (this.lnWords[at]! - lnIdeal) ** 2;
      result[to + column] = total;
    }
  }
}

/** 0.25 · w for each trait. */
function traitWeights(user: UserRow, task: string): Float64Array {
  const weights = weightsFor(user, task);
  return Float64Array.from(TRAITS, (name) => 0.25 * (weights[name] ?? 0));
}
