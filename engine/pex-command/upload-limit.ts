import { parseTime } from '../packaging/parse-time.ts'
import { pythonRepr } from '../packaging/python-text.ts'
import { compareVersions, parseVersion } from '../packaging/version.ts'
import { PexError } from '../pex/pex-error.ts'
import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'

/** The pip that real pex comes with, which it also calls by this name. */
const vendored = '20.3.4-patched'
const first = '26.0'

const isTooOld = (pip: string): boolean => /^\d/.test(pip) && (pip === vendored || compareVersions(parseVersion(pip), parseVersion(first)) < 0)

/**
 * `--uploaded-prior-to` in microseconds since the epoch, read as pip 26 reads it: a date, with a time where it has one, or days back from
 * now. Throws PexError, in pex's words for a `--pip-version` that does not know the option.
 */
export const uploadLimit = (options: Arguments, home: PexHome): number | undefined => {
  const text = options.value('uploaded_prior_to')
  if (!text) return undefined
  const asked = options.value('pip_version') ?? 'latest'
  const pip = asked === 'vendored' ? vendored : asked
  if (isTooOld(pip)) throw new PexError(`Pip ${pip} too old to support \`--uploaded-prior-to\` flag added in ${first}.`)
  const [, days] = /^P(\d+)D$/.exec(text) ?? []
  if (days !== undefined) return (Date.now() - Number(days) * 86_400_000) * 1000
  const time = parseTime(text)
  if (!time) {
    throw new PexError(
      `pip: error: option --uploaded-prior-to: invalid value: ${pythonRepr(text)}: Expected an ISO 8601 datetime string (e.g., '2023-01-01' or '2023-01-01T00:00:00Z') or a duration in days (e.g., 'P3D')`,
    )
  }
  return time.isLocal ? time.microseconds - (home.minutesAhead?.(time.microseconds / 1000) ?? 0) * 60e6 : time.microseconds
}
