/**
 * Runs CPython's own tests of what the personality stands in for on the machine's Python, and writes the table test/cpython-tests.md.
 * Usage: npm run cpython-tests -- CHECKOUT [TEST...], CHECKOUT being a source tree of CPython 3.14 (or a directory with its Lib).
 *
 * Every test class is a process of its own, ended when it takes too long: then the tests that it did not get to count as not run.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { home, writeFiles, type TestFile } from '../test/support/machine.ts'
import { machineWithPython, runLine, startPython } from '../test/support/python.ts'
import { cannotApply } from './cpython-reasons.ts'
import { root } from './root.ts'

const modules = [
  'test_zipapp', 'test_runpy', 'test_select', 'test_cmd_line_script', 'test_subprocess', 'test_signal', 'test_pathlib', 'test_os', 'test_socket',
]
/** Where children find them too, whatever options they get: isolated ones do not look at home. */
const SITE = '/opt/lib/python3.14/site-packages'
/** Milliseconds for one class. */
const LIMIT = 300_000

interface Outcome {
  id: string
  result: 'passed' | 'failed' | 'skipped'
  /** The last line of the traceback, or why it was skipped. */
  why: string
}

const [checkout, ...asked] = process.argv.slice(2)
if (!checkout) {
  process.stderr.write('usage: npm run cpython-tests -- CHECKOUT [TEST...]\n')
  process.exit(2)
}

/** Lib/test without what is not source: the modules asked for, and what they import. */
function testFiles(directory: string): Record<string, TestFile> {
  const files: Record<string, TestFile> = {}
  const walk = (path: string, depth: number) => {
    for (const name of readdirSync(path)) {
      const full = join(path, name)
      if (name === '__pycache__' || name.endsWith('.pyc')) continue
      if (statSync(full).isDirectory()) {
        if (depth > 0 || /^(?:support|test_pathlib|test_os|typinganndata|zipimport_data|certdata|archivetestdata|subprocessdata)$/.test(name)) walk(full, depth + 1)
      } else if (depth > 0 || /^(?:__init__|_test_\w+|libregrtest|pythoninfo|signalinterproctester|fd_status|fork_wait|mock_socket|mapping_tests|test_(?:subprocess|os|signal|socket|select|pathlib|runpy|zipapp|cmd_line_script|contextlib|zipfile|support))\.py$/.test(name)) {
        files[`${SITE}/test/${relative(directory, full)}`] = new Uint8Array(readFileSync(full))
      }
    }
  }
  walk(directory, 0)
  return files
}

const RUNNER = `import os, sys, unittest
out = open(os.path.expanduser('~/demo/results'), 'a', buffering=1)

class Result(unittest.TestResult):
    def tell(self, word, test, why=''):
        why = ' '.join(str(why).split())
        why = why if len(why) < 300 else why[:80] + ' ... ' + why[-200:]
        print(word, getattr(test, '_testMethodName', '') if isinstance(test, unittest.loader._FailedTest) else test.id(), why, sep='\\t', file=out)
    def startTest(self, test):
        super().startTest(test)
        self.bad = None
        self.tell('started', test)
    def addError(self, test, error):
        if isinstance(test, unittest.suite._ErrorHolder):
            self.tell('failed', test, error[1])
        self.bad = f'{error[0].__name__}: {error[1]}'
    def addFailure(self, test, error):
        self.addError(test, error)
    def addSubTest(self, test, subtest, error):
        if error:
            self.addError(test, error)
    def addSkip(self, test, reason):
        self.bad = False
        self.tell('skipped', test, reason)
    def addUnexpectedSuccess(self, test):
        self.bad = 'unexpected success'
    def stopTest(self, test):
        if self.bad is not False:
            self.tell('passed' if self.bad is None else 'failed', test, self.bad or '')

def classes(suite):
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            yield from classes(each)
        else:
            yield type(each).__module__ + '.' + type(each).__qualname__ if not isinstance(each, unittest.loader._FailedTest) else name

from test import support
support.use_resources = {}
name = sys.argv[1]
if sys.argv[2:] == ['classes']:
    print(*dict.fromkeys(classes(unittest.defaultTestLoader.loadTestsFromName(name))))
else:
    # What the module's other files import is there in a run of the whole.
    unittest.defaultTestLoader.loadTestsFromName(sys.argv[2])
    unittest.defaultTestLoader.loadTestsFromName(name).run(Result())
sys.stdout.flush()
os._exit(0)
`

