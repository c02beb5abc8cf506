import type { Candidate, ExplicitUtility } from '../../src/core/routing';
import { ablateCandidates, type Ablation } from './ablation';
import type { Artifacts } from './artifacts';
import { measuredAxes } from './axes-of-cell';
import type { PersonalMethod, PersonalSession } from './personal-method';
import { TacitSession, type ReadResponse } from './tacit-session';
import { tacitSetting, type Prompt, type TacitSetting } from './tacit-setting';
import { cellOf, type World } from './world';

/** The app's setting until somebody changes it. */
const EPSILON = 0.05;

/** The shipped graph and the shipped adaptation on a benchmark's prompts and responses. */
export class TacitMethod implements PersonalMethod {
  private readonly setting: TacitSetting;
  private readonly measured = new Map<number, readonly number[]>();

  constructor(
    readonly name: string,
    private readonly world: World,
    artifacts: Artifacts,
    prompts: readonly Prompt[],
    candidates: readonly Candidate[],
    off: ReadonlySet<Ablation>,
    toldAt: number | null = null,
  ) {
    this.setting = tacitSetting(artifacts, { candidates: ablateCandidates(candidates, off), prompts, off, toldAt });
  }

  begin(): TacitPerson {
    return new TacitPerson(new TacitSession(this.setting), (prompt, column) => this.read(prompt, column));
  }

  private read(prompt: number, column: number): ReadResponse {
    const cell = cellOf(this.world, prompt, column);
    const key = prompt * this.world.llms.length + column;
    let measured = this.measured.get(key);
    if (!measured) this.measured.set(key, (measured = measuredAxes(cell, this.setting.axisConstants)));
    return { column, measured, words: cell.words, costUsd: cell.costUsd };
  }
}

/** One person on the shipped router. */
export class TacitPerson implements PersonalSession {
  constructor(
    readonly session: TacitSession,
    private readonly read: (prompt: number, column: number) => ReadResponse,
  ) {}

  shown(prompt: number, remaining: number): Promise<readonly number[]> {
    return this.session.shown(prompt, { remaining, epsilon: EPSILON });
  }

  answered(prompt: number, column: number): Promise<void> {
    return this.session.answered(prompt, this.read(prompt, column));
  }

  duel(prompt: number): Promise<readonly [number, number]> {
    return this.session.duel(prompt);
  }

  observe({ prompt, chosen, rejected }: { prompt: number; chosen: number; rejected: number }): Promise<void> {
    return this.session.observe(prompt, this.read(prompt, chosen), this.read(prompt, rejected));
  }

  scores(prompts: readonly number[], wish?: ExplicitUtility): Promise<Float64Array> {
    return this.session.scores(prompts, wish);
  }

  pickProbability(prompt: number, first: number, second: number): Promise<number> {
    return this.session.pickProbability(prompt, first, second);
  }
}
