import type { ExecutionProvider } from '../../../protocol/engine';
import type { App } from '../../store/app';

/** Files beside the encoder's weights without which it cannot read. */
const ENCODER_COMPANIONS = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];

/**
 * What the engine loaded before the service worker was in control is put into its cache, so that one visit is enough to route offline.
 * Resolves to whether everything is there; false when no service worker takes control.
 */
export async function keepForOffline(app: App): Promise<boolean> {
  await app.engine.whenReady();
  const { phase } = app.engine.store.getState();
  if (phase.kind !== 'ready') return false;
  const files = offlineFiles(phase.status.encoderFile, runtimeFile(phase.status.device, 'Suspending' in WebAssembly));
  const result = (await app.offline.warm(files)) ?? (await afterInstall(app).then(() => app.offline.warm(files)));
  return result !== null && result.missing.length === 0;
}

/** At the first visit the worker is still being installed; where there is none this never resolves, and nothing waits for it. */
function afterInstall({ offline }: App): Promise<void> {
  return new Promise((resolve) => {
    if (offline.store.getState().offlineReady) return resolve();
    const stop = offline.store.subscribe((state) => {
      if (!state.offlineReady) return;
      stop();
      resolve();
    });
  });
}

/** The build of ONNX Runtime that the engine chooses for a device. `hasJspi`: JavaScript Promise Integration. */
export function runtimeFile(device: ExecutionProvider, hasJspi: boolean): string {
  if (device === 'wasm') return 'ort-wasm-simd-threaded.wasm';
  return hasJspi ? 'ort-wasm-simd-threaded.jspi.wasm' : 'ort-wasm-simd-threaded.asyncify.wasm';
}

/** Names as protocol/offline.ts wants them. `encoderFile` lies in `<folder>/onnx/`. */
export function offlineFiles(encoderFile: string, runtime: string): readonly string[] {
  const folder = encoderFile.slice(0, encoderFile.lastIndexOf('/onnx/'));
  return [runtime, 'models/router.onnx', `models/${encoderFile}`, ...ENCODER_COMPANIONS.map((file) => `models/${folder}/${file}`)];
}
