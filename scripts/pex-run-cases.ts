/** PEXes that the engine builds, and the lines that run them: on a real CPython and in the machine, in the directory that holds them. */
import type { PexCase } from './pex-cases.ts'

const rich = ['rich', 'pygments', 'markdown_it_py', 'mdurl']
const build = (name: string, input: PexCase['input'], wheels = rich): PexCase =>
  ({ name, flags: [], wheels, input: { shebang: '/usr/bin/env python3', ...input } })
const settings = { requirements: ['rich'] }

/** By file name; a packed or loose one is a directory. */
export const runnablePexes: PexCase[] = [
  build('rich.pex', { settings: { ...settings, includes_tools: true } }),
  build('packed', { settings, layout: 'packed' }),
  build('loose', { settings, layout: 'loose' }),
  build('venv.pex', { settings: { ...settings, venv: true } }),
  build('boot.pex', { settings, shBoot: true }),
  build('venv-boot.pex', { settings: { ...settings, venv: true }, shBoot: true }),
  build('pygmentize.pex', { settings: { requirements: ['pygments'], entry_point: 'pygments.cmdline:main' } }, ['pygments']),
  build('click.pex', { settings: { requirements: ['click'] } }, ['click']),
  // Compiled for Linux and CPython 3.11: no other interpreter may take it.
  build('yaml.pex', { settings: { requirements: ['pyyaml'] } }, ['pyyaml']),
  build('gunicorn.pex', { settings: { requirements: ['gunicorn'], entry_point: 'gunicorn.app.wsgiapp:run' } }, ['gunicorn', 'packaging']),
  build('constrained.pex', { settings: { ...settings, interpreter_constraints: ['CPython==3.7.*'] } }),
]

export const pexRunFiles: Record<string, string> = {
  'script.py': 'import sys\nimport rich\nprint(rich.__name__, __name__, sys.argv)\n',
  'fails.py': 'import rich\nraise SystemExit(rich.get_console().width and 7)\n',
  'app.py': "def app(environ, start):\n    start('200 OK', [('Content-Type', 'text/plain')])\n    return [environ['PATH_INFO'].encode() + b'\\n']\n",
  'late.py': 'import sys\nprint(sum(map(len, sys.stdin)))\n',
}

/**
 * What a PEX tells of its work, but for times, what it un-imports, the interpreter's identity and what is named after that, and what the
 * machine's Python lacks: a directory of site packages, and one of compiled extensions.
 */
const told = String.raw`sed -E 's/[0-9.]+ms/N ms/; s/(interpreters\/2)\/[0-9a-f\/]+/\1/; s/, [^,]*lib-dynload.\]/]/; /: un-imported|encoded: |site-packages\)?$|lib-dynload$/d'`

export const pexRunLines: string[] = [
  './rich.pex script.py a "b c"', `rm -rf ~/.cache/pex; PEX_VERBOSE=9 ./rich.pex script.py 2>&1 | ${told}`, `PEX_VERBOSE=3 ./rich.pex script.py 2>&1 | ${told}`,
  'python3 rich.pex script.py', './rich.pex fails.py; echo $?',
  './rich.pex -c "import rich.text; print(rich.text.Text(\'it runs\').plain)"', './rich.pex -c "import sys; print(sys.argv, sys.flags.isolated)" -x y',
  './rich.pex -m pygments -V', './rich.pex -m nope 2>&1 | tail -n 1', './rich.pex nope.py 2> /dev/null; echo $?', 'echo some input | ./rich.pex late.py',
  'echo "import rich; print(rich.__name__)" | ./rich.pex 2> /dev/null', './rich.pex 2>&1 > /dev/null < /dev/null | head -n 1', 'echo "print(1)" | ./rich.pex -', './rich.pex -c "import click" 2>&1 | tail -n 1',
  './packed/__main__.py script.py', 'python3 packed script.py', './loose/__main__.py script.py',
  './venv.pex script.py', './venv.pex script.py again', './boot.pex script.py', './boot.pex script.py again', './venv-boot.pex script.py', './venv-boot.pex script.py again',
  './venv.pex -c "import sys; print(sys.prefix != sys.base_prefix, sys.prefix.startswith(sys.argv[1]))" ~/.cache/pex/venvs',
  'echo "x = 1" | ./pygmentize.pex -l python -f html', './pygmentize.pex -l nope < /dev/null; echo $?',
  // The runtime's variables.
  'PEX_INTERPRETER=1 ./pygmentize.pex -c "import pygments; print(pygments.__name__)"', 'PEX_MODULE=pygments.cmdline:main ./rich.pex -V',
  'PEX_SCRIPT=pygmentize ./rich.pex -V', 'PEX_SCRIPT=nope ./rich.pex; echo $?', 'PEX_MODULE=nope ./rich.pex 2>&1 | tail -n 1',
  'PEX_ROOT=$PWD/elsewhere ./rich.pex -c "print(1)"; ls elsewhere', 'PEX_PATH=click.pex ./rich.pex -c "import click, rich; print(click.__name__, rich.__name__)"',
  'PEX_EXTRA_SYS_PATH=$PWD/empty ./rich.pex -c "import sys, os; print(os.path.basename(sys.path[-1]))"',
  `PEX_VERBOSE=1 ./rich.pex -c "print(1)" 2>&1 | ${told}`, 'PEX_VERBOSE=nope ./rich.pex 2>&1 | tail -n 1',
  'PEX_PYTHON=python3 ./rich.pex -c "print(1)"', 'PEX_PYTHON_PATH=/nope ./rich.pex 2>&1 | tail -n 3', 'PEX_INHERIT_PATH=nope ./rich.pex 2>&1 | tail -n 1',
  'PEX_TOOLS=1 ./rich.pex info | python3 -c "import json, sys; print(json.load(sys.stdin)[\'requirements\'])"', 'PEX_TOOLS=1 ./rich.pex graph | grep -c "rich"',
  'PEX_TOOLS=1 ./rich.pex venv here && here/bin/python -c "import rich, sys; print(rich.__name__, sys.prefix)" && here/bin/pygmentize -V',
  'PEX_TOOLS=1 ./rich.pex nope 2> /dev/null; echo $?', 'PEX_TOOLS=1 ./click.pex; echo $?',
  // What may not run.
  './constrained.pex 2>&1 | tail -n 3', './yaml.pex -c "import yaml" 2>&1 | grep "Found 1"', './yaml.pex -c "import yaml" 2>&1 | grep -c "The wheel tags for PyYAML 6.0.3 are cp311-cp311-manylinux"', './yaml.pex -c "import yaml" 2> /dev/null; echo $?',
  // A server out of a PEX: what it answers, what it says, and its end. In the machine gunicorn's arbiter becomes its worker: it has no more to say.
  `./gunicorn.pex -b 127.0.0.1:8123 app:app 2> log & until curl -s localhost:8123/path; do sleep 0.1; done; kill $!; wait $!; echo $?; sed "s/^\\[.* +0000\\] \\[[0-9]*\\] //; s/([0-9]*)$/(PID)/; s/: [0-9]*)/: PID)/; s/pid: [0-9][0-9]*/pid: PID/" log | grep -v -e Control -e "Handling signal" -e "Shutting down: Master" | sort`,
  // What is left behind.
  './rich.pex -c "" && ls ~/.cache/pex', 'find ~/.cache/pex/interpreters -name INTERP-INFO | wc -l',
]
