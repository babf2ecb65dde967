import type { MachineOptions } from '../machine/machine.ts'
import type { Command } from '../machine/process.ts'
import { base64 } from './base64.ts'
import { basename } from './basename.ts'
import { cat } from './cat.ts'
import { chmod } from './chmod.ts'
import { clear } from './clear.ts'
import { cmp } from './cmp.ts'
import { column } from './column.ts'
import { comm } from './comm.ts'
import { cp } from './cp.ts'
import { curl } from './curl.ts'
import { cut } from './cut.ts'
import { date } from './date.ts'
import { df } from './df.ts'
import { diff } from './diff.ts'
import { dirname } from './dirname.ts'
import { du } from './du.ts'
import { echo } from './echo.ts'
import { env } from './env.ts'
import { expand } from './expand.ts'
import { expr } from './expr.ts'
import { falseCommand } from './false.ts'
import { file } from './file.ts'
import { find } from './find.ts'
import { fold } from './fold.ts'
import { grep } from './grep.ts'
import { head } from './head.ts'
import { hexdump } from './hexdump.ts'
import { hostname } from './hostname.ts'
import { id } from './id.ts'
import { join } from './join.ts'
import { kill } from './kill.ts'
import { ldd } from './ldd.ts'
import { less } from './less.ts'
import { ln } from './ln.ts'
import { ls } from './ls.ts'
import { md5sum } from './md5sum.ts'
import { mkdir } from './mkdir.ts'
import { mktemp } from './mktemp.ts'
import { mv } from './mv.ts'
import { nl } from './nl.ts'
import { nohup } from './nohup.ts'
import { nproc } from './nproc.ts'
import { od } from './od.ts'
import { paste } from './paste.ts'
import { pex, pex3, pexec } from './pex.ts'
import { pipx } from './pipx.ts'
import { printenv } from './printenv.ts'
import { printf } from './printf.ts'
import { ps } from './ps.ts'
import { pwd } from './pwd.ts'
import { readlink } from './readlink.ts'
import { realpath } from './realpath.ts'
import { reset } from './reset.ts'
import { rev } from './rev.ts'
import { rm } from './rm.ts'
import { rmdir } from './rmdir.ts'
import { sed } from './sed.ts'
import { seq } from './seq.ts'
import { sha256sum } from './sha256sum.ts'
import { sleep } from './sleep.ts'
import { sort } from './sort.ts'
import { ss } from './ss.ts'
import { stat } from './stat.ts'
import { strings } from './strings.ts'
import { stty } from './stty.ts'
import { tac } from './tac.ts'
import { tail } from './tail.ts'
import { tee } from './tee.ts'
import { bracket, test } from './test.ts'
import { time } from './time.ts'
import { timeout } from './timeout.ts'
import { touch } from './touch.ts'
import { tr } from './tr.ts'
import { tree } from './tree.ts'
import { trueCommand } from './true.ts'
import { tty } from './tty.ts'
import { uname } from './uname.ts'
import { uniq } from './uniq.ts'
import { unzip } from './unzip.ts'
import { uptime } from './uptime.ts'
import { watch } from './watch.ts'
import { wc } from './wc.ts'
import { which } from './which.ts'
import { whoami } from './whoami.ts'
import { xargs } from './xargs.ts'
import { xxd } from './xxd.ts'
import { yes } from './yes.ts'
import { zip } from './zip.ts'
import { zipinfo } from './zipinfo.ts'

/** One row a command, by the name it is called by. */
export const commands: Record<string, Command> = {
  '[': bracket,
  base64,
  basename,
  cat,
  chmod,
  clear,
  cmp,
  column,
  comm,
  cp,
  curl,
  cut,
  date,
  df,
  diff,
  dirname,
  du,
  echo,
  env,
  expand,
  expr,
  false: falseCommand,
  file,
  find,
  fold,
  grep,
  head,
  hexdump,
  hostname,
  id,
  join,
  kill,
  ldd,
  less,
  ln,
  ls,
  md5sum,
  mkdir,
  mktemp,
  mv,
  nl,
  nohup,
  nproc,
  od,
  paste,
  pipx,
  printenv,
  printf,
  ps,
  pwd,
  readlink,
  realpath,
  reset,
  rev,
  rm,
  rmdir,
  sed,
  seq,
  sha256sum,
  sleep,
  sort,
  ss,
  stat,
  strings,
  stty,
  tac,
  tail,
  tee,
  test,
  time,
  timeout,
  touch,
  tr,
  tree,
  true: trueCommand,
  tty,
  uname,
  uniq,
  unzip,
  uptime,
  watch,
  wc,
  which,
  whoami,
  xargs,
  xxd,
  yes,
  zip,
  zipinfo,
}

/** Programs that `pipx install` links to; before it nothing in PATH is called so. */
const installable: Record<string, Command> = { pex, pex3, pexec }

const programsIn = (directory: string, table: Record<string, Command>): MachineOptions['programs'] =>
  Object.fromEntries(Object.entries(table).map(([name, run]) => [name, { path: `${directory}/${name}`, program: { kind: 'command', run } }]))

/** Every command as a program of a machine, in /usr/bin as on Debian. */
export const programs: MachineOptions['programs'] = { ...programsIn('/usr/bin', commands), ...programsIn('/usr/libexec', installable) }
