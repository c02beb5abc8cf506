import type { ExplicitUtility } from '../../src/core/routing';
import type { Fold } from './world';

/** A router that learns one person from picks; one session per person and fold. */
export interface PersonalMethod {
  readonly name: string;
  begin(person: number, fold: Fold): PersonalSession;
}

export interface PersonalSession {
  /** The two columns to show side by side for a prompt, best first. */
  duel(prompt: number): Promise<readonly [number, number]>;
  /** What is shown for a prompt in everyday use, best first: one answer, or two to pick from. Absent: the method has no word on when to ask. */
  shown?(prompt: number, remaining: number): Promise<readonly number[]>;
  /** An answer that was shown alone. */
  answered?(prompt: number, column: number): Promise<void>;
  observe(pick: { readonly prompt: number; readonly chosen: number; readonly rejected: number }): Promise<void>;
  /** `[prompts × M]` scores after the picks so far. */
  scores(prompts: readonly number[], wish?: ExplicitUtility): Promise<ArrayLike<number>>;
  /** P(first is picked over second), for calibration; null when the method has no probabilities. */
  pickProbability(prompt: number, first: number, second: number): Promise<number | null>;
}
