import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with the one line that CI reads: `N passed, N failed`. A file that could not even load counts as a failure. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    let passed = 0
    let failed = errors.length
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      passed += tests.filter(test => test.result().state === 'passed').length
      failed += tests.filter(test => test.result().state === 'failed').length
      if (module.errors().length) failed++
    }
    // After the default reporter's own summary.
    process.once('exit', () => process.stdout.write(`${passed} passed, ${failed} failed\n`))
  }
}
