/** The machine in a real browser: what the null-origin frame keeps in, and what dies alone. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openMachineTab, type MachineTab } from '../support/machine-tab.ts'
import type { MachinePage } from './machine-page.ts'

declare const page: MachinePage

let machine: MachineTab
beforeAll(async () => {
  machine = await openMachineTab(inject('browser'))
  expect(await machine.tab.evaluate(() => page.python())).toBe('ready')
})
afterAll(() => machine.close())

const run = (line: string) => machine.run(line)
const python = async (code: string) => {
  await machine.session.evaluate((session, code) => session.writeFile('/home/user/demo/t.py', new TextEncoder().encode(code)), code)
  return run('python t.py')
}

test('python runs a directory, a zip and a module', async () => {
  expect((await run('python .')).output).toBe(`/opt/bin/python3: can't find '__main__' module in '/home/user/demo'\r\n`)
  await run(`echo "print('hello')" > __main__.py && zip -q demo.zip __main__.py`)
  expect(await run('python demo.zip')).toMatchObject({ output: 'hello\r\n', status: 0 })
  expect((await run('echo "[1,2]" | python -m json.tool --compact | cat')).output).toBe('[1,2]\r\n')
})

describe('the sandbox', () => {
  test.each([
    ['fetch', `js.fetch("/index.html")`],
    ['XMLHttpRequest', `(lambda x: (x.open("GET", "/index.html", False), x.send()))(js.XMLHttpRequest.new())`],
    ['WebSocket', `js.WebSocket.new("ws://localhost:1/")`],
    ['importScripts', `js.importScripts("/page.js")`],
    ['indexedDB', `js.indexedDB.open("x").then(lambda *_: 0)`],
    ['caches', `js.caches.open("x")`],
    ['the page', `js.document`],
    ['the parent', `js.parent`],
    ['storage', `js.localStorage`],
    ['eval', `js.eval("1+1")`],
    ['Function', `js.Object.constructor("return fetch('/index.html')")()`],
    ['worker', `js.Worker.new("/page.js")`],
  ])('python reaches no %s through js', async (_name, expression) => {
    machine.requests.length = 0
    const { output, status } = await python(`
import asyncio, js, sys
async def main():
    value = ${expression}
    if hasattr(value, "then"):
        value = await asyncio.wait_for(value, 2)
    print("REACHED", value)
try:
    asyncio.run(main())
except BaseException as error:
    print("refused", type(error).__name__)
`)
    expect(output).toContain('refused')
    expect(output).not.toContain('REACHED')
    expect(status).toBe(0)
    expect(machine.requests).toEqual([])
  })
})

describe('a process dies alone', () => {
  test('out of memory', async () => {
    const before = await run('echo $$')
    const { status } = await python('hog = []\nwhile True: hog.append(bytearray(64 * 1024 * 1024))\n')
    expect(status).not.toBe(0)
    expect((await run('echo $$')).output).toBe(before.output)
    expect((await run('python -c "print(6*7)"')).output).toBe('42\r\n')
  })

  test('Ctrl-C ends a busy loop with KeyboardInterrupt and status 130', async () => {
    const spinning = machine.session.evaluate(session => new Promise<void>(resolve => {
      let text = ''
      const stop = session.onOutput(bytes => {
        text += new TextDecoder().decode(bytes)
        if (!text.includes('42')) return
        stop()
        resolve()
      })
    }))
    const result = run('python -c "print(6*7, flush=True)\nwhile True: pass"')
    await spinning
    await machine.session.evaluate(session => session.input('\x03'))
    const { output, status } = await result
    expect(output).toContain('KeyboardInterrupt')
    expect(status).toBe(130)
  })

  test('kill -9', async () => {
    const { output } = await run('python -c "while True: pass" & sleep 1; kill -9 $!; wait $!; echo $?')
    expect(output).toMatch(/137\r\n$/)
  })
})

test('several Python processes share the files live', async () => {
  const { output } = await run(`python -c "
import time, os
while not os.path.exists('flag'): time.sleep(0.05)
print('seen', open('flag').read())" & sleep 0.5; python -c "open('flag','w').write('now')"; wait`)
  expect(output).toContain('seen now')
})
