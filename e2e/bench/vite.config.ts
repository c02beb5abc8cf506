import { join } from 'node:path';
import { defineConfig } from 'vite';

/** The two benchmark pages, built as the app is built; `models/` is served beside them. */
export default defineConfig({
  root: join(import.meta.dirname, 'page'),
  base: './',
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'] },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    outDir: join(import.meta.dirname, '../../test-results/bench-page'),
    emptyOutDir: true,
    rollupOptions: { input: ['index.html', 'plain.html'].map((name) => join(import.meta.dirname, 'page', name)) },
  },
});
