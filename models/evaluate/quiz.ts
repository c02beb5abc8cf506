import { nearestCluster, updateFingerprint } from '../../src/core/llm-features';
import type { Candidate, Fingerprint } from '../../src/core/routing';
import { measuredAxes } from './axes-of-cell';
import { blankOutputs } from './levels';
import { randomFor, shuffled } from './random';
import type { Workbench } from './workbench';
import { cellOf, type Fold, type World } from './world';

export const QUIZ_PROMPTS = 20;

/**
 * The pool after a quiz: responses of the LLMs without a fingerprint to 20 prompts of the pick part are read and measured, exactly as the app
 * does it. Quality is not measured.
 */
export async function afterQuiz(bench: Workbench, world: World, fold: Fold, seed: number): Promise<Candidate[]> {
  const candidates = await bench.candidates(world);
  const prompts = shuffled(fold.pickPrompts, randomFor(seed, 'quiz')).slice(0, QUIZ_PROMPTS);
  const outputs = await blankOutputs(bench, candidates, prompts);
  const texts = await bench.prompts();
  const { axisConstants, clusterCentroids } = bench.artifacts.fingerprints;
  return candidates.map((candidate, column) => {
    if (candidate.fingerprint !== null) return candidate;
    let fingerprint: Fingerprint | null = null;
    prompts.forEach((prompt, row) => {
      const axes = measuredAxes(cellOf(world, prompt, column), axisConstants);
      fingerprint = updateFingerprint(fingerprint, axes, nearestCluster(texts[prompt]!.embedding, clusterCentroids), outputs[row]!.promptEffect);
    });
    return { ...candidate, fingerprint };
  });
}
