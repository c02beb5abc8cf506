import { phrase } from '../core/phrase';
import { parseFingerprints } from '../core/manifest';
import type { ArtifactManifest, AxisConstants } from '../core/manifest';
import type { EngineStatus, LoadProgress, LoadRequest } from '../protocol/engine';
import { EngineFailure, throwIfCancelled } from '../protocol/failure';
import { fileOf, parseJson, readArtifact, readManifest } from './artifacts';
import type { ArtifactReader, FetchFile } from './artifacts';
import { probeDevice } from './device';
import type { AdapterSource, Device } from './device';
import { SentenceEncoder } from './encoder';
import { encoderPaths } from './encoder-files';
import type { EncoderPaths } from './encoder-files';
import { chooseBuild, Runtime, threadCount } from './runtime';
import type { GraphSession, WasmBuilds } from './runtime';
import { checkDevice, parseEncoderParity, parseRouterParity } from './self-check';
import { keepWarm, warmUp } from './warm-up';

/** What the engine needs of the world; a worker and a test each bring their own. */
export interface EngineEnvironment {
  readonly builds: WasmBuilds;
  readonly gpu: AdapterSource | undefined;
  readonly fetchFile: FetchFile;
  readonly crossOriginIsolated: boolean;
  readonly hardwareConcurrency: number;
  /** JavaScript Promise Integration: `WebAssembly.Suspending` exists. */
  readonly hasJspi: boolean;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

export interface LoadedEngine {
  readonly status: EngineStatus;
  readonly manifest: ArtifactManifest;
  readonly axisConstants: AxisConstants;
  readonly encoder: SentenceEncoder;
  readonly router: GraphSession;
}

type Report = (progress: LoadProgress) => void;

const ROUTER = 'router.onnx';
const FINGERPRINTS = 'fingerprints.json';
const ROUTER_PARITY = 'parity.json';
const ENCODER_PARITY = 'encoder/parity.json';

/**
 * Probe, fetch, verify, compile, warm up. The small router is compiled while the encoder still downloads, so that ONNX Runtime's
 * own start overlaps with the network.
 * @throws EngineFailure artifact_*, manifest_invalid, device_failed, cancelled
 */
export async function loadEngine(request: LoadRequest, environment: EngineEnvironment, report: Report, signal: AbortSignal): Promise<LoadedEngine> {
  const startedAt = environment.now();
  const reader: ArtifactReader = { modelsUrl: folderUrl(request.modelsUrl), fetchFile: environment.fetchFile, signal };
  report({ stage: 'probe', loadedBytes: 0, totalBytes: 0 });
  const device = await probeDevice(request, environment.gpu);
  report({ stage: 'manifest', loadedBytes: 0, totalBytes: 0 });
  const manifest = await readManifest(reader);
  const runtime = startRuntime(device, environment);
  const loaded = await loadGraphs(reader, manifest, runtime, report);
  throwIfCancelled(signal);
  const signOfLife = (): void => report({ stage: 'warm-up', loadedBytes: loaded.totalBytes, totalBytes: loaded.totalBytes });
  if (device.provider === 'webgpu') await checkGpu(reader, manifest, loaded, signOfLife);
  await warmUp(loaded.encoder, loaded.router, signOfLife);
  if (device.provider === 'wasm') void keepWarm(loaded.encoder, runtime.queue);
  const status = statusOf(device, runtime, manifest, loaded.encoderFile, environment.now() - startedAt);
  return { status, manifest, axisConstants: loaded.axisConstants, encoder: loaded.encoder, router: loaded.router };
}

function startRuntime(device: Device, environment: EngineEnvironment): Runtime {
  const build = chooseBuild(device.provider, environment.builds, environment.hasJspi);
  const threads = device.provider === 'wasm' ? threadCount(environment.crossOriginIsolated, environment.hardwareConcurrency) : 1;
  return new Runtime(device.provider, build, threads);
}

/**
 * WASM is the same everywhere and is tested with the models; every GPU is different. The answers lie in files that are not needed
 * for routing, so that a start without network may lack them: then the check that passed at the first start has to do.
 */
async function checkGpu(reader: ArtifactReader, manifest: ArtifactManifest, { encoder, router }: LoadedGraphs, signOfLife: () => void): Promise<void> {
  const answers = await Promise.all([
    readArtifact(reader, manifest, ENCODER_PARITY).then((bytes) => parseEncoderParity(parseJson(bytes, ENCODER_PARITY))),
    readArtifact(reader, manifest, ROUTER_PARITY).then((bytes) => parseRouterParity(parseJson(bytes, ROUTER_PARITY))),
  ]).catch(nullWhenUnreachable);
  if (answers !== null) await checkDevice(encoder, router, ...answers, signOfLife);
}

function nullWhenUnreachable(thrown: unknown): null {
  if (thrown instanceof EngineFailure && thrown.error.kind === 'artifact_unreachable') return null;
  throw thrown;
}

interface LoadedGraphs {
  readonly axisConstants: AxisConstants;
  readonly encoder: SentenceEncoder;
  readonly router: GraphSession;
  readonly encoderFile: string;
  readonly totalBytes: number;
}

async function loadGraphs(reader: ArtifactReader, manifest: ArtifactManifest, runtime: Runtime, report: Report): Promise<LoadedGraphs> {
  const paths = encoderPaths(manifest, runtime.provider);
  const download = new DownloadMeter(manifest, [ROUTER, FINGERPRINTS, paths.model, paths.tokenizer, paths.tokenizerConfig], report);
  const read = (stage: 'encoder' | 'router', path: string) => readArtifact(reader, manifest, path, download.meter(stage, path));
  const [axisConstants, router, encoder] = await Promise.all([
    read('router', FINGERPRINTS).then(axisConstantsOf),
    read('router', ROUTER).then((model) => runtime.load(model)),
    loadEncoder(manifest, paths, runtime, (path) => read('encoder', path)),
  ]);
  return { axisConstants, encoder, router, encoderFile: paths.model, totalBytes: download.totalBytes };
}

async function loadEncoder(
  manifest: ArtifactManifest,
  paths: EncoderPaths,
  runtime: Runtime,
  read: (path: string) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<SentenceEncoder> {
  const [model, tokenizer, tokenizerConfig] = await Promise.all([
    read(paths.model),
    read(paths.tokenizer).then((bytes) => parseObject(bytes, paths.tokenizer)),
    read(paths.tokenizerConfig).then((bytes) => parseObject(bytes, paths.tokenizerConfig)),
  ]);
  const session = await runtime.load(model);
  return new SentenceEncoder(session, { tokenizer, tokenizerConfig }, manifest.encoder.maxTokens);
}

function axisConstantsOf(bytes: Uint8Array<ArrayBuffer>): AxisConstants {
  const parsed = parseFingerprints(parseJson(bytes, FINGERPRINTS));
  if (!parsed.ok) throw new EngineFailure(parsed.error);
  return parsed.value.axisConstants;
}

function parseObject(bytes: Uint8Array<ArrayBuffer>, path: string): object {
  const json = parseJson(bytes, path);
  if (typeof json !== 'object' || json === null) throw new EngineFailure({ kind: 'manifest_invalid', detail: phrase('{{path}} is not a JSON object.', { path }) });
  return json;
}

/** Adds up the bytes of several downloads that run at once; a file that is fetched again starts again at 0. */
class DownloadMeter {
  readonly totalBytes: number;
  private readonly loaded = new Map<string, number>();

  constructor(
    manifest: ArtifactManifest,
    paths: readonly string[],
    private readonly report: Report,
  ) {
    this.totalBytes = paths.reduce((sum, path) => sum + fileOf(manifest, path).bytes, 0);
  }

  meter(stage: LoadProgress['stage'], path: string): (loadedBytes: number) => void {
    return (loadedBytes) => {
      this.loaded.set(path, loadedBytes);
      const sum = [...this.loaded.values()].reduce((total, bytes) => total + bytes, 0);
      this.report({ stage, loadedBytes: Math.min(sum, this.totalBytes), totalBytes: this.totalBytes });
    };
  }
}

function statusOf(device: Device, runtime: Runtime, manifest: ArtifactManifest, encoderFile: string, loadMs: number): EngineStatus {
  return {
    device: device.provider,
    deviceNote: device.note,
    adapter: device.adapter,
    threads: runtime.threads,
    loadMs,
    artifactVersion: manifest.artifactVersion,
    encoderFile,
  };
}

/** A folder without its final slash would lose its last part when paths are resolved against it. */
function folderUrl(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
