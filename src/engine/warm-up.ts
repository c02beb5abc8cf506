import { EMPTY_GRAPH } from '../core/graph';
import { EMBEDDING_SIZE, QUERY_FEATURE_COUNT } from '../core/dimensions';
import type { Candidate } from '../core/routing';
import { unknownCard } from '../core/routing';
import type { ExecutionProvider } from '../protocol/engine';
import type { SentenceEncoder } from './encoder';
import { graphTensors } from './graph-tensors';
import { runRouter } from './router';
import type { GraphSession } from './runtime';
import type { SerialQueue } from './serial-queue';

/** Token counts run before the engine calls itself ready: a short and a middling prompt. A GPU's first run is its self-check. */
const READY_TOKENS: Readonly<Record<ExecutionProvider, readonly number[]>> = { wasm: [8, 64], webgpu: [] };
/** WebAssembly goes on getting faster for some 15 runs; they happen in pauses, after ready. */
const LATER_RUNS = 12;
const PAUSE_MS = 40;
const LATER_TOKENS = 48;

/**
 * The first runs compile shaders or machine code; nobody should wait for that with a prompt in hand.
 * `signOfLife` is called before each, since one can take seconds.
 */
export async function warmUp(encoder: SentenceEncoder, router: GraphSession, signOfLife: () => void): Promise<void> {
  for (const tokenCount of READY_TOKENS[router.provider]) {
    signOfLife();
    await encoder.warmUp(tokenCount);
  }
  signOfLife();
  await runRouter(router, graphTensors({ queries: [BLANK_QUERY], candidates: [BLANK_CANDIDATE], graph: EMPTY_GRAPH }));
}

/** More runs while nobody is waiting. A failure here is left to the next real call to find and report. */
export async function keepWarm(encoder: SentenceEncoder, queue: SerialQueue): Promise<void> {
  try {
    for (let run = 0; run < LATER_RUNS; run += 1) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      if (queue.idle) await encoder.warmUp(LATER_TOKENS);
    }
  } catch {
    return;
  }
}

const BLANK_QUERY = { embedding: unitVector(), features: new Float32Array(QUERY_FEATURE_COUNT) };

const BLANK_CANDIDATE: Candidate = { card: unknownCard('warm-up', 'warm-up'), descriptionEmbedding: unitVector(), fingerprint: null };

function unitVector(): Float32Array {
  return new Float32Array(EMBEDDING_SIZE).fill(1 / Math.sqrt(EMBEDDING_SIZE));
}
