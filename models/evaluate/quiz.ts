import { AXIS_COUNT, axisIndex } from '../../src/core/dimensions';
import { nearestCluster, updateFingerprint } from '../../src/core/llm-features';
import type { Candidate, Fingerprint } from '../../src/core/routing';
import { measuredAxes } from './axes-of-cell';
import { predictedAxes } from './levels';
import { randomFor, shuffled } from './random';
import type { Workbench } from './workbench';
import { cellOf, type Fold, type World } from './world';

export const QUIZ_PROMPTS = 20;

/**
 * The pool after a quiz: responses of the LLMs without a fingerprint to 20 prompts of the pick part are read and measured, exactly as the app
 * does it. Quality is not measurable; its slot is what the graph predicts of each response.
 */
export async function afterQuiz(bench: Workbench, world: World, fold: Fold, seed: number): Promise<Candidate[]> {
  const candidates = await bench.candidates(world);
  const prompts = shuffled(fold.pickPrompts, randomFor(seed, 'quiz')).slice(0, QUIZ_PROMPTS);
  const predicted = await predictedAxes(bench, candidates, prompts);
  const texts = await bench.prompts();
  const { axisConstants, clusterCentroids } = bench.artifacts.fingerprints;
  const [quality, length] = [axisIndex('quality'), axisIndex('length')];
  const width = candidates.length;
  return candidates.map((candidate, column) => {
    if (candidate.fingerprint !== null) return candidate;
    let fingerprint: Fingerprint | null = null;
    prompts.forEach((prompt, row) => {
      const axes = measuredAxes(cellOf(world, prompt, column), axisConstants).slice(0, AXIS_COUNT);
      axes[quality] = predicted[row * width + column]![quality]!;
      const poolLength = candidates.reduce((sum, _, other) => sum + predicted[row * width + other]![length]!, 0) / width;
      fingerprint = updateFingerprint(fingerprint, axes, nearestCluster(texts[prompt]!.embedding, clusterCentroids), poolLength);
    });
    return { ...candidate, fingerprint };
  });
}
