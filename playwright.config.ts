import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/find-chromium.mjs';

/** `TACIT_E2E_PORT` lets two working copies on one machine run side by side, each against its own build. */
const PORT = Number(process.env.TACIT_E2E_PORT ?? 4174);

/** `--enable-unsafe-webgpu` gives headless Chromium a SwiftShader adapter; the app treats it as no GPU unless a test says otherwise. */
const launchOptions = { executablePath: findChromium(), args: ['--no-sandbox', '--enable-unsafe-webgpu', '--disable-background-networking'] };

export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.spec.ts',
  outputDir: './test-results',
  snapshotPathTemplate: 'e2e/screenshots/{arg}{ext}',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 2,
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: { baseURL: `http://localhost:${PORT}`, trace: 'on-first-retry', screenshot: 'only-on-failure' },
  webServer: { command: `npx vite preview --port ${PORT} --strictPort`, port: PORT, reuseExistingServer: !process.env.CI, stdout: 'ignore' },
  projects: [
    { name: 'desktop', testIgnore: '**/*.phone.spec.ts', use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 }, launchOptions } },
    { name: 'phone', testMatch: '**/*.phone.spec.ts', use: { ...devices['Pixel 7'], launchOptions } },
  ],
});
