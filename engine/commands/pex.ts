import type { Command } from '../machine/process.ts'
import { pexCommand } from '../pex-command/pex-command.ts'
import { machinePexHome } from './pex-home.ts'

/** pex, once `pipx install pex` has brought it. */
export const pex: Command = async (args, process) => pexCommand(args, await machinePexHome(process))
