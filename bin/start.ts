/**
 * Runs the program beside this file, compiled as it was the last time where that is kept: of a short run a third is compiling. A CommonJS script
 * (scripts/bundle-pex.ts), because V8's own cache is for scripts, and Node's for modules begins with 22.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'
import { cacheDirectory } from './cache-directory.ts'

// A young generation that stays small: 6 MB less of a warm run, 30 of a cold one, and no slower.
setFlagsFromString('--semi-space-growth-factor=1')

const path = join(__dirname, 'pex-program.js')
const source = readFileSync(path, 'utf8')
const directory = join(cacheDirectory(process.env), 'compiled')
// V8 itself compares the length of a source only.
const name = createHash('sha256').update(`${process.version} ${process.arch}\n${source}`).digest('hex')

const readKept = (): Buffer | undefined => {
  try {
    return readFileSync(join(directory, name))
  } catch {
    return undefined
  }
}

const kept = readKept()
const script = new Script(`(function (require, moduleUrl) {${source}\n})`, { filename: path, ...(kept && { cachedData: kept }) })

/** What was compiled on the way is kept too, so at the end; what older programs left goes. A cache that cannot be written is none. */
const keep = (): void => {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    for (const other of readdirSync(directory)) rmSync(join(directory, other), { force: true })
    const part = join(directory, `${name}.${process.pid}.part`)
    writeFileSync(part, script.createCachedData(), { mode: 0o600 })
    renameSync(part, join(directory, name))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

if (!kept || script.cachedDataRejected) process.on('exit', keep)
const run = script.runInThisContext() as (require: NodeJS.Require, moduleUrl: string) => void
run(createRequire(path), pathToFileURL(path).href)
