import { phrase } from '../core/phrase';
import { AXIS_COUNT, FEATURE_COUNT, RESIDUAL_COUNT, TASK_COUNT } from '../core/dimensions';
import type { RouterOutputs } from '../core/router-outputs';
import { EngineFailure } from '../protocol/failure';
import type { GraphFeeds } from './graph-tensors';
import type { GraphSession } from './runtime';

const OUTPUT_NAMES = ['utility', 'axes', 'residual', 'prior_mean', 'prior_log_variance', 'evidence_relevance', 'task_membership', 'prompt_effect'] as const;

/**
 * Runs the exported HeteroGNN and cuts the padding off what comes out.
 * @returns one `RouterOutputs` for each query of `graph`, in order.
 * @throws EngineFailure device_failed, manifest_invalid (other sizes than this build knows), cancelled
 */
export async function runRouter(session: GraphSession, graph: GraphFeeds, signal?: AbortSignal): Promise<readonly RouterOutputs[]> {
  const values = await session.run(graph.feeds, OUTPUT_NAMES, signal);
  return Array.from({ length: graph.queryCount }, (_, query) => {
    const slice = (name: (typeof OUTPUT_NAMES)[number], padded: number, real: number): Float32Array =>
      sliceOf(values.get(name), name, query, graph.queryCount, padded, real);
    const { candidateCount, paddedCandidates, pickCount, paddedPicks } = graph;
    return {
      utility: slice('utility', paddedCandidates, candidateCount),
      axes: slice('axes', paddedCandidates * AXIS_COUNT, candidateCount * AXIS_COUNT),
      residual: slice('residual', paddedCandidates * RESIDUAL_COUNT, candidateCount * RESIDUAL_COUNT),
      priorMean: slice('prior_mean', FEATURE_COUNT, FEATURE_COUNT),
      priorLogVariance: slice('prior_log_variance', FEATURE_COUNT, FEATURE_COUNT),
      evidenceRelevance: slice('evidence_relevance', paddedPicks, pickCount),
      taskMembership: slice('task_membership', TASK_COUNT, TASK_COUNT),
      promptEffect: slice('prompt_effect', AXIS_COUNT, AXIS_COUNT),
    };
  });
}

function sliceOf(values: Float32Array | undefined, name: string, query: number, queryCount: number, padded: number, real: number): Float32Array {
  if (values?.length !== queryCount * padded) {
    throw new EngineFailure({ kind: 'manifest_invalid', detail: phrase("The router's output {{name}} has {{found}} values, not {{expected}}.", { name, found: values?.length ?? 0, expected: queryCount * padded }) });
  }
  return values.slice(query * padded, query * padded + real);
}
