import type { MachineOptions } from '../machine/machine.ts'
import type { Command } from '../machine/process.ts'

/** A command whose module is evaluated when it is first run: hundreds of them would hold up the first prompt. */
function late<Name extends string>(load: () => Promise<Record<Name, Command>>, name: Name): Command {
  return async (args, process) => (await load())[name](args, process)
}

/** One row a command, by the name it is called by. */
export const commands: Record<string, Command> = {
  '[': late(() => import('./test.ts'), 'bracket'),
  base64: late(() => import('./base64.ts'), 'base64'),
  basename: late(() => import('./basename.ts'), 'basename'),
  cat: late(() => import('./cat.ts'), 'cat'),
  chmod: late(() => import('./chmod.ts'), 'chmod'),
  clear: late(() => import('./clear.ts'), 'clear'),
  cmp: late(() => import('./cmp.ts'), 'cmp'),
  column: late(() => import('./column.ts'), 'column'),
  comm: late(() => import('./comm.ts'), 'comm'),
  cp: late(() => import('./cp.ts'), 'cp'),
  curl: late(() => import('./curl.ts'), 'curl'),
  cut: late(() => import('./cut.ts'), 'cut'),
  date: late(() => import('./date.ts'), 'date'),
  df: late(() => import('./df.ts'), 'df'),
  diff: late(() => import('./diff.ts'), 'diff'),
  dirname: late(() => import('./dirname.ts'), 'dirname'),
  du: late(() => import('./du.ts'), 'du'),
  echo: late(() => import('./echo.ts'), 'echo'),
  env: late(() => import('./env.ts'), 'env'),
  expand: late(() => import('./expand.ts'), 'expand'),
  expr: late(() => import('./expr.ts'), 'expr'),
  false: late(() => import('./false.ts'), 'falseCommand'),
  file: late(() => import('./file.ts'), 'file'),
  find: late(() => import('./find.ts'), 'find'),
  fold: late(() => import('./fold.ts'), 'fold'),
  grep: late(() => import('./grep.ts'), 'grep'),
  head: late(() => import('./head.ts'), 'head'),
  hexdump: late(() => import('./hexdump.ts'), 'hexdump'),
  hostname: late(() => import('./hostname.ts'), 'hostname'),
  id: late(() => import('./id.ts'), 'id'),
  join: late(() => import('./join.ts'), 'join'),
  kill: late(() => import('./kill.ts'), 'kill'),
  ldd: late(() => import('./ldd.ts'), 'ldd'),
  less: late(() => import('./less.ts'), 'less'),
  ln: late(() => import('./ln.ts'), 'ln'),
  ls: late(() => import('./ls.ts'), 'ls'),
  md5sum: late(() => import('./md5sum.ts'), 'md5sum'),
  mkdir: late(() => import('./mkdir.ts'), 'mkdir'),
  mktemp: late(() => import('./mktemp.ts'), 'mktemp'),
  mv: late(() => import('./mv.ts'), 'mv'),
  nano: late(() => import('./nano.ts'), 'nano'),
  nl: late(() => import('./nl.ts'), 'nl'),
  nohup: late(() => import('./nohup.ts'), 'nohup'),
  nproc: late(() => import('./nproc.ts'), 'nproc'),
  od: late(() => import('./od.ts'), 'od'),
  paste: late(() => import('./paste.ts'), 'paste'),
  pipx: late(() => import('./pipx.ts'), 'pipx'),
  printenv: late(() => import('./printenv.ts'), 'printenv'),
  printf: late(() => import('./printf.ts'), 'printf'),
  ps: late(() => import('./ps.ts'), 'ps'),
  pwd: late(() => import('./pwd.ts'), 'pwd'),
  readlink: late(() => import('./readlink.ts'), 'readlink'),
  realpath: late(() => import('./realpath.ts'), 'realpath'),
  reset: late(() => import('./reset.ts'), 'reset'),
  rev: late(() => import('./rev.ts'), 'rev'),
  rm: late(() => import('./rm.ts'), 'rm'),
  rmdir: late(() => import('./rmdir.ts'), 'rmdir'),
  sed: late(() => import('./sed.ts'), 'sed'),
  seq: late(() => import('./seq.ts'), 'seq'),
  sha256sum: late(() => import('./sha256sum.ts'), 'sha256sum'),
  sleep: late(() => import('./sleep.ts'), 'sleep'),
  sort: late(() => import('./sort.ts'), 'sort'),
  ss: late(() => import('./ss.ts'), 'ss'),
  stat: late(() => import('./stat.ts'), 'stat'),
  strings: late(() => import('./strings.ts'), 'strings'),
  stty: late(() => import('./stty.ts'), 'stty'),
  tac: late(() => import('./tac.ts'), 'tac'),
  tail: late(() => import('./tail.ts'), 'tail'),
  tee: late(() => import('./tee.ts'), 'tee'),
  test: late(() => import('./test.ts'), 'test'),
  time: late(() => import('./time.ts'), 'time'),
  timeout: late(() => import('./timeout.ts'), 'timeout'),
  touch: late(() => import('./touch.ts'), 'touch'),
  tr: late(() => import('./tr.ts'), 'tr'),
  tree: late(() => import('./tree.ts'), 'tree'),
  true: late(() => import('./true.ts'), 'trueCommand'),
  tty: late(() => import('./tty.ts'), 'tty'),
  uname: late(() => import('./uname.ts'), 'uname'),
  uniq: late(() => import('./uniq.ts'), 'uniq'),
  unzip: late(() => import('./unzip.ts'), 'unzip'),
  uptime: late(() => import('./uptime.ts'), 'uptime'),
  watch: late(() => import('./watch.ts'), 'watch'),
  wc: late(() => import('./wc.ts'), 'wc'),
  which: late(() => import('./which.ts'), 'which'),
  whoami: late(() => import('./whoami.ts'), 'whoami'),
  xargs: late(() => import('./xargs.ts'), 'xargs'),
  xxd: late(() => import('./xxd.ts'), 'xxd'),
  yes: late(() => import('./yes.ts'), 'yes'),
  zip: late(() => import('./zip.ts'), 'zip'),
  zipinfo: late(() => import('./zipinfo.ts'), 'zipinfo'),
}

/** Programs that `pipx install` links to; before it nothing in PATH is called so. */
const installable: Record<string, Command> = {
  pex: late(() => import('./pex.ts'), 'pex'),
  pex3: late(() => import('./pex.ts'), 'pex3'),
  pexec: late(() => import('./pex.ts'), 'pexec'),
}

/** What interactive shells say by, instead of "command not found" alone. */
const saidByShells: Record<string, Command> = {
  'command-not-found': late(() => import('./command-not-found.ts'), 'commandNotFound'),
}

const programsIn = (directory: string, table: Record<string, Command>): MachineOptions['programs'] =>
  Object.fromEntries(Object.entries(table).map(([name, run]) => [name, { path: `${directory}/${name}`, program: { kind: 'command', run } }]))

/** Every command as a program of a machine, in /usr/bin as on Debian. */
export const programs: MachineOptions['programs'] = {
  ...programsIn('/usr/bin', commands),
  ...programsIn('/usr/lib', saidByShells),
  ...programsIn('/usr/libexec', installable),
}
