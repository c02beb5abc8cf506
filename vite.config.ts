import { cpSync, createReadStream, existsSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** What the app loads at run time, relative to `models/`; the trainer beside it stays home. */
const SHIPPED_MODELS = ['manifest.json', 'fingerprints.json', 'parity.json', 'router.onnx', 'encoder'];

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.onnx': 'application/octet-stream',
  '.txt': 'text/plain',
};

/** Serves `models/` in development and copies it into the build. */
function shippedModels(): Plugin {
  const root = join(import.meta.dirname, 'models');
  return {
    name: 'tacit-models',
    configureServer(server) {
      server.middlewares.use('/models', (request, response, next) => {
        const path = normalize(decodeURIComponent((request.url ?? '').split('?')[0] ?? '')).replace(/^\/+/, '');
        const file = join(root, path);
        const shipped = SHIPPED_MODELS.some((name) => path === name || path.startsWith(`${name}/`));
        if (!shipped || !existsSync(file) || !statSync(file).isFile()) return next();
        response.setHeader('Content-Type', CONTENT_TYPES[extname(file)] ?? 'application/octet-stream');
        createReadStream(file).pipe(response);
      });
    },
    writeBundle(options) {
      const target = join(options.dir ?? 'dist', 'models');
      for (const name of SHIPPED_MODELS) {
        const source = join(root, name);
        if (!existsSync(source)) this.error(`models/${name} is missing: it is committed, so restore it from the repository`);
        cpSync(source, join(target, name), { recursive: true });
      }
    },
  };
}

/**
 * A reply shown by this app is hostile input, and the keys live on this origin: only our own scripts run, and a page can load nothing
 * from elsewhere. `connect-src` is open because the user may name any provider.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "frame-src 'none'",
  "connect-src 'self' https: http: blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function contentSecurityPolicy(): Plugin {
  return {
    name: 'tacit-csp',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY }, injectTo: 'head-prepend' },
    ],
  };
}

/**
 * What draws diagrams is large and rarely needed: its chunks have a folder of their own, so that the service worker fetches them when they are
 * first used and not at install.
 */
function chunkFileNames({ moduleIds }: { readonly moduleIds: readonly string[] }): string {
  const isDiagram = moduleIds.length > 0 && moduleIds.every((id) => DIAGRAM_PACKAGES.test(id));
  return isDiagram ? 'assets/diagram/[name]-[hash].js' : 'assets/[name]-[hash].js';
}

const DIAGRAM_PACKAGES =
  /node_modules\/(?:@?mermaid|@braintree|@chevrotain|@iconify|@upsetjs|cose-base|cytoscape|d3|dagre|delaunator|dayjs|dompurify|es-toolkit|internmap|khroma|langium|layout-base|lodash-es|marked|robust-predicates|roughjs|stylis|ts-dedent|uuid|vscode)/;

export default defineConfig({
  base: './',
  plugins: [
    react(),
    shippedModels(),
    contentSecurityPolicy(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: {
        id: './',
        name: 'Tacit',
        short_name: 'Tacit',
        description: 'A private chat that picks, among the models you have, the one you will like best.',
        start_url: './',
        scope: './',
        display: 'standalone',
        background_color: '#f6f7f4',
        theme_color: '#f6f7f4',
        categories: ['productivity', 'utilities'],
        icons: [
          { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      injectManifest: {
        // The service worker divides the list: the shell is precached, models and wasm are cached on first use or when asked to.
        globPatterns: ['**/*.{js,mjs,css,html,svg,png,wasm,woff2}', 'models/**/*.{json,onnx}'],
        globIgnores: ['**/*.map'],
        maximumFileSizeToCacheInBytes: 64 * 1024 * 1024,
        rollupFormat: 'iife',
      },
    }),
  ],
  resolve: {
    // Without the condition, ORT's threads start the app's own worker chunk and deadlock.
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
  optimizeDeps: { exclude: ['onnxruntime-web', '@xenova/transformers'] },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    sourcemap: true,
    chunkSizeWarningLimit: 700,
    rollupOptions: { output: { chunkFileNames } },
  },
  server: { port: 5173 },
  preview: { port: 4173, strictPort: true },
});
