/** Tilde expansion (POSIX XCU 2.6.1): at the start of a word, and in an assignment behind each colon. */
import type { SystemCalls } from '../machine/system-calls.ts'
import { readText } from './read-text.ts'
import type { Part } from './syntax.ts'

interface Homes {
  readonly system: SystemCalls
  get(name: string): string | undefined
}

export async function expandTilde(parts: Part[], place: 'word' | 'assignment', homes: Homes): Promise<Part[]> {
  if (!parts.some((part) => part.type === 'literal' && part.text.includes('~'))) return parts
  const found: Part[] = []
  for (const [index, part] of parts.entries()) {
    if (part.type !== 'literal') {
      found.push(part)
      continue
    }
    const isLast = index === parts.length - 1
    const sections = place === 'assignment' ? part.text.split(/(?<=:)/) : [part.text]
    for (const [position, section] of sections.entries()) {
      const starts = position > 0 || index === 0
      const name = starts ? /^~([^/:]*)/.exec(section) : null
      const whole = name && name[0].length === section.length && position === sections.length - 1
      const home = name && (!whole || isLast) ? await homeOf(name[1] ?? '', homes) : undefined
      if (!name || home === undefined) found.push({ type: 'literal', text: section })
      else found.push({ type: 'quoted', text: home }, { type: 'literal', text: section.slice(name[0].length) })
    }
  }
  return found
}

async function homeOf(name: string, { system, get }: Homes): Promise<string | undefined> {
  if (name === '') return get('HOME')
  if (name === '+') return get('PWD')
  if (name === '-') return get('OLDPWD')
  const passwd = (await readText('/etc/passwd', system)) ?? ''
  return passwd.split('\n').find((line) => line.startsWith(`${name}:`))?.split(':')[5]
}
