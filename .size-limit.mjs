import { readdirSync, readFileSync } from 'node:fs';

/**
 * What a browser loads before the first paint: the page, what it names, and the chat with everything both import statically.
 * Read from the build, since names and cuts of the chunks change.
 */
function shell() {
  const page = readFileSync('dist/index.html', 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file);
  const assets = readdirSync('dist/assets').filter((file) => /^ChatPage-.*\.(js|css)$/.test(file));
  const files = new Set();
  const visit = (file) => {
    if (files.has(file)) return;
    files.add(file);
    if (!file.endsWith('.js')) return;
    const code = readFileSync(`dist/${file}`, 'utf8');
    for (const [, name] of code.matchAll(/(?:import|export)[^()'"`;]*?["']\.\/([^"']+\.js)["']/g)) visit(`assets/${name}`);
  };
  for (const file of [...named, ...assets.map((file) => `assets/${file}`)]) visit(file);
  return ['dist/index.html', ...[...files].map((file) => `dist/${file}`)];
}

/** Every worker's chunk is called worker: the one whose code holds a text. */
function workerWith(text) {
  return readdirSync('dist/assets').filter((file) => /^worker-.*\.js$/.test(file) && readFileSync(`dist/assets/${file}`, 'utf8').includes(text)).map((file) => `dist/assets/${file}`);
}

export default [
  { name: 'app shell, before the first paint', path: shell(), gzip: true, limit: '250 kB' },
  { name: 'engine worker', path: workerWith('router.onnx'), gzip: true, limit: '200 kB' },
  { name: 'router', path: 'dist/models/router.onnx', gzip: false, brotli: false, limit: '3 MB' },
  { name: 'encoder for WASM', path: 'dist/models/encoder/all-MiniLM-L6-v2/onnx/model_quantized.onnx', gzip: false, brotli: false, limit: '25 MB' },
  { name: 'encoder for WebGPU', path: 'dist/models/encoder/all-MiniLM-L6-v2/onnx/model_fp16w.onnx', gzip: false, brotli: false, limit: '36 MB' },
];
