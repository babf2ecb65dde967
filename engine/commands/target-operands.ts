import type { Process } from '../machine/process.ts'
import { isDirectory } from '../machine/stat.ts'
import { SystemError } from '../machine/system-error.ts'
import { baseName } from './basename.ts'
import { Failure } from './failure.ts'
import { joinPath, lookUp } from './look-up.ts'
import { quoteName } from './quote-name.ts'

/** The options that cp, mv and ln share. */
export const targetOptions = {
  '-t, --target-directory=DIRECTORY': 'put all operands into DIRECTORY',
  '-T, --no-target-directory': 'take the last operand for a file, even where it is a directory',
} as const

interface Asked {
  operands: readonly string[]
  /** -t */
  directory?: string
  /** -T */
  noDirectory: boolean
  /** Where a single operand goes (ln); undefined makes it an error. */
  alone?: string
  /** Take a symlink to a directory for a file (ln -n). */
  keepLink?: boolean
}

/** Which operand goes where: into a directory under its own name, or to the one name given. Throws `Failure` as cp, mv and ln word it. */
export async function pairOperands(
  { system }: Process,
  { operands, directory, noDirectory, alone, keepLink }: Asked,
): Promise<[from: string, to: string][]> {
  const [first, second, third] = operands
  if (first === undefined) throw new Failure('missing file operand', { usage: true })
  const into = (place: string, names: readonly string[]): [string, string][] => names.map((name) => [name, joinPath(place, baseName(name))])
  if (directory !== undefined) {
    if (noDirectory) throw new Failure('cannot combine --target-directory (-t) and --no-target-directory (-T)')
    await needDirectory(system, 'target directory', directory)
    return into(directory, operands)
  }
  if (noDirectory) {
    if (second === undefined) throw new Failure(`missing destination file operand after ${quoteName(first)}`, { usage: true })
    if (third !== undefined) throw new Failure(`extra operand ${quoteName(third)}`, { usage: true })
    return [[first, second]]
  }
  if (second === undefined) {
    if (alone === undefined) throw new Failure(`missing destination file operand after ${quoteName(first)}`, { usage: true })
    return into(alone, operands)
  }
  const last = operands.at(-1) ?? second
  if (await isTarget(system, last, keepLink)) return into(last, operands.slice(0, -1))
  if (third !== undefined) await needDirectory(system, 'target', last)
  return [[first, second]]
}

async function isTarget(system: Process['system'], path: string, keepLink = false): Promise<boolean> {
  try {
    const found = await lookUp(system, path, !keepLink)
    return found !== undefined && isDirectory(found.mode)
  } catch (error) {
    if (error instanceof SystemError) return false
    throw error
  }
}

async function needDirectory(system: Process['system'], noun: string, path: string): Promise<void> {
  try {
    if (!isDirectory((await system.stat(path)).mode)) throw new SystemError('ENOTDIR', path)
  } catch (error) {
    if (error instanceof SystemError) throw new Failure(`${noun} ${quoteName(path)}: ${error.message}`)
    throw error
  }
}
