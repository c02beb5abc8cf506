import type { Candidate } from '../../src/core/routing';
import { informedCandidates } from './levels';
import { PersonPicks } from './person-picks';
import { pointOf, type PersonalCurve, type Range } from './person-run';
import { afterQuiz } from './quiz';
import { TacitMethod } from './tacit-method';
import type { Workbench } from './workbench';
import { trueUtilities, type WorldOptions } from './world';

export interface NewLlmJobOptions {
  /** Where picks are made: LLMs of families that training saw. */
  readonly pickWorld: WorldOptions;
  /** What is routed then: new LLMs alone, or old and new ones together. */
  readonly scoreWorld: WorldOptions;
  readonly picks: number;
  readonly range: Range;
  readonly seed: number;
}

/** What is known of the new LLMs when they are routed. */
export const KNOWLEDGE = ['card only', 'after a 20-prompt quiz', 'as LLMs trained on (fingerprints of all training prompts)'] as const;

/** A person with picks on old LLMs only meets new ones; one curve for each state of knowledge. */
export async function runNewLlm(bench: Workbench, { pickWorld, scoreWorld, picks, range, seed }: NewLlmJobOptions, report: (done: number) => void): Promise<PersonalCurve[]> {
  const [from, to] = [bench.world(pickWorld), bench.world(scoreWorld)];
  const picker = await PersonPicks.open(bench, from, seed);
  const size = range.to - range.from;
  const blank = () => new Float64Array(size);
  const curves = KNOWLEDGE.map((name) => ({ name: `Tacit, new LLMs: ${name}`, utilities: [blank()], top1: [blank()], costUsd: [blank()], sent: [blank()], forecasts: [], frontier: [] }));
  for (const [number, fold] of to.folds.entries()) {
    const pickFold = from.folds[number]!;
    const learnable = to.trainPrompts.length > 0 ? to.trainPrompts : fold.pickPrompts;
    const pools: (readonly Candidate[])[] = [await bench.candidates(to), await afterQuiz(bench, to, fold, seed), await informedCandidates(bench, to, learnable)];
    const prompts = await bench.prompts();
    const methods = pools.map((candidates, index) => new TacitMethod(curves[index]!.name, to, bench.artifacts, prompts, candidates, new Set()));
    for (let person = range.from; person < range.to; person++) {
      const { session } = await picker.after(person, pickFold, picks);
      const truth = trueUtilities(to, to.users[person]!, fold.scorePrompts);
      for (const [index, method] of methods.entries()) {
        const { session: meets } = method.begin();
        meets.adopt(session.log);
        const point = pointOf(to, fold.scorePrompts, truth, await meets.scores(fold.scorePrompts));
        const at = person - range.from;
        curves[index]!.utilities[0]![at]! += point.utility / to.folds.length;
        curves[index]!.top1[0]![at]! += point.top1 / to.folds.length;
        curves[index]!.costUsd[0]![at]! += point.costUsd / to.folds.length;
      }
      report(person + 1 - range.from);
    }
  }
  return curves;
}
