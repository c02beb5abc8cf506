import { readArtifact, readManifest, parseJson } from '../../../src/engine/artifacts';
import type { ArtifactReader } from '../../../src/engine/artifacts';
import { probeDevice } from '../../../src/engine/device';
import { SentenceEncoder } from '../../../src/engine/encoder';
import { encoderPaths } from '../../../src/engine/encoder-files';
import { chooseBuild, Runtime } from '../../../src/engine/runtime';
import { cosine, parseEncoderParity, parseRouterParity, routerError } from '../../../src/engine/self-check';
import { bundledWasmBuilds } from '../../../src/engine/wasm-builds';
import type { ArtifactManifest } from '../../../src/core/manifest';
import type { ExecutionProvider } from '../../../src/protocol/engine';
import type { DeviceReport, ParityRequest } from '../report';

/** Runs the shipped files on one device against the answers that were exported with them. */
async function run({ provider, modelsUrl, texts }: ParityRequest): Promise<DeviceReport> {
  const reader: ArtifactReader = { modelsUrl, fetchFile: (url, init) => fetch(url, init), signal: new AbortController().signal };
  const device = await probeDevice({ modelsUrl, device: provider, allowFallbackAdapter: true }, 'gpu' in navigator ? navigator.gpu : undefined);
  const manifest = await readManifest(reader);
  const runtime = new Runtime(device.provider, chooseBuild(device.provider, bundledWasmBuilds(self.location.href), 'Suspending' in WebAssembly), 1);
  const router = await runtime.load(await readArtifact(reader, manifest, 'router.onnx'));
  const routerErrors: Record<string, number> = {};
  for (const one of parseRouterParity(parseJson(await readArtifact(reader, manifest, 'parity.json'), 'parity.json'))) routerErrors[one.name] = await routerError(router, one);
  return { provider: router.provider, adapter: device.adapter, routerErrors, encoder: await encode(reader, manifest, provider, runtime, texts) };
}

async function encode(reader: ArtifactReader, manifest: ArtifactManifest, provider: ExecutionProvider, runtime: Runtime, texts: readonly string[]): Promise<DeviceReport['encoder']> {
  const paths = encoderPaths(manifest, provider);
  const read = (path: string) => readArtifact(reader, manifest, path);
  const object = async (path: string): Promise<object> => {
    const json = parseJson(await read(path), path);
    if (typeof json !== 'object' || json === null) throw new TypeError(`${path} is not an object`);
    return json;
  };
  const files = { tokenizer: await object(paths.tokenizer), tokenizerConfig: await object(paths.tokenizerConfig) };
  const encoder = new SentenceEncoder(await runtime.load(await read(paths.model)), files, manifest.encoder.maxTokens);
  const known = parseEncoderParity(parseJson(await read('encoder/parity.json'), 'encoder/parity.json'));
  const found: DeviceReport['encoder'][number][] = [];
  for (const { name, text, embedding } of known.filter((one) => texts.includes(one.name))) {
    const actual = await encoder.encode(text);
    found.push({ name, embedding: [...actual], cosine: cosine(actual, embedding) });
  }
  return found;
}

self.addEventListener('message', ({ data }: MessageEvent<ParityRequest>) => {
  run(data).then(
    (report) => self.postMessage({ report }),
    (thrown: unknown) => self.postMessage({ failure: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : JSON.stringify(thrown) }),
  );
});
