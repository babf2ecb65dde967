/**
 * Records what a real CPython does with the PEXes and lines of scripts/pex-run-cases.ts, into test/recorded/pex-run.json. The lines run
 * in order and share a home, so that only the first unpacks.
 * Usage: tsx scripts/record-pex-run.ts PATH_OF_PYTHON3 (3.13 is the nearest to the machine's 3.14 that is common).
 */
import { pexBuilder } from '../test/support/pex-builder.ts'
import { pexFiles } from '../test/support/pex-files.ts'
import { pexRunFiles, pexRunLines, runnablePexes } from './pex-run-cases.ts'
import { realPython } from './real-python.ts'

const python = realPython('record-pex-run.ts')
const builder = await pexBuilder()
for (const each of runnablePexes) for (const { path, bytes, mode } of await pexFiles(builder, each)) python.put(path, bytes, mode)
for (const [path, text] of Object.entries(pexRunFiles)) python.put(path, text)
python.record('pex-run.json', pexRunLines.map(python.run))
