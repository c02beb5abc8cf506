import { afterEach, expect, it, vi } from 'vitest';
import { browserEnvironment } from './environment';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['http://localhost:4173/', 'granted'],
  ['http://127.0.0.1:4173/', 'granted'],
  ['https://tacit.example/', 'denied'],
])('on %s the way to this machine is %s where the browser denies it', async (href, answer) => {
  vi.stubGlobal('location', { href });
  vi.stubGlobal('navigator', { permissions: { query: async () => ({ state: 'denied' }) } });
  expect(await browserEnvironment().localNetworkPermission('loopback')).toBe(answer);
});
