import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** What scripts/record-packaging-files.py recorded; its functions say what each case is. Tags are one text with `|` between them. */
export interface RecordedPackaging {
  'wheel-names': ([name: string, error: string] | [name: string, project: string, version: string, build: [] | [string, string], tags: string])[]
  'tag-texts': ([text: string, tags: string] | [text: string, tags: null, error: string])[]
  platforms: [description: [string, ...unknown[]], platforms: string[]][]
  abis: [version: [number, number], build: Record<string, boolean>, abis: string[]][]
  ranked: [kind: 'cpython' | 'generic', version: [number, number?], abis: string[], place: [string, ...unknown[]], tags: string][]
  abbreviated: ([text: string, error: string] | [text: string, tag: string, markers: Record<string, string>, tags: string])[]
  records: [rows: [string, string, string][], unix: string, dos: string, text: string, read: string[][]][]
  metadata: [file: string, raw: Record<string, unknown>, unparsed: Record<string, string[]>][]
  'entry-points': [files: [text: string, points: [string, string, string][] | null][], values: [value: string, target: [string, string[], string[]] | null][]]
  scripts: ([text: string, blocks: number, content: null] | [text: string, blocks: 1, content: string, table?: unknown])[]
  locks: [text: string, tableOrError: unknown][]
}

/** The cases of one kind. */
export function recordedPackaging<Kind extends keyof RecordedPackaging>(kind: Kind): RecordedPackaging[Kind] {
  const file = new URL(`../recorded/packaging-${kind}.json.gz`, import.meta.url)
  return (JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { cases: RecordedPackaging[Kind] }).cases
}
