/** `pex` on this machine: the program of engine/pex-command in Node. By the names `pex3` and `pexec` it is these. */
import { constants } from 'node:os'
import { basename } from 'node:path'
import { pexCommand } from '../engine/pex-command/pex-command.ts'
import { pex3Command, pexecCommand } from '../engine/pex-command/pex3-command.ts'
import { nodeHome } from './node-home.ts'

const interrupt = new AbortController()
let ended: NodeJS.Signals = 'SIGINT'
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    ended = name
    interrupt.abort()
  })
}

const program = basename(process.argv[1] ?? 'pex').replace(/\.[cm]?[jt]s$/, '')
const run = program === 'pex3' ? pex3Command : program === 'pexec' ? pexecCommand : pexCommand
void run(process.argv.slice(2), nodeHome(program, interrupt.signal)).then(status => {
  // As a shell tells which signal it was; the engine knows one kind of interrupt.
  process.exitCode = status === 130 ? 128 + constants.signals[ended] : status
})
