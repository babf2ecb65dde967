import { defineConfig } from 'vitest/config'

/** Machines here are slow and shared: limits are there to end a hang, not to judge speed. */
const patience = { testTimeout: 120_000, hookTimeout: 300_000, expect: { poll: { timeout: 60_000 } } }

export default defineConfig({
  test: {
    reporters: ['default', './scripts/closing-line.ts'],
    maxWorkers: 2,
    projects: [
      { test: { ...patience, name: 'engine', include: ['engine/**/*.test.ts', 'components/**/*.test.ts', 'test/*.test.ts'], globalSetup: ['test/support/bring-wheels.ts'] } },
      { test: { ...patience, name: 'browser', include: ['test/browser/*.test.ts'], fileParallelism: false, globalSetup: ['test/browser/global-setup.ts'], sequence: { groupOrder: 1 } } },
    ],
  },
})
