/** Starting Python: warm against native, and from a cold page against plain Pyodide in the same browser; then what a process costs. */
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { JSHandle, Page } from 'playwright-chromium'
import type { Session } from '../../engine/host/session.ts'
import type { MachinePage } from '../../test/browser/machine-page.ts'
import { browserMemory } from '../../test/support/browser-memory.ts'
import { launch } from '../../test/support/launch.ts'
import { serveMachineSite } from '../../test/support/machine-site.ts'
import { nativePython } from '../../test/support/native-python.ts'
import { fetchWheels } from '../fetch-wheels.ts'
import { findBrowser } from '../find-browser.ts'
import { root } from '../root.ts'
import { serveStatic } from '../serve-static.ts'
import { median, sideBySide, type Row } from './row.ts'

declare const page: MachinePage
const rounds = 9
/** Both sites' files may be kept by the browser without asking again: a warm HTTP cache for both alike. */
const maxAge = 3600
/** Milliseconds for the next spare interpreter to come up, and for what the last round left to end. */
const PAUSE = 1500

export async function* rows(): AsyncGenerator<Row> {
  const site = await serveMachineSite({ maxAge })
  const wheels = new Map([...fetchWheels('deck-wheels.txt').values()].filter(file => !basename(file).startsWith('pex-')).map(file => [basename(file), file]))
  const plain = await plainPyodide(wheels)
  const native = await nativePython(programs)
  for (const args of [['-m', 'zipfile', '-c', 'demo.zip', '__main__.py'], ['make.py'], ['imports.py']]) await native.run(...args)
  const browser = await launch(await findBrowser())
  try {
    const context = await browser.newContext()
    const tab = await context.newPage()
    const cold = await sideBySide(rounds + 1, () => opened(tab, site.url, oursPrints), () => opened(tab, plain.url, theirsPrints))
    yield { what: 'page open to Python\'s first byte, warm HTTP cache, vs plain loadPyodide() and print', goal: 0.35, unit: 'ms', ...cold }
    await opened(tab, site.url, () => page.python())
    const session = await tab.evaluateHandle(() => page.open())
    const run = (line: string) => tab.evaluate(([session, line]) => page.run(session, line), [session, line] as const)
    const timed = async (line: string) => {
      await tab.waitForTimeout(PAUSE)
      return figure((await run(line)).output)
    }
    const nativeImports = async () => figure(await native.run('imports.py'))

    for (const [name, text] of Object.entries(programs)) await put(tab, session, name, new TextEncoder().encode(text))
    await run('zip -q demo.zip __main__.py; python make.py; python demo.zip')
    const warm = await sideBySide(rounds, async () => {
      await tab.waitForTimeout(PAUSE)
      return (await run('python demo.zip')).firstByte
    }, () => native.firstByte('demo.zip'))
    const against = `vs native python ${native.version}`
    yield { what: `Enter on \`python demo.zip\` to its first byte at the page, warm, ${against} from process start`, goal: 1, unit: 'ms', ...warm }
    const calls = []
    for (let round = 0; round < 7; round++) calls.push(await timed('python calls.py'))
    yield { what: 'system call round trip from Python (os.umask)', goal: 'report', ours: median(calls) * 1000, unit: 'µs' }
    await run('python imports.py')
    const imports = await sideBySide(rounds, () => timed('python imports.py'), nativeImports)
    yield { what: `import of 100 small modules, .pyc files there, ${against}`, goal: 3, unit: 'ms', ...imports }
    const compiled = await sideBySide(rounds, async () => {
      await run('rm -r many/__pycache__')
      return timed('python imports.py')
    }, async () => {
      await rm(join(native.directory, 'many', '__pycache__'), { recursive: true })
      return nativeImports()
    })
    yield { what: `import of 100 small modules, no .pyc files, ${against}`, goal: 'report', unit: 'ms', ...compiled, note: 'compiles and writes them' }

    const beside = (program: string) => sideBySide(rounds, () => timed(`python ${program}`), async () => figure(await native.run(program)))
    yield { what: `subprocess.run(["true"]), ${against}`, goal: 2, unit: 'ms', ...await beside('true.py') }
    yield { what: `subprocess.run([sys.executable, "-c", "pass"]) with a spare interpreter, ${against}`, goal: 2, unit: 'ms', ...await beside('child.py') }

    /** Megabytes that each of so many starts adds. */
    const grown = async (times: number, start: () => Promise<unknown>) => {
      const settled = async () => {
        await tab.waitForTimeout(3 * PAUSE)
        return browserMemory(browser)
      }
      const before = await settled()
      for (let started = 0; started < times; started++) {
        await start()
        await tab.waitForTimeout(PAUSE)
      }
      const after = await settled()
      return before === undefined || after === undefined ? NaN : (after - before) / times / 1e6
    }
    const note = 'PSS of all of Chromium\'s processes, mean of three'
    yield { what: 'memory of one more Python process', goal: 'report', unit: 'MB', ours: await grown(3, () => run('python sleep.py &')), note }
    for (const [name, file] of wheels) await put(tab, session, name, await readFile(file))
    const { status } = await run('for wheel in *.whl; do unzip -q $wheel -d site; done; export PYTHONPATH=site; python -c "import requests"')
    if (status !== 0) throw new Error('requests does not import')
    const withRequests = await grown(3, () => run('python -c "import requests, sleep" &'))
    const other = await context.newPage()
    const plainWithRequests = await grown(1, async () => {
      await opened(other, plain.url, theirsPrints)
      await other.evaluate(names => (page as unknown as { importRequests(wheels: string[]): Promise<void> }).importRequests(names), [...wheels.keys()])
    })
    yield {
      what: 'memory of one more Python process that imported requests, vs a page with plain Pyodide that did',
      goal: 1.2,
      unit: 'MB',
      ours: withRequests,
      theirs: plainWithRequests,
      ratio: withRequests / plainWithRequests,
      note,
    }
  } finally {
    await browser.close()
    await site.close()
    await plain.close()
    await native.close()
  }
}

