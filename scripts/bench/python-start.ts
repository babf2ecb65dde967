/** Starting Python: warm against native, and from a cold page against plain Pyodide in the same browser. */
import { execFile, spawn } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { MachinePage } from '../../test/browser/machine-page.ts'
import { launch } from '../../test/support/launch.ts'
import { serveMachineSite } from '../../test/support/machine-site.ts'
import { findBrowser } from '../find-browser.ts'
import { root } from '../root.ts'
import { serveStatic } from '../serve-static.ts'
import { sideBySide, type Row } from './row.ts'

declare const page: MachinePage
const rounds = 9

export async function rows(): Promise<Row[]> {
  const site = await serveMachineSite()
  const browser = await launch(await findBrowser())
  const native = await nativeZip()
  const plain = await plainPyodide()
  try {
    const context = await browser.newContext()
    const tab = await context.newPage()
    await tab.goto(site.url)
    const session = await tab.evaluateHandle(() => page.open())
    await tab.evaluate(async session => {
      await page.python()
      await page.run(session, `echo 'print("hello")' > __main__.py; zip -q demo.zip __main__.py`)
      await page.run(session, 'python demo.zip')
    }, session)
    const pause = () => tab.waitForTimeout(1500)
    const warm = await sideBySide(rounds, async () => {
      await pause()
      return (await tab.evaluate(session => page.run(session, 'python demo.zip'), session)).firstByte
    }, native.run)
    await tab.evaluate(async ([session, maker, timer]) => {
      await session.writeFile('/home/user/demo/make.py', new TextEncoder().encode(maker))
      await session.writeFile('/home/user/demo/time.py', new TextEncoder().encode(timer))
      await page.run(session, 'python make.py; python time.py')
    }, [session, maker, timer] as const)
    const calls = await tab.evaluate(async session => (await page.run(session, `python -c "
import os,time
n=3000
t=time.perf_counter()
for i in range(n): os.umask(0o22)
print((time.perf_counter()-t)/n*1e6)"`)).output, session)
    const imports = await sideBySide(7, async () => {
      await pause()
      const { output } = await tab.evaluate(session => page.run(session, 'python time.py'), session)
      return Number(/([\d.]+) ms/.exec(output)?.[1])
    }, native.imports)
    const memory = await tab.evaluate(async session => {
      const measure = (performance as { measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }> }).measureUserAgentSpecificMemory?.bind(performance)
      if (!measure) return 0
      const before = (await measure()).bytes
      session.input('python -c "import time; time.sleep(60)" &\r')
      await new Promise(resolve => setTimeout(resolve, 3000))
      const after = (await measure()).bytes
      session.input('kill %1\r')
      return after - before
    }, session)

    const ourTab = await context.newPage()
    await ourTab.goto(site.url)
    const first = async () => {
      await ourTab.reload()
      return ourTab.evaluate(async () => {
        const session = await page.open()
        await page.run(session, `python -c 'print("hello")'`)
        return performance.now()
      })
    }
    const theirTab = await context.newPage()
    await theirTab.goto(plain.url)
    const theirs = async () => {
      await theirTab.reload()
      return theirTab.evaluate(() => (globalThis as unknown as { done: Promise<number> }).done)
    }
    await first()
    await theirs()
    const cold = await sideBySide(rounds, first, theirs)
    return [
      { what: 'Enter on `python demo.zip` to its first byte, warm, vs native python3', goal: 1, unit: 'ms', ...warm },
      { what: 'page open to Python\'s first byte, warm HTTP cache, vs plain loadPyodide() and print', goal: 0.35, unit: 'ms', ...cold },
      { what: 'system call round trip (umask)', goal: 'report', ours: Number(/[\d.]+/.exec(calls)?.[0]), unit: 'µs' },
      { what: 'import of 100 small modules vs native', goal: 3, unit: 'ms', ...imports },
      { what: 'memory of one more Python process', goal: 'report', ours: memory / 1e6, unit: 'MB' },
    ]
  } finally {
    await browser.close()
    await site.close()
    await plain.close()
    await native.close()
  }
}

const maker = 'import os\nos.makedirs("many", exist_ok=True)\nfor i in range(100):\n    open(f"many/m{i}.py","w").write(f"x = {i}\\ndef f(): return x\\n")\n'
const timer = 'import sys,time\nsys.path.insert(0,"many")\nt=time.perf_counter()\nfor i in range(100): __import__(f"m{i}")\nprint((time.perf_counter()-t)*1000, "ms")\n'

async function nativeZip() {
  const directory = await mkdtemp(join(tmpdir(), 'native-'))
  await writeFile(join(directory, '__main__.py'), 'print("hello")\n')
  await writeFile(join(directory, 'make.py'), maker)
  await writeFile(join(directory, 'time.py'), timer)
  const run = promisify(execFile)
  await run('python3', ['-m', 'zipfile', '-c', 'demo.zip', '__main__.py'], { cwd: directory })
  await run('python3', ['make.py'], { cwd: directory })
  await run('python3', ['time.py'], { cwd: directory })
  return {
    run: () => new Promise<number>((resolve, reject) => {
      const began = performance.now()
      const child = spawn('python3', ['demo.zip'], { cwd: directory })
      child.stdout.once('data', () => resolve(performance.now() - began))
      child.once('error', reject)
    }),
    imports: async () => Number(/([\d.]+) ms/.exec((await run('python3', ['time.py'], { cwd: directory })).stdout)?.[1]),
    close: () => rm(directory, { recursive: true }),
  }
}

/** Pyodide as its own documentation starts it. */
async function plainPyodide() {
  const directory = await mkdtemp(join(tmpdir(), 'plain-'))
  const pyodide = dirname(createRequire(join(root, 'package.json')).resolve('pyodide/package.json'))
  await cp(pyodide, join(directory, 'pyodide'), { recursive: true })
  await writeFile(join(directory, 'index.html'), `<!doctype html><script type="module">
    import { loadPyodide } from './pyodide/pyodide.mjs'
    let arrived
    globalThis.done = new Promise(resolve => { arrived = resolve })
    const py = await loadPyodide({ stdout: () => arrived(performance.now()) })
    py.runPython('print("hello")')
  </script>`)
  const site = await serveStatic(directory, { isolate: true })
  return { url: site.url, close: async () => { await site.close(); await rm(directory, { recursive: true }) } }
}
