import { expect, test } from 'vitest'
import { cat } from '../commands/cat.ts'
import { dirname } from '../commands/dirname.ts'
import { runCommand } from '../../test/support/machine.ts'
import { createShell } from './create-shell.ts'

/** The shape of the header that pex puts before a zip with --sh-boot: a POSIX script that looks for an interpreter and becomes it. */
const header = `#!/bin/sh
# A comment
set -eu

VENV=""
RAW_DEFAULT_PEX_ROOT="~/.cache/pex"
DEFAULT_PEX_ROOT="$(echo ~/.cache/pex)"
if [ -n "\${PEX_ROOT:-}" ]; then
  PEX_ROOT="\${PEX_ROOT}"
else
  PEX_ROOT="\${DEFAULT_PEX_ROOT}"
fi
if [ -n "\${VENV}" -a -x "\${PEX_ROOT}/venvs/pex" ]; then
  exec "\${PEX_ROOT}/venvs/pex" "$@"
fi

find_python() {
  for python in \\
"python3.99" \\
"python3.98" \\
"cat" \\
; do
    if command -v "\${python}" 2>/dev/null; then
      return
    fi
  done
}
python_exe="$(find_python)"
if [ -n "\${python_exe}" ]; then
  if [ -n "\${PEX_VERBOSE:-}" ]; then
    echo >&2 "$0 used /bin/sh boot to select python: \${python_exe} in $(dirname "$0")"
  fi
  exec "\${python_exe}" "$@"
fi

echo >&2 "Failed to find any of these python binaries on the PATH:"
exit 1
`

const commands = { cat, dirname, bash: createShell(), sh: createShell() }
const files = { 'app.pex': { bytes: header, mode: 0o755 }, 'script.py': 'print(1)\n' }

test('a shell boot header finds its interpreter and becomes it', async () => {
  const result = await runCommand(commands, ['bash', '-c', './app.pex script.py; echo $?'], { files, env: { PEX_VERBOSE: '1' } })
  expect(result).toMatchObject({ stdout: 'print(1)\n0\n', stderr: './app.pex used /bin/sh boot to select python: /usr/bin/cat in .\n' })
})

test('bytes of a zip behind the header are never looked at', async () => {
  const bytes = new Uint8Array([...new TextEncoder().encode(header), 0x50, 0x4b, 3, 4, 0, 255, 254, 40, 34])
  const result = await runCommand(commands, ['bash', '-c', './app.pex script.py'], { files: { ...files, 'app.pex': { bytes, mode: 0o755 } } })
  expect(result).toMatchObject({ status: 0, stdout: 'print(1)\n', stderr: '' })
})

// As bash 5.2 does.
test('commands that run on into bytes of no text are read on', async () => {
  const script = 'echo one\nif true; then\necho two\n: "\0"\necho $LINENO\nfi\necho $LINENO\n)\n'
  const result = await runCommand(commands, ['bash', 'nul.sh'], { files: { 'nul.sh': script } })
  expect(result).toMatchObject({ status: 2, stdout: 'one\ntwo\n5\n7\n' })
  expect(result.stderr).toBe("nul.sh: line 8: syntax error near unexpected token `)'\nnul.sh: line 8: `)'\n")
})
