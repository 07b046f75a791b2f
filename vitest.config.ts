import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,services,infra}/**/src/**/*.test.ts', 'test/**/*.test.ts'],
    // Files that start servers take cores and ports: two at a time keep a small machine responsive.
    maxWorkers: 2,
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 180_000,
    passWithNoTests: false,
    allowOnly: false,
    sequence: { shuffle: false },
  },
});
