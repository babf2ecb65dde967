import type { Command } from '../machine/process.ts'
import { pexCommand } from '../pex-command/pex-command.ts'
import { pex3Command, pexecCommand } from '../pex-command/pex3-command.ts'
import { machinePexHome } from './pex-home.ts'

/** pex, once `pipx install pex` has brought it. */
export const pex: Command = async (args, process) => pexCommand(args, await machinePexHome(process))

/** pex3, which comes with it. */
export const pex3: Command = async (args, process) => pex3Command(args, await machinePexHome(process))

/** pexec, which comes with it: `pex3 run`. */
export const pexec: Command = async (args, process) => pexecCommand(args, await machinePexHome(process))