/** Navigates from an empty page, as a reader does; what runs in the page answers with milliseconds since its opening. */
async function opened<T>(tab: Page, url: string, run: () => T | Promise<T>): Promise<T> {
  await tab.goto('about:blank')
  await tab.waitForTimeout(PAUSE)
  await tab.goto(url, { waitUntil: 'commit' })
  await tab.waitForFunction(() => 'page' in globalThis)
  return tab.evaluate(run)
}

const oursPrints = async () => {
  const session = await page.open()
  const { firstByte, began } = await page.run(session, `python -c 'print("hello")'`)
  return began + firstByte
}

const theirsPrints = () => (page as unknown as { done: Promise<number> }).done

const put = (tab: Page, session: JSHandle<Session>, name: string, bytes: Uint8Array) =>
  tab.evaluate(
    ([session, name, bytes]) => session.writeFile(`/home/user/demo/${name}`, new Uint8Array(bytes)),
    [session, name, Array.from(bytes)] as const,
  )

const figure = (output: string) => Number(/([\d.]+) ms/.exec(output)?.[1])

/** The spare is back when it begins: it was taken for the program itself. */
const timedRun = (argv: string) => `import subprocess, sys, time
time.sleep(1.5)
began = time.perf_counter()
subprocess.run(${argv})
print((time.perf_counter() - began) * 1000, "ms")
`

/** What is timed prints its figure in ms. */
const programs = {
  '__main__.py': 'print("hello")\n',
  'make.py': `import os
os.makedirs("many", exist_ok=True)
for i in range(100):
    open(f"many/m{i}.py", "w").write(f"x = {i}\\ndef f(): return x\\n")
`,
  'imports.py': `import sys, time
sys.path.insert(0, "many")
began = time.perf_counter()
for i in range(100): __import__(f"m{i}")
print((time.perf_counter() - began) * 1000, "ms")
`,
  'calls.py': `import os, time
began = time.perf_counter()
for i in range(3000): os.umask(0o22)
print((time.perf_counter() - began) / 3000 * 1000, "ms")
`,
  'true.py': timedRun('["true"]'),
  'child.py': timedRun('[sys.executable, "-c", "pass"]'),
  'sleep.py': 'import time\ntime.sleep(120)\n',
}

/** Pyodide as its own documentation starts it; `wheels`, by name, can be unpacked there. */
async function plainPyodide(wheels: Map<string, string>) {
  const directory = await mkdtemp(join(tmpdir(), 'plain-'))
  await symlink(dirname(createRequire(join(root, 'package.json')).resolve('pyodide/package.json')), join(directory, 'pyodide'))
  for (const [name, file] of wheels) await symlink(file, join(directory, name))
  await writeFile(join(directory, 'index.html'), `<!doctype html><script type="module">
    import { loadPyodide } from './pyodide/pyodide.mjs'
    let arrived
    globalThis.page = { done: new Promise(resolve => { arrived = resolve }) }
    const py = await loadPyodide({ stdout: () => arrived(performance.now()) })
    page.importRequests = async wheels => {
      for (const name of wheels) py.unpackArchive(await (await fetch(name)).arrayBuffer(), 'wheel')
      py.runPython('import requests')
    }
    py.runPython('print("hello")')
  </script>`)
  const site = await serveStatic(directory, { isolate: true, maxAge })
  return { url: site.url, close: async () => { await site.close(); await rm(directory, { recursive: true }) } }
}
