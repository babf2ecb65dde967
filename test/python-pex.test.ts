/** PEXes that the engine builds run in the machine, by their own unmodified runtime, as they run on a real CPython. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Machine } from '../engine/machine/machine.ts'
import type { Python } from '../engine/python/create-python.ts'
import { pexRunFiles, pexRunLines, runnablePexes } from '../scripts/pex-run-cases.ts'
import { replLines } from '../scripts/pex-repl-lines.ts'
import recording from './recorded/pex-run.json'
import repl from './recorded/pex-repl.json'
import { home, usualEnvironment, writeFiles } from './support/machine.ts'
import { pexBuilder } from './support/pex-builder.ts'
import { pexFiles } from './support/pex-files.ts'
import { machineWithPython, runLine, startPython } from './support/python.ts'
import { watchedTerminal } from './support/watched-terminal.ts'

describe(`what ${recording.version} does`, () => {
  let python: Python
  let machine: Machine
  beforeAll(async () => {
    python = await startPython()
    machine = machineWithPython(python)
    const builder = await pexBuilder()
    for (const each of runnablePexes) {
      for (const { path, ...file } of await pexFiles(builder, each)) writeFiles(machine.fs, { [path]: file }, `${home}/demo`)
    }
    writeFiles(machine.fs, pexRunFiles, `${home}/demo`)
  })
  afterAll(() => python.idle())

  test('every line is recorded', () => expect(recording.cases.map(({ line }) => line)).toEqual(pexRunLines))

  // In order, in one home: the first to need a part of PEX_ROOT makes it.
  for (const { line, ...expected } of recording.cases) {
    test(line, async () => {
      const { ended, stdout, stderr } = await runLine(machine, line)
      expect({ stdout, stderr, status: ended.kind === 'exited' ? ended.status : -1 }).toEqual(expected)
    })
  }

  /** A PEX on a terminal of its own. */
  const onTerminal = (...argv: string[]) => {
    const { terminal, ...watched } = watchedTerminal(machine)
    const env = { ...usualEnvironment, TERM: 'dumb', NO_COLOR: '1' }
    return { ...watched, ended: machine.start({ path: `${home}/demo/${argv[0]}`, argv, env, cwd: `${home}/demo`, terminal }).ended }
  }

  test('the REPL of a PEX', async () => {
    const { screen, type, until, ended } = onTerminal('./rich.pex')
    const recorded = repl.cases[0]!.stdout
    const prompts = [...recorded.matchAll(/^(?:>>>|\.\.\.) /gm)].map(([prompt]) => prompt)
    let from = 0
    for (const [index, line] of [...replLines, '\x04'].entries()) {
      await until(prompts[index]!, from)
      from = screen().length
      type(line)
    }
    expect(await ended).toMatchObject({ kind: 'exited', status: repl.cases[0]!.status })
    const but = (text: string) => text.replace(/^Python 3\.\d+\.\d+ .*$/m, 'PYTHON').replaceAll('\r', '').trimEnd()
    expect(but(screen())).toBe(but(recorded))
  })

  test('gunicorn out of a PEX serves on a terminal until Ctrl-C', async () => {
    const { screen, type, until, ended } = onTerminal('./gunicorn.pex', '-b', '127.0.0.1:8124', 'app:app')
    await until('Booting worker')
    expect((await runLine(machine, 'curl -s localhost:8124/on/a/terminal')).stdout).toBe('/on/a/terminal\n')
    // Once it has told of the request it waits for the next one.
    await runLine(machine, 'until ps -eo stat,args | grep "[a]pp:app" | grep -q "^S"; do sleep 0.05; done')
    type('\x03')
    expect(await ended).toMatchObject({ kind: 'exited', status: 0 })
    expect(screen()).toMatch(/\^C\[.*\] \[\d+\] \[INFO\] Worker exiting \(pid: \d+\)\r\n$/)
    expect((await runLine(machine, 'curl -s localhost:8124/; echo $?; ps -e | grep -c python')).stdout).toBe('7\n0\n')
  })
})
