import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inEnglish } from '../../src/core/__fixtures__/in-english';
import { build } from 'vite';
import { findChromium } from '../../scripts/find-chromium.mjs';
import type { PageReading } from './page-entry';
import { startReplayServer, type ReplayFailure, type ReplayServer } from './index.mjs';

/** What only a browser shows: preflights, opaque failures, cross-origin isolation. The providers run in a page of another origin. */

const ENTRY = fileURLToPath(new URL('./page-entry.ts', import.meta.url));
const PATHS = { 'openai-compatible': '/v1', anthropic: '/anthropic/v1', google: '/google/v1beta' };

let folder: string;
let pages: Server;
let origin: string;
let browser: Browser;
let server: ReplayServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'providers-page-'));
  await build({ configFile: false, logLevel: 'error', build: { outDir: folder, emptyOutDir: true, minify: false, lib: { entry: ENTRY, formats: ['es'], fileName: 'entry' } } });
  pages = createServer((request, response) => void servePage(request.url ?? '/', response));
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  const address = pages.address();
  origin = `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
  server = await startReplayServer({ msPerChunk: 1 });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  pages?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  server.control.reset();
  server.control.clearLog();
});

/** `/isolated` is cross-origin isolated, `/` is not. */
async function servePage(path: string, response: ServerResponse): Promise<void> {
  const isolation = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };
  if (extname(path) === '.js') {
    response.writeHead(200, { 'content-type': 'text/javascript' });
    return void response.end(await readFile(join(folder, path)));
  }
  response.writeHead(200, { 'content-type': 'text/html', ...(path === '/isolated' ? isolation : {}) });
  response.end('<!doctype html><title>page</title><script type="module" src="/entry.js"></script>');
}

const opened = new Map<string, Promise<Page>>();

/** One page a path serves all tests: the providers keep no state between answers. */
function pageAt(path: string): Promise<Page> {
  const page = opened.get(path) ?? openPage(path);
  opened.set(path, page);
  return page;
}

async function openPage(path: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(origin + path);
  await page.waitForFunction(() => 'ask' in window);
  return page;
}

type Kind = keyof typeof PATHS;

async function ask(kind: Kind, failure: ReplayFailure | null, { path = '/', url = server.url } = {}): Promise<PageReading> {
  if (failure !== null) server.control.fail({ failure, endpoint: failure.kind === 'no_cors' ? 'any' : 'chat' });
  const page = await pageAt(path);
  return page.evaluate(([kind, baseUrl]) => window.ask(kind, baseUrl), [kind, url + PATHS[kind]] as const);
}

describe.each(['openai-compatible', 'anthropic', 'google'] as const)('%s from a page', (kind) => {
  it('streams, without a header of the SDK, a cookie or a referrer', async () => {
    const { text, error } = await ask(kind, null);
    expect([text, error]).toEqual([expect.stringMatching(/^Air scatters blue .*direction\.$/), null]);
    const [request] = server.control.log();
    expect(request?.headers['user-agent']).toMatch(/Mozilla/);
    expect(JSON.stringify(request?.headers)).not.toContain('ai-sdk');
    expect(request?.headers['origin']).toBe(origin);
    expect(request?.headers['cookie'] ?? request?.headers['referer']).toBeUndefined();
  });

  it('reads the status and the waiting time of a rate limit', async () => {
    expect((await ask(kind, { kind: 'status', status: 429, retryAfterSeconds: 9 })).error).toEqual({ kind: 'rate_limited', retryAfterSeconds: 9 });
  });

  it('keeps the text of a connection that dies', async () => {
    const { text, error } = await ask(kind, { kind: 'die', afterChunks: 4 });
    expect([text, error?.kind]).toEqual(['Air scatters blue light ', 'stream_cut']);
  });
});

describe('opaque failures', () => {
  it('a hidden 401 is told apart from a dead server', async () => {
    const { error, description } = await ask('openai-compatible', { kind: 'opaque_401' });
    expect(inEnglish(error)).toMatchObject({ kind: 'cors_or_network', local: true, detail: expect.stringContaining('CORS') });
    expect(description?.title).toBe('Example is running but does not allow this page.');
  });

  it('a server without CORS is told apart from a dead one, with this page in the advice', async () => {
    const { error, description } = await ask('openai-compatible', { kind: 'no_cors' });
    expect(inEnglish(error)).toMatchObject({ kind: 'cors_or_network', detail: expect.stringContaining('CORS') });
    expect(description?.advice).toContain(origin);
  });

  it('a dead server is unreachable', async () => {
    const gone = await startReplayServer();
    await gone.close();
    expect((await ask('openai-compatible', null, { url: gone.url })).error).toMatchObject({ kind: 'unreachable', local: true });
  });

  it('under require-corp streams work, and the two stay one case that names both causes', async () => {
    const path = '/isolated';
    expect((await ask('openai-compatible', null, { path })).error).toBeNull();
    const { error, description } = await ask('openai-compatible', { kind: 'no_cors' }, { path });
    expect(error).toMatchObject({ kind: 'cors_or_network', local: true });
    expect(description?.advice).toMatch(/Start the server[\s\S]*CORS/);
  });
});
