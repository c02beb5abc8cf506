import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts', 'models/evaluate/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
    // Loading the models takes longer on a busy machine than the hooks' own ten seconds.
    hookTimeout: 180_000,
    restoreMocks: true,
  },
});
