import type { MachineOptions } from '../machine/machine.ts'
import type { Command } from '../machine/process.ts'
import { cat } from './cat.ts'

/** One row a command, by the name it is called by. */
const commands: Record<string, Command> = {
  cat,
}

/** Every command as a program of a machine, in /usr/bin as on Debian. */
export const programs: MachineOptions['programs'] = Object.fromEntries(
  Object.entries(commands).map(([name, run]) => [name, { path: `/usr/bin/${name}`, program: { kind: 'command', run } }]),
)
