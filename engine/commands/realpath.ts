import { SystemError } from '../machine/system-error.ts'
import { canonicalPath } from './canonical-path.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { reportName } from './report.ts'

export const realpath = command(
  {
    name: 'realpath',
    usage: '[OPTION]... FILE...',
    summary: 'Print the absolute path of each FILE, without symlinks; all but the last component must exist.',
    options: {
      '-e, --canonicalize-existing': 'all components must exist',
      '-m, --canonicalize-missing': 'no component has to exist',
      '-L, --logical': 'resolve .. before symlinks',
      '-P, --physical': 'resolve symlinks as they come (the default)',
      '-q, --quiet': 'no error messages for files',
      '--relative-to=DIR': 'print the path relative to DIR',
      '--relative-base=DIR': 'print absolute paths unless they are below DIR',
      '-s, --strip, --no-symlinks': 'do not resolve symlinks',
      '-z, --zero': 'end each line with NUL, not newline',
    },
  },
  async (args, process) => {
    if (!args.operands.length) throw new Failure('missing operand', { usage: true })
    const mustExist = args.latest('e', 'm') === 'e' ? 'all' : args.latest('e', 'm') === 'm' ? 'none' : 'all but last'
    const keepLinks = args.latest('s', 'P', 'L') === 's'
    const canonical = async (name: string) => {
      const logical = args.latest('s', 'P', 'L') === 'L' ? await canonicalPath(process.system, name, 'none', true) : name
      return canonicalPath(process.system, logical, mustExist, keepLinks)
    }
    const start = args.value('relative-to')
    const base = args.value('relative-base')
    const from = start === undefined ? undefined : await named(canonical, start)
    const below = base === undefined ? undefined : await named(canonical, base)
    let status = 0
    for (const name of args.operands) {
      try {
        const path = await canonical(name)
        const near = below === undefined || path === below || path.startsWith(below === '/' ? '/' : `${below}/`)
        const origin = from ?? below
        await process.stdout.write((origin !== undefined && near ? relativePath(origin, path) : path) + (args.has('z') ? '\0' : '\n'))
      } catch (error) {
        if (!(error instanceof SystemError)) throw error
        if (!args.has('q')) await reportName(process, name, error)
        status = 1
      }
    }
    return status
  },
)

async function named(canonical: (name: string) => Promise<string>, name: string): Promise<string> {
  try {
    return await canonical(name)
  } catch (error) {
    if (error instanceof SystemError) throw new Failure(`${name}: ${error.message}`)
    throw error
  }
}

/** The way from directory `from` to `to`, both absolute and canonical. */
export function relativePath(from: string, to: string): string {
  const start = from.split('/').filter(Boolean)
  const end = to.split('/').filter(Boolean)
  let shared = 0
  while (shared < start.length && start[shared] === end[shared]) shared++
  return [...start.slice(shared).map(() => '..'), ...end.slice(shared)].join('/') || '.'
}
