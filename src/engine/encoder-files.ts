import { phrase } from '../core/phrase';
import type { ArtifactManifest } from '../core/manifest';
import type { ExecutionProvider } from '../protocol/engine';
import { EngineFailure } from '../protocol/failure';

export interface EncoderPaths {
  readonly model: string;
  readonly tokenizer: string;
  readonly tokenizerConfig: string;
}

/**
 * Best first. 8-bit with 8-bit activations is fastest on WASM and would send 60 quantisation nodes back to the CPU on a GPU;
 * weight-only formats are computed wholly on the GPU.
 */
const PREFERRED: Readonly<Record<ExecutionProvider, readonly string[]>> = {
  wasm: ['q8', 'fp16w', 'q4'],
  webgpu: ['q4', 'fp16w', 'q8'],
};

/**
 * The encoder's files for a device, in the folder layout of transformers.js: `<id>/onnx/model*.onnx` beside `<id>/tokenizer.json`.
 * @throws EngineFailure manifest_invalid when no known dtype is listed.
 */
export function encoderPaths(manifest: ArtifactManifest, provider: ExecutionProvider): EncoderPaths {
  const { files } = manifest.encoder;
  const dtype = PREFERRED[provider].find((name) => Object.hasOwn(files, name));
  const model = dtype === undefined ? undefined : files[dtype];
  if (model === undefined) {
    throw new EngineFailure({ kind: 'manifest_invalid', detail: phrase('No encoder for {{provider}} among {{files}}.', { provider, files: Object.keys(files).join(', ') || '–' }) });
  }
  const folder = model.slice(0, model.lastIndexOf('/onnx/'));
  return { model, tokenizer: `${folder}/tokenizer.json`, tokenizerConfig: `${folder}/tokenizer_config.json` };
}
