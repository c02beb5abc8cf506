import { EMBEDDING_SIZE } from '../../../src/core/dimensions';
import { EMPTY_GRAPH } from '../../../src/core/graph';
import { createRandom } from '../../../src/core/random';
import { NEUTRAL_UTILITY, NO_RULES, type Candidate } from '../../../src/core/routing';
import { WorkerEngine } from '../../../src/protocol/client';
import type { ExecutionProvider } from '../../../src/protocol/engine';
import { pagePort } from '../../../src/protocol/worker-port';
import type { DeviceReport, ParityPage, ParityRequest, RouteReport } from '../report';

const modelsUrl = new URL('/models/', location.href).href;

/** In a worker of its own: ONNX Runtime holds one device for a worker's life. */
function parity(request: Omit<ParityRequest, 'modelsUrl'>): Promise<DeviceReport> {
  const worker = new Worker(new URL('./parity-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<DeviceReport>((resolve, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.addEventListener('message', ({ data }: MessageEvent<{ readonly report?: DeviceReport; readonly failure?: string }>) => {
      if (data.report) resolve(data.report);
      else reject(new Error(data.failure));
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    worker.postMessage({ ...request, modelsUrl } satisfies ParityRequest);
  }).finally(() => worker.terminate());
}

/** One prompt through the app's own worker. */
async function route(device: ExecutionProvider, prompt: string): Promise<RouteReport> {
  const engine = new WorkerEngine({ createPort: () => pagePort(new Worker(new URL('../../../src/engine/worker.ts', import.meta.url), { type: 'module' })) });
  try {
    const status = await engine.call('load', { modelsUrl, device, allowFallbackAdapter: true });
    const candidates = pool();
    const { decision } = await engine.call('route', {
      prompt, context: [], candidates, graph: EMPTY_GRAPH, utility: NEUTRAL_UTILITY, seed: 1, comparison: { enabled: false, remaining: 0, epsilon: 0, recentGains: [] },
      constraints: { ...NO_RULES, excludedModelIds: [], spentConnectionIds: [], requiredContextTokens: 0, requiredModalities: [] },
    });
    const scores = new Map(decision.ranking.map(({ modelId, score }) => [modelId, score]));
    return { device: status.device, scores: candidates.map(({ card }) => scores.get(card.id) ?? NaN) };
  } finally {
    engine.dispose();
  }
}

/** Models of different size, price and description. */
function pool(): Candidate[] {
  const random = createRandom(3);
  return Array.from({ length: 8 }, (_, index) => {
    const direction = Float32Array.from({ length: EMBEDDING_SIZE }, () => random() - 0.5);
    const length = Math.hypot(...direction);
    return {
      card: {
        id: `model-${index}`, name: `Model ${index}`, provider: 'test', family: 'test', description: '', contextTokens: 128_000, priceInUsdPerMTok: index, priceOutUsdPerMTok: 4 * index,
        paramsB: null, released: '2025-01', tier: 1 + (index % 5), openWeights: index % 2 === 0, reasoning: index % 3 === 0, local: false, modalities: ['text'], speed: 'medium', tools: null,
      },
      descriptionEmbedding: direction.map((value) => value / length),
      fingerprint: null,
    };
  });
}

Object.assign(window, { parityPage: { parity, route } satisfies ParityPage });
