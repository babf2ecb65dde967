/**
 * Records the REPL of a PEX on a real CPython's terminal, into test/recorded/pex-repl.json.
 * Usage: tsx scripts/record-pex-repl.ts PATH_OF_PYTHON3
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pexBuilder } from '../test/support/pex-builder.ts'
import { pexFiles } from '../test/support/pex-files.ts'
import { replLines } from './pex-repl-lines.ts'
import { runnablePexes } from './pex-run-cases.ts'
import { realPython } from './real-python.ts'
import { root } from './root.ts'

const python = realPython('record-pex-repl.ts')
for (const { path, bytes, mode } of await pexFiles(await pexBuilder(), runnablePexes[0]!)) python.put(path, bytes, mode)
python.put('type.py', readFileSync(join(root, 'scripts', 'type-on-terminal.py')))
python.put('lines.json', JSON.stringify(replLines))
python.record('pex-repl.json', [python.run('TERM=dumb NO_COLOR=1 python3 type.py lines.json ./rich.pex')])
