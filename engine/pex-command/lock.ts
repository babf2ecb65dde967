import { compareCodePoints } from '../packaging/compare-code-points.ts'
import { formatPylock } from '../packaging/format-pylock.ts'
import { normalizeName } from '../packaging/project-name.ts'
import { formatVersion } from '../packaging/version.ts'
import { PexError } from '../pex/pex-error.ts'
import { lockResolutions } from '../resolver/lock-pylock.ts'
import { applyGlobals } from './apply-globals.ts'
import { hashOfFile } from './hash-of-file.ts'
import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'
import { pexLockText } from './pex-lock-text.ts'
import { createProgress } from './progress.ts'
import { refuseUnsupported } from './refuse-unsupported.ts'
import { readRequest, resolveRequest, type Request } from './request.ts'
import { scriptRequest } from './script-request.ts'
import { UsageError } from './usage-error.ts'
import { writeText } from './write-text.ts'

type Resolutions = Awaited<ReturnType<typeof resolveRequest>>

/** Resolves what options ask for; the stages are shown meanwhile. */
const resolved = async (given: Arguments, place: PexHome): Promise<[Request, Resolutions]> => {
  refuseUnsupported(given, place)
  const { options, home } = await applyGlobals(given, place)
  const scripts = await Promise.all(options.values('scripts').map(async path => scriptRequest(await home.files.read(path), path, options)))
  const script = { dependencies: scripts.flatMap(each => each.dependencies), constraints: scripts.flatMap(each => each.constraints) }
  const progress = createProgress(home, options.count('verbosity'))
  try {
    const request = await readRequest(options, script, home)
    return [request, await resolveRequest(options, request, home, progress)]
  } finally {
    await progress.end()
  }
}

const pylockText = async (options: Arguments, { chosen, changes }: Request, { index, resolutions }: Resolutions, home: PexHome): Promise<string> => {
  const pylock = await lockResolutions(chosen.targets, resolutions, {
    createdBy: 'pex',
    rules: { ...changes, transitive: options.isOn('transitive', true) },
    hashesOf: async file => ({ sha256: await hashOfFile(file, index, home) }),
  })
  if (options.isOn('include_dependency_info', true)) return formatPylock(pylock)
  return formatPylock({ ...pylock, packages: pylock.packages.map(({ dependencies: _, ...each }) => each) })
}

/** `pex lock REQUIREMENTS -o pylock.toml` (PEP 751). */
export const lockToPylock = async (options: Arguments, home: PexHome): Promise<number> => {
  const [request, found] = await resolved(options, home)
  if (request.asked.roots.length === 0) throw new UsageError('give requirements, or -r FILE')
  await writeText(await pylockText(options, request, found, home), options, home)
  return 0
}

/** `pex3 lock create`: a lock file for `--lock`, here and of real pex. */
export const createLock = async (options: Arguments, home: PexHome): Promise<number> => {
  const style = options.value('style') ?? 'strict'
  if (style !== 'strict') throw new PexError(`--style ${style} is not supported: it locks source distributions, which need a build back end. Leave it out.`)
  const [request, found] = await resolved(options, home)
  await writeText(await pexLockText(options, request, found, home), options, home)
  return 0
}

/** A requirements file of what was chosen, each version with its file's hash. */
const pipText = async ({ index, resolutions }: Resolutions, hashed: boolean, sorted: boolean, home: PexHome): Promise<string> => {
  const chosen = resolutions.flatMap(({ distributions }) => distributions)
  if (sorted) chosen.sort((a, b) => compareCodePoints(normalizeName(a.name), normalizeName(b.name)))
  const entries = chosen.map(async ({ name, version, metadata, file }) => {
    const pin = `${normalizeName(name)}==${metadata.text.get('Version') ?? formatVersion(version)}`
    return hashed ? `${pin} \\\n  --hash=sha256:${await hashOfFile(file, index, home)}` : pin
  })
  return (await Promise.all(entries)).map(text => `${text}\n`).join('')
}

/** `pex3 lock export LOCK`; `options` have the lock as `--lock`. */
export const exportLock = async (options: Arguments, home: PexHome): Promise<number> => {
  const [request, found] = await resolved(options, home)
  if (request.chosen.targets.length !== 1) throw new PexError(`A lock is exported for one target, and ${request.chosen.targets.length} are named`)
  const format = options.value('format') ?? 'pip'
  const text = format === 'pep-751' ? await pylockText(options, request, found, home) : await pipText(found, format === 'pip', options.value('sort_by') === 'project-name', home)
  await writeText(text, options, home)
  return 0
}
