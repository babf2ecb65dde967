/**
 * Resolves requirements among the wheels of a directory and prints pins: what `npm run bench resolver` times as a process.
 * Usage: node BUNDLE TARGET.json DIRECTORY REQUIREMENT ...
 */
import { readFileSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { createIndex } from '../engine/index/create-index.ts'
import { parseRequirement } from '../engine/packaging/requirement.ts'
import { parseCompletePlatform } from '../engine/packaging/target.ts'
import { formatVersion } from '../engine/packaging/version.ts'
import { resolve } from '../engine/resolver/resolve.ts'

const [target = '', directory = '', ...requirements] = process.argv.slice(2)
const files = { listDirectory: (path: string) => readdir(path), readFile: (path: string) => readFile(path) }
const index = createIndex({ indexUrls: [], findLinks: [directory] }, { fetch, files })
const began = performance.now()
const [resolution] = await resolve(index, [parseCompletePlatform(readFileSync(target, 'utf8'))], {
  roots: requirements.map(text => ({ requirement: parseRequirement(text), from: undefined, hashes: [] })),
  constraints: [], overrides: [], excludes: [], prereleases: false, transitive: true, method: 'backtracking',
})
const { distributions = [], rounds, fetches } = resolution ?? {}
const pins = distributions.map(({ name, version }) => `${name}==${formatVersion(version)}`)
process.stdout.write(`${JSON.stringify({ milliseconds: performance.now() - began, rounds, fetches, pins })}\n`)
