/** `pex` on this machine: the program of engine/pex-command in Node. By the names `pex3` and `pexec` it is these. */
import { basename } from 'node:path'
import { pexCommand } from '../engine/pex-command/pex-command.ts'
import { pex3Command, pexecCommand } from '../engine/pex-command/pex3-command.ts'
import { nodeHome } from './node-home.ts'

const interrupt = new AbortController()
process.on('SIGINT', () => interrupt.abort())
process.on('SIGTERM', () => interrupt.abort())

const program = basename(process.argv[1] ?? 'pex').replace(/\.[cm]?[jt]s$/, '')
const run = program === 'pex3' ? pex3Command : program === 'pexec' ? pexecCommand : pexCommand
void run(process.argv.slice(2), nodeHome(program, interrupt.signal)).then(status => { process.exitCode = status })
