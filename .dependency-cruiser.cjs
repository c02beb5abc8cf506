/** The layers of the house, as rules: see "Architecture" in README.md. */
const only = (name, from, to, comment) => ({ name, comment, severity: 'error', from: { path: from, pathNot: '\\.test\\.tsx?$' }, to });

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('core-is-pure', '^src/core', { pathNot: ['^src/core', 'node_modules/valibot'] }, 'core knows no platform; valibot parses what comes from outside'),
    only('protocol-on-core', '^src/protocol', { pathNot: ['^src/(core|protocol)'] }),
    only('engine-layer', '^src/engine', { path: '^src/(?!core|protocol|engine)' }),
    only('local-llm-layer', '^src/local-llm', { path: '^src/(?!core|protocol|local-llm|engine/(runtime|wasm-builds|serial-queue)\\.ts)' }, 'the worker of downloaded models shares the choice of a runtime build with the engine'),
    only('ort-only-in-workers', '^src/(?!engine|local-llm)', { path: 'node_modules/(onnxruntime-web|@xenova/transformers|@huggingface)' }),
    only('providers-layer', '^src/providers', { path: '^src/(?!core|providers)' }),
    only('ai-sdk-only-in-providers', '^src/(?!providers)', { path: 'node_modules/(ai|@ai-sdk)/' }),
    only('storage-layer', '^src/storage', { path: '^src/(?!core|storage)' }),
    only('dexie-only-in-storage', '^src/(?!storage)', { path: 'node_modules/dexie' }),
    only('exchange-layer', '^src/exchange', { path: '^src/(?!core|exchange)' }, 'other apps\' exports to core types, in a worker of its own'),
    only('search-layer', '^src/search', { path: '^src/(?!core|storage|search)' }),
    only('content-layer', '^src/content', { path: '^src/(?!core|content)' }),
    only('app-stays-out-of-the-engine', '^src/app', { path: '^src/(engine|local-llm|sw|search/worker)', pathNot: '^src/(engine|local-llm)/worker\\.ts' }, 'the app only names the worker entry to start it'),
    {
      name: 'features-are-strangers',
      severity: 'error',
      from: { path: '^src/app/features/([^/]+)/' },
      to: { path: '^src/app/features/', pathNot: '^src/app/features/$1/' },
    },
    only('ui-knows-no-feature', '^src/app/ui', { path: '^src/app/(features|store)' }),
    only('nothing-from-tests', '^src', { path: '^(e2e|scripts|models)/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tests.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['onnxruntime-web-use-extern-wasm', 'import', 'module', 'browser', 'types', 'default'] },
  },
};
