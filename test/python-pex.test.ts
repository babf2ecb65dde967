/** PEXes that the engine builds run in the machine, by their own unmodified runtime, as they run on a real CPython. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { layFixture } from '../engine/host/lay-fixture.ts'
import type { Machine } from '../engine/machine/machine.ts'
import type { Python } from '../engine/python/create-python.ts'
import { fetchPublic } from '../scripts/fetch-public.ts'
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

  test('--compile has Python compile what is not of distributions', async () => {
    const other = machineWithPython(python, { fetch: fetchPublic })
    await layFixture(other, { name: 'test', directory: `${home}/demo`, files: [] }, usualEnvironment)
    writeFiles(other.fs, { 'src/app.py': 'import idna, pkg\nprint(idna.__name__)\n', 'src/pkg/__init__.py': '', 'src/pkg/__pycache__/old.pyc': 'old', 'tmp/': '' }, `${home}/demo`)
    const run = async (line: string) => {
      const { ended, stdout, stderr } = await runLine(other, `PATH=~/.local/bin:$PATH; ${line}`)
      return { status: ended.kind === 'exited' ? ended.status : -1, stdout, stderr }
    }
    await run('pipx install pex')
    expect((await run('pex --help')).stdout).toMatch(/ --compile, --no-compile\n +Whether Python code is compiled\. \(default: False\)\n/)
    const build = 'pex -D src idna -m app --tmpdir tmp --compile'
    expect(await run(`${build} -o app.pex && ./app.pex && ls tmp`)).toEqual({ status: 0, stdout: 'app.pex\nidna\n', stderr: '' })
    const { stdout } = await run("unzip -Z app.pex | sed -nE 's/^.* (stor|defN) .* (.*pyc)$/\\1 \\2/p' | grep -v 'pex/[a-z]'")
    expect(stdout).toBe([
      'stor .bootstrap/pex/__init__.pyc', 'stor .bootstrap/pex/__main__.pyc', 'stor __main__.pyc', 'stor app.pyc', 'stor pkg/__init__.pyc', 'defN pkg/__pycache__/old.pyc', '',
    ].join('\n'))
    // Its path is that of the bytecode where Python took that.
    expect((await run("PYTHONPATH=app.pex python -c 'import pkg; print(pkg.__file__)'")).stdout).toBe('/home/user/demo/app.pex/pkg/__init__.pyc\n')
    expect(await run(`${build} --layout packed -o packed && packed/pex && ls packed packed/pkg`)).toEqual({
      status: 0, stdout: 'packed\nidna\npacked:\nPEX-INFO\n__main__.py\n__pex__\napp.py\npex\npkg\n\npacked/pkg:\n__init__.py\n__pycache__\n', stderr: '',
    })
    expect(await run(`echo 'x = (' > src/bad.py; ${build} -o bad.pex; echo $?; ls tmp bad.pex`)).toEqual({
      status: 2, stdout: '1\ntmp:\n',
      stderr: "Encountered 1 errors compiling 106 files:\n  bad.py:   File \"bad.py\", line 1\n    x = (\n        ^\nSyntaxError: '(' was never closed\n"
        + "ls: cannot access 'bad.pex': No such file or directory\n",
    })
  }, 120_000)
})
