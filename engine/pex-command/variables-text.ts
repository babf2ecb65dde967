import { openWheel } from '../install/wheel.ts'
import { openRuntime } from '../pex/runtime.ts'
import type { PexHome } from './pex-home.ts'

const indent = '    '

/** Text in lines of at most 70 columns, as Python's textwrap has it. */
const wrapped = (text: string): string => {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter(each => each !== '')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= 70) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(indent + word)
  }
  return lines.map(line => `${line}\n`).join('')
}

/** `--help-variables`: what the pex wheel's own source says of the variables that a PEX listens to. */
export const variablesText = async (home: PexHome): Promise<string> => {
  const { fileName, source } = await home.pexWheel()
  const text = await (await openRuntime({ fileName, open: () => openWheel(fileName, source) })).source('variables.py')
  const found = text.matchAll(/^ {4}def (PEX\w*)\(self\):\n(?: {8}#.*\n)*\s+r?"""([^]*?)"""/gm)
  return [...found].map(([, name, said = '']) => {
    const [type = '', ...rest] = said.trim().split('\n\n')
    return `\n${name}: ${type.trim()}\n\n${wrapped(rest.join('\n\n'))}`
  }).join('')
}
