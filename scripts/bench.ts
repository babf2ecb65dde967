/** `npm run bench [NAME ...]`: every row of scripts/bench/, as ratios. Nothing here fails on a figure; the goals stand beside. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Row } from './bench/row.ts'
import { root } from './root.ts'

const wanted = process.argv.slice(2)
const directory = join(root, 'scripts', 'bench')
const files = (await readdir(directory)).filter(name => name.endsWith('.ts') && name !== 'row.ts').sort()
const line = (cells: string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`)

line(['what', 'ours', 'compared to', 'ratio', 'goal', ''])
line(['---', '---', '---', '---', '---', '---'])
for (const file of files) {
  if (wanted.length && !wanted.includes(file.replace(/\.ts$/, ''))) continue
  const { rows } = (await import(pathToFileURL(join(directory, file)).href)) as { rows: () => AsyncIterable<Row> }
  for await (const { what, ours, theirs, unit, ratio, goal, note } of rows())
    line([what, `${ours.toPrecision(4)} ${unit}`, theirs === undefined ? '' : `${theirs.toPrecision(4)} ${unit}`, ratio?.toFixed(2) ?? '', goal === 'report' ? goal : `<= ${goal}`, note ?? ''])
}
