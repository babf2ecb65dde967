/** All builtins by name. */
import { alias, unalias } from './alias.ts'
import type { Builtin } from './builtin.ts'
import { cd, pwd } from './cd.ts'
import { builtin, command } from './command.ts'
import { declare, exportBuiltin, local, readonly, unset } from './declare.ts'
import { dirs, popd, pushd } from './directory-stack.ts'
import { evalBuiltin, exec, source } from './eval.ts'
import { breakBuiltin, continueBuiltin, exit, logout, returnBuiltin, shift } from './flow.ts'
import { getopts } from './getopts.ts'
import { hash } from './hash.ts'
import { help } from './help.ts'
import { history } from './history.ts'
import { bg, disown, fg, jobs } from './jobs.ts'
import { kill } from './kill.ts'
import { times, ulimit, umask } from './limits.ts'
import { echo, letBuiltin, printf, test } from './print.ts'
import { read } from './read.ts'
import { set } from './set.ts'
import { trap } from './trap.ts'
import { type } from './type.ts'
import { wait } from './wait.ts'

export const builtins: Readonly<Record<string, Builtin>> = {
  ':': () => 0,
  '.': source('.'),
  '[': test('['),
  alias,
  bg,
  break: breakBuiltin,
  builtin,
  cd,
  command,
  continue: continueBuiltin,
  declare: declare('declare'),
  dirs,
  disown,
  echo,
  eval: evalBuiltin,
  exec,
  exit,
  export: exportBuiltin,
  false: () => 1,
  fg,
  getopts,
  hash,
  help,
  history,
  jobs,
  kill,
  let: letBuiltin,
  local,
  logout,
  popd,
  printf,
  pushd,
  pwd,
  read,
  readonly,
  return: returnBuiltin,
  set,
  shift,
  source: source('source'),
  test: test('test'),
  times,
  trap,
  true: () => 0,
  type,
  typeset: declare('typeset'),
  ulimit,
  umask,
  unalias,
  unset,
  wait,
}
