import { join } from 'node:path';
import { build } from 'vite';
import { serveFolders } from '../bench/static-server.mjs';

const ROOT = join(import.meta.dirname, '../..');

/** A page for a test of the engine alone, built as the app is built, with the shipped models beside it. */
export async function serveEnginePage(folder: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const outDir = join(ROOT, 'test-results/pages', folder.replaceAll('/', '-'));
  await build({
    configFile: false,
    root: join(ROOT, 'e2e', folder),
    base: './',
    logLevel: 'error',
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'] },
    worker: { format: 'es' },
    build: { target: 'es2023', outDir, emptyOutDir: true },
  });
  return serveFolders([
    { prefix: '/models/', folder: join(ROOT, 'models') },
    { prefix: '/', folder: outDir },
  ]);
}
