import { controlKey } from './control-key.ts'
import type { Step } from './transcript.ts'

/** What waits after the last step: the shell, Python's own prompt where it was not left, or nothing while a program runs or a line is typed. */
export const promptAfter = (steps: Step[]): string => {
  const last = steps.at(-1)
  if (last === undefined || last.kind === 'run') return '$ '
  if (last.kind === 'type') return ''
  if (last.prompt === '>>> ') return /^(?:exit|quit)\(.*\)$/.test(last.command.trim()) ? '$ ' : last.prompt
  return last.kind === 'input' && controlKey(last.command) !== undefined ? '$ ' : ''
}
