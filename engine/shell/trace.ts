import type { Interpreter } from './interpreter.ts'

/** A line of `set -x`: PS4, its first character once more for each command substitution around. */
export async function trace(text: () => string, shell: Interpreter): Promise<void> {
  if (!shell.state.options.xtrace) return
  const prefix = shell.variables.get('PS4') ?? '+ '
  await shell.write(2, `${prefix.slice(0, 1).repeat(shell.substitutions)}${prefix}${text()}\n`)
}
