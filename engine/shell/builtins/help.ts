import { matchesPattern } from '../pattern.ts'
import { readOptions, type Builtin } from './builtin.ts'
import { synopses } from './synopses.ts'

export const help: Builtin = async (args, shell) => {
  const { options, rest } = readOptions('help', args, 'dms')
  const names = Object.keys(synopses).sort()
  if (!rest.length) {
    await shell.write(1, `These shell commands are defined internally.  Type \`help name' to find out more about the function \`name'.\n\n`)
    await shell.write(1, names.map((name) => ` ${synopses[name]?.usage}\n`).join(''))
    return 0
  }
  const found = names.filter((name) => rest.some((pattern) => name.startsWith(pattern) || matchesPattern(name, pattern)))
  const exact = found.filter((name) => rest.includes(name))
  if (!found.length) {
    const topic = rest.at(-1)
    await shell.complain(`help: no help topics match \`${topic}'.  Try \`help help' or \`man -k ${topic}' or \`info ${topic}'.`)
    return 1
  }
  for (const name of exact.length ? exact : found) {
    const { usage, purpose } = synopses[name] ?? { usage: name, purpose: '' }
    const text = options.has('d') ? `${name} - ${purpose}` : options.has('s') ? `${name}: ${usage}` : `${name}: ${usage}\n    ${purpose}`
    await shell.write(1, `${text}\n`)
  }
  return 0
}
