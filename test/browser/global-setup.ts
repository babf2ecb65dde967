/** Before the browser tests: finds a Chromium once, and tells the tests where it is. */
import type { TestProject } from 'vitest/node'
import { findBrowser } from '../../scripts/find-browser.ts'

declare module 'vitest' {
  interface ProvidedContext {
    browser: string
  }
}

export default async function setup(project: TestProject) {
  project.provide('browser', await findBrowser())
}
