/**
 * `npm run bench [-- --rounds N] [--only router|chat] [--no-readme]`: the built app and its engine in a real Chromium, beside plain transformers.js with the
 * same encoder, and the chat with thousands of chats in it.
 *
 * Expected: about four minutes on two quiet cores. Writes e2e/bench/results.json and the table between the marks in README.md.
 * Machines differ and are noisy, so every time stands beside that of plain transformers.js, measured alternately in the same run:
 * read the ratio.
 */
import { execSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bytesOf } from './bytes.mjs';
import { chatTimes, CHATS, LONG_CHAT_TURNS } from './chat.mjs';
import { renderChatTable, renderTable } from './report.mjs';
import { CHROMIUM, runStages, startTimes } from './measure.mjs';
import { serveFolders } from './static-server.mjs';

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string', default: '5' }, readme: { type: 'boolean', default: true }, build: { type: 'boolean', default: true } }, allowNegative: true });
const rounds = Number(values.rounds);

const say = (text) => process.stderr.write(`${text}\n`);

/** Of all samples; the tenth and ninetieth percentile show how noisy the machine was. */
function summary(samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share) => Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(2));
  return { median: at(0.5), p10: at(0.1), p90: at(0.9), samples: sorted.length };
}

/** @param {Record<string, number[]>[]} runs one a round; the samples of all rounds are put together */
function summaries(runs) {
  return Object.fromEntries(Object.keys(runs[0] ?? {}).map((name) => [name, summary(runs.flatMap((run) => run[name] ?? []))]));
}

function build() {
  say('building');
  const quiet = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] };
  execSync('npm run --silent build', quiet);
  execSync('npx vite build --config e2e/bench/vite.config.ts', quiet);
}

async function measureRouter() {
  const app = await serveFolders([{ prefix: '/', folder: join(root, 'dist') }]);
  const pages = await serveFolders([{ prefix: '/models/', folder: join(root, 'models') }, { prefix: '/', folder: join(root, 'test-results/bench-page') }], { isolated: true });
  const starts = [];
  const stages = [];
  for (let round = 1; round <= rounds; round += 1) {
    say(`router, round ${round} of ${rounds}`);
    starts.push(await startTimes(app.url, `${pages.url}/plain.html`));
    stages.push(await runStages(`${pages.url}/index.html`));
  }
  await Promise.all([app.close(), pages.close()]);
  const [first] = stages;
  return {
    rounds,
    threads: first.threads,
    engine: first.status,
    unit: 'milliseconds',
    start: summaries(starts.map(({ tacit }) => tacit)),
    plainStart: summaries(starts.map(({ plain }) => plain)),
    ...Object.fromEntries(['encode', 'plainEncode', 'route', 'graph', 'fit', 'update'].map((stage) => [stage, summaries(stages.map((run) => run[stage]))])),
    bytes: bytesOf(root, starts[0].shell),
  };
}

async function measureChat() {
  const app = await serveFolders([{ prefix: '/', folder: join(root, 'dist') }]);
  const runs = [];
  for (let round = 1; round <= rounds; round += 1) {
    say(`chat, round ${round} of ${rounds}`);
    runs.push(await chatTimes(app.url.replace(/\/$/, '')));
  }
  await app.close();
  return { chat: { rounds, chats: CHATS, longChatMessages: 2 * LONG_CHAT_TURNS, ...summaries(runs) } };
}

if (values.only !== undefined && values.only !== 'router' && values.only !== 'chat') throw new Error(`--only is router or chat, not ${values.only}`);
if (values.build) build();
const path = join(import.meta.dirname, 'results.json');
const results = {
  // What is not measured this time stays as it was.
  ...(existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}),
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, chromium: execSync(`${CHROMIUM} --version 2>/dev/null`).toString().trim() },
  ...(values.only === 'chat' ? {} : await measureRouter()),
  ...(values.only === 'router' ? {} : await measureChat()),
};
writeFileSync(path, `${JSON.stringify(results, null, 1)}\n`);
const table = [renderTable(results), renderChatTable(results)].filter(Boolean).join('\n\n');
say(`\n${table}`);
if (values.readme) {
  const readme = join(root, 'README.md');
  const marks = /(<!-- bench:start -->\n)[\s\S]*?(<!-- bench:end -->)/;
  writeFileSync(readme, readFileSync(readme, 'utf8').replace(marks, (_, before, after) => `${before}${table}\n${after}`));
}
