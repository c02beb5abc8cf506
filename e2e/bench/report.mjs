const ms = (value) => (value === null || value === undefined ? '–' : value < 10 ? value.toFixed(1) : String(Math.round(value)));
const megabytes = (value) => (value / 1e6).toFixed(1);

/** @param {any} results what run.mjs measured; @returns {string} Markdown */
export function renderTable(results) {
  const { start, encode, route, graph, fit, update, plain, bytes, machine } = results;
  const rows = [
    ['first visit → first ranking, nothing cached', ms(start.firstVisit), ''],
    ['new browser process, cached → first ranking', ms(start.coldStart), `${ms(plain.firstEmbedding)} (library and model loaded, one embedding, no app)`],
    ['reload → first ranking', ms(start.reload), ''],
    ...[16, 64, 128].map((tokens) => [`encode ${tokens} tokens`, ms(encode[tokens]), ms(plain.encode[tokens])]),
    ...[16, 64, 128].map((tokens) => [`whole route, ${tokens} tokens, 8 models, no history`, ms(route[tokens]), '']),
    ...Object.keys(graph).map((name) => [`HeteroGNN, ${name}`, ms(graph[name]), '']),
    ...Object.keys(fit).filter((name) => name.includes('8 models')).map((name) => [`few-shot fit within a route, ${name}`, ms(fit[name]), '']),
    ...Object.keys(update).map((name) => [`update after a pick, ${name}`, ms(update[name]), '']),
  ];
  return [
    `Median milliseconds in ${machine.chromium} on ${machine.cores} shared cores of ${machine.cpu}, no GPU, WASM; ${machine.rounds} rounds (\`npm run bench\`).`,
    '',
    '| | Tacit | plain transformers.js + MiniLM |',
    '|---|---:|---:|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    `App shell before the first paint: ${Math.round(bytes.shellGzip / 1000)} kB gzip. Router ${megabytes(bytes.router)} MB, encoder ${megabytes(bytes.encoderWasm)} MB (WASM) or ${megabytes(bytes.encoderWebgpu)} MB (WebGPU), ONNX Runtime ${bytes.ortWasm.map(({ name, bytes: size }) => `${megabytes(size)} MB (${name.replace('ort-wasm-simd-threaded', 'ort').replace('.wasm', '')})`).join(', ')}, of which one is loaded.`,
  ].join('\n');
}
