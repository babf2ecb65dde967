/** The order in which pip finds files: scripts/record-index-order.py says what was asked of it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createIndex } from './create-index.ts'

interface Recorded {
  tool: string
  tree: Record<string, string>
  cases: { findLinks: string[]; indexUrls: string[]; files: string[] }[]
}
const { tool, tree, cases } = JSON.parse(readFileSync(new URL('../../test/recorded/index-order.json', import.meta.url), 'utf8')) as Recorded

const files = {
  async listDirectory(path: string) {
    const names = Object.keys(tree).filter(key => key.startsWith(`${path}/`)).map(key => key.slice(path.length + 1).split('/')[0]!)
    return names.length > 0 ? [...new Set(names)].reverse() : undefined
  },
  async readFile(path: string) {
    const text = tree[path]
    return text === undefined ? undefined : new TextEncoder().encode(text)
  },
}

test(`${cases.length} sets of places give files in the order of ${tool}`, async () => {
  expect(cases.length).toBeGreaterThan(50)
  for (const { findLinks, indexUrls, files: expected } of cases) {
    const index = createIndex({ findLinks, indexUrls }, { fetch, files })
    const found = await index.project('demo') ?? []
    expect(found.map(({ url }) => url.replace(/^file:\/\//, '')), JSON.stringify({ findLinks, indexUrls })).toEqual(expected)
  }
})
