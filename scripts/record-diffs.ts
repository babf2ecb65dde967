/**
 * Re-records test/recorded/diffs.json from GNU diff: `npx tsx scripts/record-diffs.ts`. Pairs of texts of few different lines, where many
 * edit scripts are equally short.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let seed = 7
const random = (below: number) => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
  return (seed >> 8) % below
}

const directory = mkdtempSync(join(tmpdir(), 'record-'))
const [oldFile, newFile] = [join(directory, 'old'), join(directory, 'new')]
const diff = (...options: string[]) =>
  spawnSync('diff', [...options, oldFile, newFile], { env: { ...process.env, LC_ALL: 'C' } }).stdout.toString()

const pairs = Array.from({ length: 80 }, (_, at) => {
  const kinds = 2 + random(at % 3 === 0 ? 40 : 6)
  const old = Array.from({ length: random(at % 5 === 0 ? 120 : 25) }, () => `l${random(kinds)}`)
  const edited = () => old.flatMap((line) => (random(5) === 0 ? [] : random(6) === 0 ? [line, `n${random(4)}`] : [line]))
  const fresh = random(2) ? edited() : Array.from({ length: random(25) }, () => `l${random(kinds)}`)
  for (const [file, lines] of [[oldFile, old], [newFile, fresh]] as const) writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
  // Without the two lines that name the files and their times.
  return { old, fresh, normal: diff(), unified: diff('-u').split('\n').slice(2).join('\n') }
})
rmSync(directory, { recursive: true })
writeFileSync(new URL('../test/recorded/diffs.json', import.meta.url), `[\n${pairs.map((pair) => JSON.stringify(pair)).join(',\n')}\n]\n`)
