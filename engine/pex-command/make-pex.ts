import { applyGlobals } from './apply-globals.ts'
import { buildPex } from './build-pex.ts'
import { compilePex } from './compile-pex.ts'
import type { Arguments } from './parse-arguments.ts'
import { joinPath } from './paths.ts'
import type { PexHome } from './pex-home.ts'
import { createProgress } from './progress.ts'
import { refuseUnsupported } from './refuse-unsupported.ts'
import { savePex } from './save-pex.ts'
import { seedPex } from './seed-pex.ts'
import { untilAborted } from './until-aborted.ts'
import { validateEntryPoint } from './validate-entry-point.ts'

/** `--seed` without a value is `args`. */
const seedOf = (options: Arguments): string => (options.value('seed') ?? 'none') || 'args'

/** Builds the PEX that options ask for, and saves it, or runs it with `rest` where no output is named: the exit status. */
export const makePex = async (given: Arguments, rest: readonly string[], place: PexHome): Promise<number> => {
  refuseUnsupported(given, place)
  const { options, home } = await applyGlobals(given, place)
  const progress = createProgress(home, options.count('verbosity'))
  const name = options.value('pex_name')
  const validates = options.has('validate_ep')
  const compiles = options.isOn('compile')
  const temporary = name === undefined || validates || compiles ? await home.files.makeTemporary(options.value('tmpdir') ?? home.environment.TMPDIR ?? '/tmp') : undefined
  try {
    let built = await untilAborted(home.signal, buildPex(options, home, progress))
    if (compiles) {
      await progress.stage('Compiling')
      built = await compilePex(built, temporary!, home)
    }
    if (validates) {
      await progress.stage('Validating the entry point')
      await progress.end()
      await validateEntryPoint(built, temporary!, options, home)
    }
    await progress.stage(name === undefined ? 'Running PEX' : `Saving PEX file to ${name}`)
    const path = await savePex(built, name ?? joinPath(temporary!, 'pex'), options, home)
    await progress.end()
    if (name === undefined) {
      const python = built.chosen.python
      return await home.run(python?.path ?? path, python ? [path, ...rest] : rest)
    }
    const seed = seedOf(options)
    if (seed !== 'none') return await seedPex(path, seed, built.chosen.python, home)
    await home.output.write(`${path}\n`)
    return 0
  } finally {
    await progress.end()
    if (temporary !== undefined) await home.files.remove(temporary)
  }
}
