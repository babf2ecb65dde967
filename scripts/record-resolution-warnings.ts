/**
 * Records pip's warnings about what it chooses (test/support/odd-choices.ts) into test/recorded/resolution-warnings.json, the place of the files
 * replaced by https://index.test/. Usage: tsx scripts/record-resolution-warnings.ts PATH_OF_PYTHON (its pip is recorded; before 23.3 pip did not normalise extras)
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describedWheel } from '../test/support/clashing-wheels.ts'
import { describedFile } from '../test/support/memory-index.ts'
import { oddChoices } from '../test/support/odd-choices.ts'
import { root } from './root.ts'

const python = process.argv[2]
if (python === undefined) {
  process.stderr.write('usage: tsx scripts/record-resolution-warnings.ts PATH_OF_PYTHON\n')
  process.exit(2)
}
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const directory = mkdtempSync(join(tmpdir(), 'odd-choices-'))
const links: string[] = []
for (const wheel of oddChoices.wheels) {
  const { fileName, yanked, requiresPython } = describedFile(wheel)
  writeFileSync(join(directory, fileName), await describedWheel(wheel))
  const attributes = Object.entries({ 'data-yanked': yanked, 'data-requires-python': requiresPython })
    .flatMap(([name, value]) => value === undefined ? [] : [` ${name}="${escaped(value)}"`])
  links.push(`<a href="${fileName}"${attributes.join('')}>${fileName}</a>`)
}
const page = join(directory, 'links.html')
writeFileSync(page, `<!DOCTYPE html><html><body>${links.join('<br>')}</body></html>`)
const place = pathToFileURL(directory).href

const pip = spawnSync(python, ['-m', 'pip', '--version'], { encoding: 'utf8' }).stdout.split(' ')[1]
const recorded = oddChoices.requirements.map((requirements, at) => {
  const words = ['-m', 'pip', 'download', '-q', '--isolated', '--disable-pip-version-check', '--no-index', '--find-links', page, '-d', join(directory, `to-${at}`), ...requirements]
  const { status, stderr } = spawnSync(python, words, { encoding: 'utf8', env: { HOME: directory, PIP_CONFIG_FILE: '/dev/null' } })
  if (status !== 0) throw new Error(stderr)
  const warnings = stderr.replaceAll(`${place}/links.html`, 'https://index.test/').replaceAll(`${place}/`, 'https://index.test/').split(/^WARNING: /m).slice(1)
  return { requirements, warnings: warnings.map(text => text.trimEnd()) }
})
writeFileSync(join(root, 'test/recorded/resolution-warnings.json'), `${JSON.stringify({ pip, recorded }, undefined, 1)}\n`)
rmSync(directory, { recursive: true })
