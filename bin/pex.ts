/** `pex` on this machine: the program of engine/pex-command in Node. */
import { basename } from 'node:path'
import { pexCommand } from '../engine/pex-command/pex-command.ts'
import { nodeHome } from './node-home.ts'

const interrupt = new AbortController()
process.on('SIGINT', () => interrupt.abort())
process.on('SIGTERM', () => interrupt.abort())

const program = basename(process.argv[1] ?? 'pex').replace(/\.m?[jt]s$/, '')
process.exitCode = await pexCommand(process.argv.slice(2), nodeHome(program, interrupt.signal))
