import { textOf, textsOf } from './info-fields.ts'
import { pexPathsOf } from './pex-paths.ts'
import { shellQuote } from './shell-quote.ts'

const pairsOf = (value: unknown): string[] => {
  const pairs = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return pairs.flatMap(([name, text]) => (typeof text === 'string' ? [`${name}=${text}`] : []))
}

const words = (texts: readonly string[]): string => texts.map(shellQuote).join(' ')

const venvOf = (info: Readonly<Record<string, unknown>>): string | undefined => {
  if (info.venv !== true) return undefined
  const path = textOf(info.venv_bin_path)
  return `a venv, made at the first start${path === 'prepend' || path === 'append' ? `, with its scripts ${path}ed to PATH` : ''}`
}

/** What a PEX was built with that changes how it starts and what it finds: a label and its lines, none for what is not set. */
export const shownSettings = (info: Readonly<Record<string, unknown>>): [label: string, lines: string[]][] => [
  ['runs in', [venvOf(info) ?? ''].filter(Boolean)],
  ['passes', [words(textsOf(info.inject_args))].filter(Boolean)],
  ['Python gets', [words(textsOf(info.inject_python_args))].filter(Boolean)],
  ['sets', [...pairsOf(info.inject_env), ...pairsOf(info.bind_resource_paths).map((pair) => `${pair}, a path in this PEX`)]],
  ['also loads', pexPathsOf(info)],
  ['lacks', textsOf(info.excluded).map((requirement) => `${requirement}, left out when it was built`)],
  ['overrides', textsOf(info.overridden)],
]