const lib = ['Lib/test', 'test'].map(name => join(checkout, name)).find(path => statSync(path, { throwIfNoEntry: false })?.isDirectory())
if (!lib) {
  process.stderr.write(`cpython-tests: ${checkout} has no Lib/test\n`)
  process.exit(2)
}
/** The tests' own version: `Lib` of a checkout, or a library directory named after it. */
const source = /python(3\.\d+)\/?$/.exec(checkout)?.[1] ?? /PY_VERSION\s+"([^"]+)"/.exec(readFileSync(join(checkout, 'Include', 'patchlevel.h'), 'utf8'))?.[1]
const python = await startPython()
const version = (await runLine(machineWithPython(python), 'python3 -V')).stdout.trim()
const outcomes: Outcome[] = []
for (const module of asked.length > 0 ? asked : modules) {
  outcomes.push(...await runModule(module))
  // What took long is there even where the rest is broken off.
  if (asked.length === 0) writeFileSync(join(root, 'test', 'cpython-tests.md'), table(outcomes))
}
if (asked.length > 0) process.stdout.write(table(outcomes))
process.exit(0)

async function runModule(module: string): Promise<Outcome[]> {
  const machine = machineWithPython(python)
  const files = { ...testFiles(lib as string), 'run.py': RUNNER, results: '' }
  writeFiles(machine.fs, files, `${home}/demo`)
  const { stdout, stderr } = await runLine(machine, `python3 run.py test.${module} classes`)
  if (stdout.trim() === '') return [{ id: module, result: 'failed', why: stderr.trim().split('\n').at(-1) ?? '' }]
  const found: Outcome[] = []
  for (const each of stdout.trim().split(' ')) {
    const seconds = LIMIT / 1000
    await runLine(machine, `: > results; timeout -k 1 ${seconds} python3 run.py ${each} test.${module} > /dev/null 2>&1`)
    found.push(...resultsOf(machine))
    process.stderr.write(`${each}: ${found.filter(({ result }) => result === 'passed').length} passed so far\n`)
  }
  return found
}

function resultsOf(machine: ReturnType<typeof machineWithPython>): Outcome[] {
  const { ino } = machine.fs.resolve(`${home}/demo/results`)
  const text = new TextDecoder().decode(machine.fs.read(ino ?? 0, 0, 1 << 24))
  const found = new Map<string, Outcome>()
  for (const line of text.trim().split('\n')) {
    const [word, id, why = ''] = line.split('\t')
    if (!word || !id) continue
    if (word === 'started') found.set(id, { id, result: 'failed', why: 'it ended the process, or took too long' })
    else found.set(id, { id, result: word as Outcome['result'], why })
  }
  return [...found.values()]
}

function table(found: Outcome[]): string {
  const rows = new Map<string, Record<string, number>>()
  const tested = found.map(each => ({ ...each, reason: each.result === 'failed' ? cannotApply(each) : undefined }))
  for (const { id, result, reason } of tested) {
    const name = /test\.(test_\w+)/.exec(id)?.[1] ?? id
    const row = rows.get(name) ?? { passed: 0, failed: 0, 'cannot apply': 0, skipped: 0 }
    const kind = reason ? 'cannot apply' : result
    row[kind] = (row[kind] ?? 0) + 1
    rows.set(name, row)
  }
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').slice(0, 300)
  const short = (id: string) => id.replace(/^test\./, '')
  return [
    '# CPython\'s own tests', '',
    `${version} of the machine, run by \`npm run cpython-tests -- CHECKOUT\` with the tests of ${source}.`,
    '"Skipped" is by the test itself; "cannot apply" failed for a reason that is named below. What a class has after a test that took too long',
    `was not run (${LIMIT / 1000} s for a class); nor were the modules that have no line: ${modules.filter(name => !rows.has(name)).join(', ') || 'none'}.`, '',
    '| module | passed | failed | cannot apply | skipped |', '| --- | --- | --- | --- | --- |',
    ...[...rows].map(([name, row]) => `| ${name} | ${row.passed} | ${row.failed} | ${row['cannot apply']} | ${row.skipped} |`), '',
    '## Failed', '', '| test | last words |', '| --- | --- |',
    ...tested.filter(({ result, reason }) => result === 'failed' && !reason).map(({ id, why }) => `| ${short(id)} | ${cell(why)} |`), '',
    '## Cannot apply', '', '| test | reason |', '| --- | --- |',
    ...tested.filter(({ reason }) => reason).map(({ id, reason }) => `| ${short(id)} | ${cell(reason ?? '')} |`), '',
  ].join('\n')
}
