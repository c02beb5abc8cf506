/**
 * `npm run bench [-- --rounds N]`: the built app and its engine in a real Chromium, beside plain transformers.js with the same encoder.
 *
 * Expected: about six minutes on two cores. Writes e2e/bench/results.json and the table between the marks in README.md.
 * Machines differ and are noisy, so every time stands beside that of plain transformers.js, measured alternately in the same run:
 * read the ratio.
 */
import { execSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { renderTable } from './report.mjs';
import { serveFolders } from './static-server.mjs';

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, readme: { type: 'boolean', default: true } }, allowNegative: true });
const rounds = Number(values.rounds);
const launch = { executablePath: findChromium(), args: ['--no-sandbox', '--enable-unsafe-webgpu', '--disable-background-networking'] };

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? null;
const say = (text) => process.stderr.write(`${text}\n`);

async function inFreshProfile(work) {
  const profile = mkdtempSync(join(tmpdir(), 'tacit-bench-'));
  try {
    return await work(profile);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

async function withBrowser(profile, work) {
  const context = await chromium.launchPersistentContext(profile, { ...launch, headless: true });
  try {
    return await work(context.pages()[0] ?? (await context.newPage()));
  } finally {
    await context.close();
  }
}

/** Page load → a ranking for a typed prompt is on screen, without any provider. */
async function firstRoutedQuery(page, url, navigate) {
  const started = performance.now();
  await navigate(page, url);
  const composer = page.getByPlaceholder('Ask anything');
  await composer.fill(`What should I cook tonight with rice and eggs? ${Math.random()}`);
  await page.getByRole('list', { name: /ranking/i }).first().waitFor({ timeout: 120_000 });
  return performance.now() - started;
}

const go = (page, url) => page.goto(url);
const reload = (page) => page.reload();

/** First visit, a new browser process with everything cached, and a reload. */
async function startTimes(url) {
  const times = { firstVisit: [], coldStart: [], reload: [] };
  for (let round = 0; round < rounds; round++) {
    say(`start, round ${round + 1} of ${rounds}`);
    await inFreshProfile(async (profile) => {
      await withBrowser(profile, async (page) => {
        times.firstVisit.push(await firstRoutedQuery(page, url, go));
        await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 120_000 });
        await page.reload();
        await page.waitForTimeout(15_000);
      });
      await withBrowser(profile, async (page) => {
        times.coldStart.push(await firstRoutedQuery(page, url, go));
        times.reload.push(await firstRoutedQuery(page, url, reload));
      });
    });
  }
  return times;
}

async function runPage(url) {
  return inFreshProfile((profile) =>
    withBrowser(profile, async (page) => {
      page.setDefaultTimeout(600_000);
      await page.goto(url);
      return page.evaluate(() => window.benchmark);
    }),
  );
}

function merge(runs, pick) {
  const names = Object.keys(pick(runs[0]));
  return Object.fromEntries(names.map((name) => [name, median(runs.flatMap((run) => pick(run)[name]))]));
}

/** The scripts and styles that index.html names: what is read before the first paint. */
function bytes() {
  const dist = join(root, 'dist');
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const shell = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]);
  const gzip = (path) => gzipSync(readFileSync(join(dist, path))).length;
  const scripts = readdirSync(join(dist, 'assets')).filter((name) => /\.(js|mjs|css)$/.test(name)).map((name) => `assets/${name}`);
  const size = (path) => statSync(join(root, 'models', path)).size;
  const manifest = JSON.parse(readFileSync(join(root, 'models/manifest.json'), 'utf8'));
  return {
    shellGzip: ['index.html', ...new Set(shell)].reduce((sum, path) => sum + gzip(path), 0),
    allScriptsGzip: scripts.reduce((sum, path) => sum + gzip(path), 0),
    encoderWasm: size(manifest.encoder.files.q8),
    encoderWebgpu: size(Object.entries(manifest.encoder.files).find(([dtype]) => dtype !== 'q8')?.[1] ?? manifest.encoder.files.q8),
    router: size('router.onnx'),
    ortWasm: readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.wasm')).map((name) => ({ name: name.replace(/-[\w-]{8}\.wasm$/, '.wasm'), bytes: statSync(join(dist, 'assets', name)).size })),
  };
}

async function main() {
  say('building');
  execSync('npm run --silent build', { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  execSync('npx vite build --config e2e/bench/vite.config.ts', { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const app = await serveFolders([{ prefix: '/', folder: join(root, 'dist') }]);
  const pages = await serveFolders([{ prefix: '/models/', folder: join(root, 'models') }, { prefix: '/', folder: join(root, 'test-results/bench-page') }]);
  const start = await startTimes(app.url);
  const tacit = [];
  const plain = [];
  for (let round = 0; round < rounds; round++) {
    say(`stages, round ${round + 1} of ${rounds}`);
    plain.push(await runPage(`${pages.url}/plain.html`));
    tacit.push(await runPage(`${pages.url}/index.html`));
  }
  await Promise.all([app.close(), pages.close()]);
  const results = {
    machine: { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, chromium: execSync(`${launch.executablePath} --version 2>/dev/null`).toString().trim(), rounds },
    unit: 'median milliseconds',
    start: Object.fromEntries(Object.entries(start).map(([name, times]) => [name, median(times)])),
    engine: tacit[0].status,
    encode: merge(tacit, (run) => run.encode),
    route: merge(tacit, (run) => run.route),
    graph: merge(tacit, (run) => run.graph),
    fit: merge(tacit, (run) => run.fit),
    update: merge(tacit, (run) => run.update),
    plain: { firstEmbedding: median(plain.map((run) => run.firstEmbeddingMs)), encode: merge(plain, (run) => run.encode) },
    bytes: bytes(),
  };
  writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 1)}\n`);
  const table = renderTable(results);
  say(`\n${table}`);
  if (values.readme) {
    const path = join(root, 'README.md');
    const marks = /(<!-- bench:start -->\n)[\s\S]*?(<!-- bench:end -->)/;
    writeFileSync(path, readFileSync(path, 'utf8').replace(marks, (_, before, after) => `${before}${table}\n${after}`));
  }
}

await main();
