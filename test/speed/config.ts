import { defineConfig } from 'vitest/config'

/** `npm run speed`: how fast pages are when there are many cases. Not part of the tests: it is slow. */
export default defineConfig({
  test: {
    include: ['test/speed/*.speed.ts'],
    globalSetup: ['test/support/postgres.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 1,
    disableConsoleIntercept: true,
  },
})
