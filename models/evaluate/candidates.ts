import { AXIS_COUNT, EMBEDDING_SIZE, axisIndex } from '../../src/core/dimensions';
import { CLUSTER_COUNT } from '../../src/core/llm-features';
import type { Candidate, Fingerprint, ModelCard } from '../../src/core/routing';
import type { Artifacts } from './artifacts';
import { modelCard } from './model-card';
import type { World } from './world';

/** Pseudo-responses that pull a cluster's residual to zero, as in training. */
const SHRINKAGE = 5;

/** The pool as the app would see it: cards, encoded descriptions and, for LLMs known from training, fingerprints. */
export async function poolCandidates(world: World, artifacts: Artifacts): Promise<Candidate[]> {
  const rows = world.llms.flatMap((llm) => world.benchmark.llms[llm] ?? []);
  const embeddings = await artifacts.embed(rows.map((row) => row.description));
  return rows.map((row, column) => ({
    card: withPublicTier(modelCard(row, artifacts.fingerprints), row.publicWinRatePct, artifacts),
    descriptionEmbedding: embeddings[column] ?? new Float32Array(EMBEDDING_SIZE),
    fingerprint: artifacts.fingerprints.fingerprints[row.id] ?? null,
  }));
}

/** The app's catalogue gives every model a tier; one that training never saw gets the one its published win rate stands for. */
function withPublicTier(card: ModelCard, winRatePct: number | null, { tierOf }: Artifacts): ModelCard {
  return card.tier === null && winRatePct !== null ? { ...card, tier: tierOf(winRatePct) } : card;
}

/** One observed response, for a fingerprint with judged quality. */
export interface Observation {
  /** `[12]` standardised, quality included. */
  readonly axes: readonly number[];
  readonly cluster: number;
}

/**
 * Fingerprints from many observed and judged responses, as the trainer makes them for LLMs it trains on: means of the axes, and per cluster
 * of prompts the shrunk residuals of quality and length after the LLM's mean and the prompts' own means.
 * @param rows observations of all LLMs on one prompt each, `[prompts][M]`
 */
export function trainedFingerprints(rows: readonly (readonly (Observation | null)[])[], width: number): Fingerprint[] {
  const [quality, length] = [axisIndex('quality'), axisIndex('length')];
  const all = Array.from({ length: width }, (_, column) => rows.flatMap((row) => row[column] ?? []));
  const meanOf = (list: readonly Observation[], axis: number) => list.reduce((sum, { axes }) => sum + (axes[axis] ?? 0), 0) / Math.max(1, list.length);
  const means = all.map((list) => Array.from({ length: AXIS_COUNT }, (_, axis) => meanOf(list, axis)));
  const grand = Array.from({ length: AXIS_COUNT }, (_, axis) => means.reduce((sum, mean) => sum + mean[axis]!, 0) / width);
  const blank = () => Array.from({ length: width }, () => new Array<number>(CLUSTER_COUNT).fill(0));
  const [counts, qualities, lengths] = [blank(), blank(), blank()];
  for (const row of rows) {
    const seen = row.flatMap((entry) => entry ?? []);
    const promptMean = [meanOf(seen, quality), meanOf(seen, length)];
    row.forEach((entry, column) => {
      if (!entry) return;
      counts[column]![entry.cluster]! += 1;
      qualities[column]![entry.cluster]! += entry.axes[quality]! - promptMean[0]! - means[column]![quality]! + grand[quality]!;
      lengths[column]![entry.cluster]! += entry.axes[length]! - promptMean[1]! - means[column]![length]! + grand[length]!;
    });
  }
  const shrunk = (sums: readonly number[], column: number) => sums.map((sum, cluster) => sum / (counts[column]![cluster]! + SHRINKAGE));
  return all.map((list, column) => ({
    count: list.length,
    axes: means[column]!,
    clusterQuality: shrunk(qualities[column]!, column),
    clusterLength: shrunk(lengths[column]!, column),
    clusterCount: counts[column]!,
    judged: true,
  }));
}
