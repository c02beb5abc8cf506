import type { AdaptationState } from '../../../src/core/adaptation-state';
import { WorkerEngine } from '../../../src/protocol/client';
import { pagePort } from '../../../src/protocol/worker-port';
import { candidates, graphOf, pickLog, request } from './inputs';
import { plainEncoder, threadsHere } from './plain';
import { textOfTokens, timed } from './texts';

type Samples = Record<string, number[]>;

const TOKENS = [16, 64, 128];
const MODELS = [8, 64];
const HISTORIES = [0, 256, 4096];
const WARM_UP = 15;
const ROUNDS = 20;
/** No text is routed twice, since the engine remembers embeddings. */
let salt = 0;

const add = (samples: Samples, name: string | number, value: number) => (samples[name] ??= []).push(value);

/** The app's own worker on the app's own files, alternating with plain transformers.js call by call, so that noise meets both. */
async function start(): Promise<unknown> {
  const engine = new WorkerEngine({ createPort: () => pagePort(new Worker(new URL('../../../src/engine/worker.ts', import.meta.url), { type: 'module' })) });
  const status = await engine.call('load', { modelsUrl: new URL('/models/', location.href).href, device: 'wasm', allowFallbackAdapter: false });
  const plain = await plainEncoder(threadsHere());
  const stages = { ...(await encodeAndRoute(engine, plain)), ...(await graphStages(engine)), update: await updates(engine) };
  engine.dispose();
  return { status, threads: threadsHere(), ...stages };
}

/** `plainEncode` and `route` are seen from the page, with what messages cost; `encode` is the encoder's share of the route, measured in the worker. */
async function encodeAndRoute(engine: WorkerEngine, plain: (text: string) => Promise<unknown>) {
  const samples: Record<'encode' | 'route' | 'plainEncode', Samples> = { encode: {}, route: {}, plainEncode: {} };
  const pool = candidates(8);
  const past = graphOf(pickLog(20, pool));
  for (const tokens of TOKENS) {
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const plainMs = await timed(() => plain(textOfTokens(tokens, (salt += 1))));
      let encodeMs = 0;
      const routeMs = await timed(async () => (encodeMs = (await engine.call('route', request(textOfTokens(tokens, (salt += 1)), pool, past))).timings.encodeMs));
      if (round < WARM_UP) continue;
      add(samples.plainEncode, tokens, plainMs);
      add(samples.encode, tokens, encodeMs);
      add(samples.route, tokens, routeMs);
    }
  }
  return samples;
}

/** The other stages of a route, with a prompt that is remembered. */
async function graphStages(engine: WorkerEngine) {
  const samples: Record<'graph' | 'fit', Samples> = { graph: {}, fit: {} };
  for (const models of MODELS) {
    for (const picks of HISTORIES) {
      const pool = candidates(models);
      const past = graphOf(pickLog(picks, pool));
      for (let round = 0; round < 18; round += 1) {
        const { timings } = await engine.call('route', request('a prompt that is remembered', pool, past));
        if (round < 3) continue;
        add(samples.graph, `${picks}/${models}`, timings.graphMs);
        add(samples.fit, `${picks}/${models}`, timings.adaptMs);
      }
    }
  }
  return samples;
}

/** From a pick being in the log to the new state being in the page, as the app asks for it: the log grows by one, and learning goes on from the last state. */
async function updates(engine: WorkerEngine): Promise<Samples> {
  const samples: Samples = {};
  for (const picks of [10, 256]) {
    const pool = candidates(8);
    const log = pickLog(picks + 20, pool);
    let state: AdaptationState | null = null;
    for (let length = picks; length < log.length; length += 1) {
      const updateMs: number = await timed(async () => (state = await engine.call('adapt', { graph: graphOf(log.slice(0, length)), state, candidates: pool })));
      if (length >= picks + 5) add(samples, picks, updateMs);
    }
  }
  return samples;
}

Object.assign(window, { benchmark: start() });
