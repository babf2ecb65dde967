/**
 * Records what a real CPython does with scripts/python-cases.ts, into test/recorded/python.json.
 * Usage: tsx scripts/record-python.ts PATH_OF_PYTHON3 (3.13 is the nearest to the machine's 3.14 that is common).
 */
import { pythonCases, pythonFiles } from './python-cases.ts'
import { realPython } from './real-python.ts'

const python = realPython('record-python.ts')
python.record('python.json', pythonCases.map(line => {
  python.clear()
  for (const [path, text] of Object.entries(pythonFiles)) python.put(path, text)
  return python.run(line)
}))
