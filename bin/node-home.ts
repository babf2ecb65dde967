/** Node as a place for engine/pex-command: its files, hashes and fetch. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Output, PexHome } from '../engine/pex-command/pex-home.ts'
import { asFileProblem } from './as-file-problem.ts'
import { cacheDirectory } from './cache-directory.ts'
import { keptParts } from './kept-parts.ts'
import { nodeDigests } from './node-digests.ts'
import { nodeFiles } from './node-files.ts'
import { nodeIndex, nodeIndexes } from './node-indexes.ts'
import { findNodePython } from './node-python.ts'
import { nodeWheel } from './node-wheel.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** `refused` is told what became of a text that could not be written. */
const outputOf = (stream: NodeJS.WriteStream, refused: (error: Error) => void): Output => {
  // Each write is told of its own; without a listener the process would end.
  stream.on('error', () => undefined)
  return {
    columns: stream.isTTY ? stream.columns : undefined,
    write: text => new Promise<Error | null | undefined>(resolve => stream.write(text, resolve)).then(error => { if (error) refused(error) }),
  }
}

/** Runs a program in this one's place; a signal that ends it is 128 and its number, as a shell has it. */
const run: PexHome['run'] = (path, args, variables = {}) => new Promise((resolve, reject) => {
  const child = spawn(path, args, { stdio: 'inherit', env: { ...process.env, ...variables } })
  child.on('error', reject)
  child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]))
})

const capture: PexHome['capture'] = (program, args) => new Promise((resolve, reject) => {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => { output += text })
  child.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') resolve(undefined); else reject(error) })
  child.on('close', status => resolve({ status: status ?? 1, output }))
})

/** The directory that set-up filled, if the program lies in the repository; else there is none of that name. */
const broughtWheels = join(root, '.cache', 'wheels')

/** What a process of Node has for the program. `signal` is aborted by an interrupt. */
export const nodeHome = (program: string, signal: AbortSignal): PexHome => {
  const { env } = process
  const cache = cacheDirectory(env)
  const files = nodeFiles(process.cwd())
  // Whoever does not listen any more has the work done all the same.
  const errors = outputOf(process.stderr, () => undefined)
  const output = outputOf(process.stdout, error => { throw asFileProblem(error, '<stdout>') })
  const index = nodeIndex(cache, env, line => void errors.write(`pip: WARNING: ${line}\n`))
  return {
    program,
    environment: env,
    directory: process.cwd(),
    output,
    errors,
    files,
    digests: nodeDigests,
    signal,
    now: () => performance.now(),
    minutesAhead: localTime => (localTime - new Date(new Date(localTime).toISOString().slice(0, -1)).getTime()) / 60_000,
    breathe: () => Promise.resolve(),
    index,
    defaultIndexes: () => nodeIndexes(env),
    pexWheel: () => nodeWheel([broughtWheels, join(cache, 'wheels')], files, async () => index({ indexUrls: await nodeIndexes(env), findLinks: [] })),
    kept: keptParts(join(cache, 'packed'), files),
    python: name => findNodePython(name, env, cache),
    capture,
    connects: true,
    run,
  }
}
