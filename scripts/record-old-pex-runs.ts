/**
 * Records what a real CPython does with PEXes that older releases built, into test/recorded/old-pex-runs.json.
 * Usage: tsx scripts/record-old-pex-runs.ts PATH_OF_PYTHON3
 */
import { endOf, oldPex, oldVersions } from '../test/support/old-pexes.ts'
import { realPython } from './real-python.ts'

const python = realPython('record-old-pex-runs.ts')
for (const version of oldVersions) python.put(`${version}.pex`, await oldPex(version), 0o755)
python.record('old-pex-runs.json', oldVersions.map(version => {
  const run = python.run(`./${version}.pex`)
  return { ...run, stderr: endOf(run) }
}))
