import { isWrong } from './check-hashes.ts'
import type { Description, Extent } from './description.ts'
import { printable } from './printable.ts'
import { shownSettings } from './shown-settings.ts'
import { shownSize } from './shown-size.ts'
import { wrongHashLines } from './wrong-hash-lines.ts'

const kinds = { pex: 'a PEX', zipapp: 'an application that zipapp makes', wheel: 'a wheel' }

const extent = ({ files, size }: Extent): string => `${files} ${files === 1 ? 'file' : 'files'}, ${shownSize(size)}`

/** As many distributions and hashes as people read; `--json` has them all. */
const most = 40

const hashLines = ({ kind, hashes }: Description): string[] => {
  const wrong = hashes.filter(isWrong)
  const unknown = hashes.filter(({ unknown }) => unknown !== undefined)
  const right = hashes.length - wrong.length - unknown.length
  const where = kind === 'wheel' ? 'RECORD' : 'PEX-INFO'
  return [
    `${right} of the ${hashes.length} in ${where} computed again and found right`,
    ...unknown.map(({ of, unknown }) => `${of} cannot be told: ${unknown}`),
    ...wrongHashLines(hashes),
  ]
}

const distributionLines = ({ distributions }: Description): string[] => {
  const rows = distributions.slice(0, most).map(({ fileName, project, version, tags, requiresPython, ...each }) => [
    project === undefined ? fileName : `${project} ${version}`,
    extent(each),
    [tags, requiresPython && `Python ${requiresPython}`].filter(Boolean).join(', '),
  ])
  const width = (column: number) => Math.max(...rows.map((row) => row[column]!.length))
  const lines = rows.map(([name, size, tags]) => `${name!.padEnd(width(0))}  ${size!.padEnd(width(1))}  ${tags}`.trimEnd())
  return distributions.length > most ? [...lines, `and ${distributions.length - most} more`] : lines
}

const start = ({ kind, starts }: Description): string | undefined => (kind === 'wheel' ? undefined : (starts ?? 'a Python prompt'))

/** What `pex info FILE` prints: a line of what it is, then its parts, one a line. Ends in a newline. */
export const formatDescription = (name: string, description: Description): string => {
  const { kind, layout, size, interpreter, madeBy, requirements, constraints, runtime, distributions, code, hashes, info } = description
  const codeExtent = { files: code.length, size: code.reduce((sum, file) => sum + file.size, 0) }
  const parts: [string, string[] | string | undefined | false][] = [
    ['layout', layout],
    ['made by', madeBy && `pex ${madeBy}`],
    ['interpreter', interpreter],
    ['starts', start(description)],
    ...shownSettings(info ?? {}),
    ['asks for', requirements],
    ['constraints', constraints],
    ['runtime', kind === 'pex' && extent(runtime)],
    ['code', code.length > 0 && extent(codeExtent)],
    [kind === 'wheel' ? 'contents' : 'carries', distributions.length > 0 && distributionLines(description)],
    ['hashes', hashes.length > 0 && hashLines(description)],
  ]
  const lines = parts.flatMap(([label, value]) => {
    const values = Array.isArray(value) ? value : value ? [value] : []
    return values.map((text, index) => `  ${(index ? '' : label).padEnd(12)}${text}`)
  })
  return [`${name}: ${kinds[kind]}, ${shownSize(size)}`, ...lines, ''].map(printable).join('\n')
}

/** The same for programs, as JSON: PEX-INFO as it is under `pex_info`, every file of code, every hash. Ends in a newline. */
export const descriptionJson = (name: string, description: Description): string => {
  const { kind, layout, size, interpreter, madeBy, starts, runtime, distributions, code, hashes, info } = description
  const json = {
    name,
    kind,
    layout,
    size,
    interpreter,
    pex_version: madeBy,
    starts,
    runtime,
    distributions: distributions.map(({ fileName, requiresPython, ...each }) => ({ file: fileName, ...each, requires_python: requiresPython })),
    code,
    hashes: hashes.map((hash) => ({ ...hash, right: hash.unknown === undefined ? !isWrong(hash) : undefined })),
    pex_info: info,
  }
  return `${JSON.stringify(json, undefined, 2)}\n`
}
