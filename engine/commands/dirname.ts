import { command } from './command.ts'
import { Failure } from './failure.ts'

export const dirname = command(
  {
    name: 'dirname',
    usage: '[OPTION] NAME...',
    summary: 'Print each NAME without its last component; . where it has no slash.',
    options: { '-z, --zero': 'end each line with NUL, not newline' },
  },
  async (args, process) => {
    if (!args.operands.length) throw new Failure('missing operand', { usage: true })
    for (const name of args.operands) await process.stdout.write(directoryName(name) + (args.has('z') ? '\0' : '\n'))
    return 0
  },
)

/** A path without its last component (POSIX dirname). */
export function directoryName(path: string): string {
  const rest = path.replace(/\/+$/, '').replace(/[^/]*$/, '')
  if (!rest) return path.startsWith('/') ? '/' : '.'
  return rest.replace(/\/+$/, '') || '/'
}
