import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { cosine } from '../src/engine/self-check';
import type { DeviceReport } from './parity/report';
import { serveEnginePage } from './support/engine-site';

/**
 * The shipped models in a real browser, on both devices: PyTorch's own outputs for the router, full-precision embeddings for the encoder.
 * The GPU is Chromium's in software (SwiftShader), which computes as a GPU does and compiles each shader for seconds; so there are few runs.
 */
const ROUTER_TOLERANCE = 1e-4;
/** int8 on the CPU and 16-bit weights on the GPU, each to full precision and to each other. */
const LEAST_COSINE = 0.99;
const TEXTS = ['short question'];
/** Scores are logits; the two encoders' difference is all that may lie between them. */
const SCORE_TOLERANCE = 0.1;

let site: Awaited<ReturnType<typeof serveEnginePage>>;
test.describe.configure({ mode: 'serial', timeout: 300_000 });
test.beforeAll(async () => {
  site = await serveEnginePage('parity/page');
});
test.afterAll(() => site.close());

test.beforeEach(async ({ page }) => {
  await page.goto(site.url);
  await expect.poll(() => page.evaluate(() => 'parityPage' in window)).toBe(true);
});

const reports = new Map<string, DeviceReport>();

for (const provider of ['wasm', 'webgpu'] as const) {
  test(`on ${provider} the browser gives what PyTorch gave`, async ({ page }) => {
    const report = await page.evaluate(([device, texts]) => window.parityPage.parity({ provider: device, texts }), [provider, TEXTS] as const);
    reports.set(provider, report);
    expect(report.provider).toBe(provider);
    expect(Object.keys(report.routerErrors).toSorted()).toEqual(['batch', 'padded', 'small']);
    for (const [name, error] of Object.entries(report.routerErrors)) expect(error, `router, case ${name}`).toBeLessThanOrEqual(ROUTER_TOLERANCE);
    expect(report.encoder.map(({ name }) => name)).toEqual(TEXTS);
    for (const { name, cosine: found } of report.encoder) expect(found, `encoder, case ${name}`).toBeGreaterThanOrEqual(LEAST_COSINE);
  });
}

test('the encoders of both devices agree', () => {
  const [cpu, gpu] = [reports.get('wasm')?.encoder ?? [], reports.get('webgpu')?.encoder ?? []];
  expect(cpu).toHaveLength(TEXTS.length);
  cpu.forEach(({ name, embedding }, index) => expect(cosine(embedding, gpu[index]?.embedding ?? []), name).toBeGreaterThanOrEqual(LEAST_COSINE));
});

test('the app’s own worker routes alike on both devices', async ({ page }) => {
  const [cpu, gpu] = [await routeOn(page, 'wasm'), await routeOn(page, 'webgpu')];
  expect([cpu.device, gpu.device]).toEqual(['wasm', 'webgpu']);
  expect(Math.max(...cpu.scores) - Math.min(...cpu.scores)).toBeGreaterThan(SCORE_TOLERANCE);
  cpu.scores.forEach((score, index) => expect(Math.abs(score - (gpu.scores[index] ?? NaN)), `model ${index}`).toBeLessThan(SCORE_TOLERANCE));
});

function routeOn(page: Page, device: 'wasm' | 'webgpu') {
  return page.evaluate((on) => window.parityPage.route(on, 'Why is the sky blue, and the sunset red?'), device);
}
