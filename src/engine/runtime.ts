import * as ort from 'onnxruntime-web/webgpu';
import type { ExecutionProvider } from '../protocol/engine';
import { EngineFailure } from '../protocol/failure';
import { SerialQueue } from './serial-queue';

/** Absolute URLs of one build of ONNX Runtime Web. */
export interface WasmBuild {
  readonly mjs: string;
  readonly wasm: string;
}

/** One script drives three builds: plain runs on WASM only; jspi and asyncify carry the native WebGPU provider. */
export interface WasmBuilds {
  readonly plain: WasmBuild;
  readonly jspi: WasmBuild;
  readonly asyncify: WasmBuild;
}

export type FeedTensor =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] };

export type Feeds = Readonly<Record<string, FeedTensor>>;

/** A loaded graph. */
export interface GraphSession {
  readonly provider: ExecutionProvider;
  /**
   * Only the named outputs are computed and copied back.
   * @throws EngineFailure device_failed (a failed run, or numbers that are not finite), cancelled
   */
  run(feeds: Feeds, outputs: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, Float32Array>>;
}

const MAX_THREADS = 4;

/** One for the whole worker, since ONNX Runtime is one too, however many `Runtime`s a repeated load makes. */
const DEVICE_QUEUE = new SerialQueue();

/** Threads share memory, which a page may only do when it is cross-origin isolated. */
export function threadCount(crossOriginIsolated: boolean, hardwareConcurrency: number): number {
  return crossOriginIsolated ? Math.max(1, Math.min(MAX_THREADS, hardwareConcurrency)) : 1;
}

/** JSPI halves the GPU build; browsers without it get asyncify, and WASM needs neither. */
export function chooseBuild(provider: ExecutionProvider, builds: WasmBuilds, hasJspi: boolean): WasmBuild {
  if (provider === 'wasm') return builds.plain;
  return hasJspi ? builds.jspi : builds.asyncify;
}

/**
 * ONNX Runtime on one device, for the life of this worker. One queue serialises every create and run:
 * overlapping runs of a WebGPU session hang for ever. A runtime that failed once is not trusted again; the client replaces the whole worker.
 */
export class Runtime {
  readonly queue = DEVICE_QUEUE;

  constructor(
    readonly provider: ExecutionProvider,
    build: WasmBuild,
    readonly threads: number,
  ) {
    ort.env.wasm.wasmPaths = { mjs: build.mjs, wasm: build.wasm };
    ort.env.wasm.numThreads = threads;
    ort.env.wasm.proxy = false;
    ort.env.logLevel = 'error';
  }

  /** @throws EngineFailure device_failed */
  async load(model: Uint8Array): Promise<GraphSession> {
    const session = await this.guarded(() =>
      ort.InferenceSession.create(model, { executionProviders: [this.provider], graphOptimizationLevel: 'all', logSeverityLevel: 3 }),
    );
    return {
      provider: this.provider,
      run: (feeds, outputs, signal) => this.guarded(() => runSession(session, feeds, outputs), signal),
    };
  }

  private async guarded<Value>(job: () => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    try {
      return await this.queue.run(job, signal);
    } catch (thrown) {
      if (thrown instanceof EngineFailure) throw thrown;
      const detail = thrown instanceof Error ? thrown.message : String(thrown);
      throw new EngineFailure({ kind: 'device_failed', device: this.provider, detail });
    }
  }
}

async function runSession(
  session: ort.InferenceSession,
  feeds: Feeds,
  outputs: readonly string[],
): Promise<ReadonlyMap<string, Float32Array>> {
  const inputs = Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, toTensor(feed)]));
  const results = await session.run(inputs, [...outputs]);
  const values = new Map<string, Float32Array>();
  for (const name of outputs) {
    const data = await results[name]?.getData(true);
    if (!(data instanceof Float32Array)) throw new Error(`The output ${name} is missing or not float32.`);
    if (!data.every(Number.isFinite)) throw new Error(`The output ${name} has numbers that are not finite.`);
    values.set(name, data);
  }
  return values;
}

function toTensor(feed: FeedTensor): ort.Tensor {
  return feed.type === 'float32' ? new ort.Tensor('float32', feed.data, feed.dims) : new ort.Tensor('int64', feed.data, feed.dims);
}
