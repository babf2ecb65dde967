/** Pages as pip reads them: scripts/record-index-pages.py says what was asked of it. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { belongsTo } from './belongs-to.ts'
import type { ProjectFile } from './package-index.ts'
import { readPage } from './read-page.ts'

interface Recorded {
  tool: string
  page: string
  cases: { type: string; text: string; files: (Pick<ProjectFile, 'url' | 'fileName' | 'hashes'> & { [Key in 'requiresPython' | 'yanked' | 'metadata']: ProjectFile[Key] | null })[] }[]
}

const recorded = JSON.parse(gunzipSync(readFileSync(new URL('../../test/recorded/index-pages.json.gz', import.meta.url))).toString()) as Recorded

/** What `fetch` cannot read is passed over here and not by pip, which quotes more than it must. */
const readable = ({ url }: { url: string }) => !/^(?:ftp|mailto):/.test(url)
const plain = (url: string) => decodeURIComponent(new URL(url).href)
const lowerCase = (hashes: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(hashes).map(([name, digest]) => [name, digest.toLowerCase()]))

test.each(['html', 'json'])(`%s pages hold what ${recorded.tool} finds in them`, kind => {
  const cases = recorded.cases.filter(({ type }) => type.includes(kind))
  expect(cases.length).toBeGreaterThan(200)
  let files = 0
  for (const { type, text, files: expected } of cases) {
    const found = readPage(new TextEncoder().encode(text), type, recorded.page, 'here').filter(({ fileName }) => belongsTo('demo', fileName))
    const shown = found.map(({ url, fileName, hashes, requiresPython, yanked, metadata }) =>
      ({ url: plain(url), fileName, hashes, requiresPython: requiresPython ?? null, yanked: yanked ?? null, metadata: metadata ?? null }))
    expect(shown, text).toEqual(expected.filter(readable).map(file => ({
      ...file, url: plain(file.url), hashes: lowerCase(file.hashes), metadata: file.metadata && lowerCase(file.metadata),
    })))
    files += expected.length
  }
  expect(files).toBeGreaterThan(500)
})
