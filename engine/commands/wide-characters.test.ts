import { expect, test } from 'vitest'
import { runCommand } from '../../test/support/machine.ts'
import { commands } from './programs.ts'

const files = { '日本語.txt': '', 'é': '', plain: '', 'abc日': '', zz1: '', zz2: '', zz3: '' }

/** As coreutils 9.1, findutils 4.9, file 5.44 and util-linux 2.38 print them with LC_ALL=C.UTF-8. */
test.each([
  [['ls', '-C', '-w', '40'], '', 'abc日  zz1  zz3  日本語.txt\nplain  zz2  é\n'],
  [['ls', '-m', '-w', '30'], '', 'abc日, plain, zz1, zz2, zz3,\né, 日本語.txt\n'],
  [['ls', '-x', '-w', '30'], '', 'abc日  plain  zz1\t  zz2\nzz3    é      日本語.txt\n'],
  [['wc', '-L'], 'a 日本\né\n\tx\n', '9\n'],
  [['wc', '-L'], 'a\u0301 🐍\n', '4\n'],
  [['find', '.', '-name', '日*', '-printf', '%-16f|%16f|%.3f|\n'], '', '日本語.txt   |   日本語.txt|日|\n'],
  [['find', '.', '-name', 'é', '-printf', '%-6f|%6f|%.2f|\n'], '', 'é    |    é|é|\n'],
  [['file', '日本語.txt', 'plain'], '', '日本語.txt: empty\nplain:      empty\n'],
  [['column', '-t'], '日本 x\nplain y\n', '日本   x\nplain  y\n'],
])('%j', async (argv, stdin, stdout) => {
  expect(await runCommand(commands, argv, { files, stdin })).toMatchObject({ stdout, stderr: '', status: 0 })
})
