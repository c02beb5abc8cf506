import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * What is sent to a browser.
 * @param {string} root of the project
 * @param {readonly string[]} shell files of `dist` that a browser had loaded at its first paint
 */
export function bytesOf(root, shell) {
  const dist = join(root, 'dist');
  const gzip = (folder, path) => gzipSync(readFileSync(join(folder, path))).length;
  const size = (path) => statSync(join(root, 'models', path)).size;
  const scripts = (folder) => readdirSync(join(folder, 'assets')).filter((name) => /\.(js|mjs|css)$/.test(name)).map((name) => `assets/${name}`);
  const plain = join(root, 'test-results/bench-page');
  const { encoder } = JSON.parse(readFileSync(join(root, 'models/manifest.json'), 'utf8'));
  const forGpu = Object.entries(encoder.files).find(([dtype]) => dtype !== 'q8')?.[1] ?? encoder.files.q8;
  return {
    shellGzip: ['index.html', ...shell].reduce((sum, path) => sum + gzip(dist, path), 0),
    allScriptsGzip: scripts(dist).reduce((sum, path) => sum + gzip(dist, path), 0),
    engineWorkerGzip: scripts(dist).filter((path) => path.includes('/worker-')).reduce((sum, path) => sum + gzip(dist, path), 0),
    plainScriptsGzip: scripts(plain).filter((path) => /\/plain-/.test(path)).reduce((sum, path) => sum + gzip(plain, path), 0),
    router: size('router.onnx'),
    encoderWasm: size(encoder.files.q8),
    encoderWebgpu: size(forGpu),
    ortWasm: readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.wasm')).map((name) => ({ name: name.replace(/-[\w-]{8}\.wasm$/, '.wasm'), bytes: statSync(join(dist, 'assets', name)).size })),
  };
}
