const ms = (figure) => (figure === undefined ? '–' : figure.median < 10 ? figure.median.toFixed(1) : String(Math.round(figure.median)));
const ratio = (own, plain) => (own === undefined || plain === undefined ? '' : (own.median / plain.median).toFixed(2));
const megabytes = (value) => (value / 1e6).toFixed(1);
const kilobytes = (value) => Math.round(value / 1000);
const count = (number) => Number(number).toLocaleString('en');

/** @param {any} results what run.mjs measured; @returns {string} Markdown */
export function renderTable(results) {
  const { start, plainStart, encode, plainEncode, route, graph, fit, update, bytes, machine, rounds, threads } = results;
  const beside = (label, own, plain) => [label, ms(own), ms(plain), ratio(own, plain)];
  const alone = (label, own) => [label, ms(own), '', ''];
  const rows = [
    beside('first visit → first result', start.firstVisit, plainStart.firstVisit),
    beside('new browser process, all cached → first result', start.coldStart, plainStart.coldStart),
    beside('reload → first result', start.reload, plainStart.reload),
    ...Object.keys(encode).map((tokens) => beside(`encode ${tokens} tokens`, encode[tokens], plainEncode[tokens])),
    ...Object.keys(route).map((tokens) => beside(`whole route as the page sees it, ${tokens} tokens, 8 models, 20 picks`, route[tokens], plainEncode[tokens])),
    ...Object.keys(graph).map((name) => alone(`HeteroGNN, ${sizes(name)}`, graph[name])),
    ...Object.keys(fit).map((name) => alone(`fit and decision, ${sizes(name)}`, fit[name])),
    ...Object.keys(update).map((picks) => alone(`update after a pick as the page sees it, ${picks} picks before`, update[picks])),
  ];
  return [
    `Median milliseconds of ${rounds} rounds in ${machine.chromium} on ${machine.cores} shared cores (${machine.cpu}), no GPU: WASM on ${threads} threads, the same for both, called in turn. \`npm run bench\` writes this table and [all figures](e2e/bench/results.json).`,
    '',
    '| | Tacit | plain transformers.js + MiniLM | ratio |',
    '|---|---:|---:|---:|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    `“First result” is a ranking of models for a typed prompt, in the whole app, against one encoded sentence, in an empty page. Of a long history the newest 512 picks enter the graph.`,
    '',
    `Scripts and styles before the first paint: ${kilobytes(bytes.shellGzip)} kB gzip; the engine's worker ${kilobytes(bytes.engineWorkerGzip)} kB (plain transformers.js: ${kilobytes(bytes.plainScriptsGzip)} kB). Router ${megabytes(bytes.router)} MB, encoder ${megabytes(bytes.encoderWasm)} MB (WASM) or ${megabytes(bytes.encoderWebgpu)} MB (WebGPU), ONNX Runtime ${bytes.ortWasm.map(({ name, bytes: size }) => `${megabytes(size)} MB (${name.replace('ort-wasm-simd-threaded', 'ort').replace('.wasm', '')})`).join(', ')}, of which one is loaded.`,
  ].join('\n');
}

/** @param {any} results; @returns {string} Markdown; '' where the chat was never measured */
export function renderChatTable({ chat }) {
  if (chat === undefined) return '';
  const row = (label, figure) => `| ${label} | ${ms(figure)} | ${figure.p90 < 10 ? figure.p90.toFixed(1) : Math.round(figure.p90)} |`;
  return [
    `The chat with ${count(chat.chats)} chats in it and one more of ${count(chat.longChatMessages)} messages, ${chat.rounds} rounds, in milliseconds:`,
    '',
    '| | median | 90 % within |',
    '|---|---:|---:|',
    row('opening the app → the list of chats', chat.openApp),
    row('opening the long chat → its newest answer', chat.openLongChat),
    row('a key typed while an answer streams → the frame after it', chat.typing),
    row('frame to frame, scrolling the long chat by most of a screen each frame', chat.threadFrames),
    row('the same in the list of chats', chat.historyFrames),
    row('searching all chats, from the key to the results, 90 ms of waiting for the next key included', chat.search),
  ].join('\n');
}

/** `256/8` */
function sizes(name) {
  const [picks, models] = name.split('/');
  return `${count(picks)} picks, ${models} models`;
}
