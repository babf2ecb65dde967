/** The command lines that scripts/record-zip.ts runs, and the directory they run in. */

export interface ZipCase {
  steps: string[][]
  /** Standard input of every step. */
  input?: string
  env?: Record<string, string>
}

export interface WorkFile {
  path: string
  mode: number
  /** Seconds since the epoch. */
  mtime: number
  base64?: string
  target?: string
}

const date = 1727359200
const file = (path: string, text: string, mode = 0o644, mtime = date): WorkFile => ({
  path,
  mode,
  mtime,
  base64: Buffer.from(text).toString('base64'),
})
const directory = (path: string): WorkFile => ({ path, mode: 0o755, mtime: date })

/** Directories hold one file each where order would otherwise depend on the disk. */
export const workTree: WorkFile[] = [
  file('a.txt', 'hello\n'),
  file('b.txt', '-'.repeat(5000)),
  file('empty.txt', ''),
  file('run.sh', '#!/bin/sh\necho hi\n', 0o755),
  file('odd.txt', 'odd second\n', 0o600, date + 1),
  file('binary.dat', '\0\u0001\u0002\u0003\u0004\u0005ABCDEFG'),
  directory('sub/'),
  directory('sub/deep/'),
  file('sub/deep/c.txt', 'c\n'),
  directory('hollow/'),
  { path: 'link', mode: 0o777, mtime: date, target: 'a.txt' },
  { path: 'dangling', mode: 0o777, mtime: date, target: 'nowhere' },
]

/** A small application, for zipapp and for the writer. */
export const appTree: WorkFile[] = [
  directory('pkg/'),
  file('pkg/__init__.py', '', 0o644, date + 1),
  file('pkg/\u00fcn\u00ef.txt', 'not ASCII\n', 0o600),
  directory('pkg-data/'),
  file('pkg-data/run.sh', '#!/bin/sh\necho run\n', 0o755),
  directory('empty/'),
  file('a.py', "print('a')\n".repeat(40)),
]
export const appMain = file('__main__.py', "print('main')\n", 0o644, date + 3)

/** Arguments of zipapp besides the source (`app`) and the output, and whether the source has a `__main__.py`. */
export const zipappCases: { args: string[]; main: boolean }[] = [
  { args: [], main: true },
  { args: ['-p', '/usr/bin/env python3'], main: true },
  { args: ['-m', 'pkg.mod:start.now'], main: false },
  { args: ['-m', 'pkg:f', '-p', 'python3'], main: false },
  { args: [], main: false },
  { args: ['-m', 'pkg:f'], main: true },
  { args: ['-m', 'bad'], main: false },
  { args: ['-m', 'pkg:1f'], main: false },
  { args: ['-m', 'pkg.:f'], main: false },
  { args: ['-m', 'a b:f'], main: false },
]

/** Words are separated by single blanks; `'...'` keeps blanks. */
const words = (line: string) => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!)
const run = (...lines: string[]): ZipCase => ({ steps: lines.map(words) })
const answer = (input: string, ...lines: string[]): ZipCase => ({ steps: lines.map(words), input })

const listed = [
  'demo',
  'python',
  'prefixed',
  'relative',
  'comment',
  'utf8',
  'empty',
  'dirs',
  'control',
  'absolute',
  'dotdot',
  'dos',
  'unicode-path',
  'entry-comment',
  'zip64',
  'streamed',
  'info-zip',
  'bzip2',
  'zstd',
  'trailing',
]

export const zipCases: ZipCase[] = [
  ...listed.map((name) => run(`unzip -l ${name}.zip`, `unzip -v ${name}.zip`, `zipinfo ${name}.zip`, `unzip -t ${name}.zip`)),
  ...['python', 'comment', 'relative', 'entry-comment', 'dos', 'unicode-path', 'streamed', 'info-zip'].map((name) =>
    run(`zipinfo -v ${name}.zip`),
  ),
  ...['python', 'prefixed', 'comment', 'utf8', 'dirs', 'info-zip', 'deep', 'zip64', 'streamed', 'unicode-path', 'control', 'dos'].map(
    (name) => run(`unzip ${name}.zip -d out`),
  ),
  // Options of the listings.
  run('unzip -lq two.zip', 'unzip -lqq two.zip', 'unzip -vq two.zip', 'unzip -vqq two.zip', 'unzip -qql comment.zip'),
  run('unzip -l two', 'unzip -l ./two.zip', 'unzip -l two.zip a.txt', 'unzip -l two.zip sub/*', 'unzip -l two.zip -x a.txt'),
  run('unzip -l two.zip nope', 'unzip -l two.zip a.txt nope', 'unzip -l two.zip -x nope', 'unzip -l two.zip a.txt -x a.txt'),
  run('unzip -z comment.zip', 'unzip -zq comment.zip', 'unzip -z two.zip'),
  run('zipinfo -1 python.zip', 'zipinfo -2 python.zip', 'zipinfo -s python.zip', 'zipinfo -m python.zip', 'zipinfo -l python.zip'),
  run(
    'zipinfo -h python.zip',
    'zipinfo -t python.zip',
    'zipinfo -ht python.zip',
    'zipinfo -T python.zip',
    'zipinfo -2ht python.zip',
    'zipinfo -1t two.zip',
  ),
  run('zipinfo -z comment.zip', 'zipinfo -2z comment.zip', 'zipinfo -hz comment.zip', 'zipinfo -M two.zip'),
  run(
    'zipinfo two.zip a.txt',
    'zipinfo -h two.zip a.txt',
    'zipinfo -t two.zip a.txt',
    'zipinfo -lht two.zip a.txt',
    'zipinfo two.zip nope',
    'zipinfo -1 two.zip *.txt -x a*',
  ),
  run('zipinfo -C two.zip A.TXT', 'zipinfo -v two.zip sub/b.txt', 'zipinfo -ls two.zip', 'zipinfo two'),
  run('unzip -Z two.zip', 'unzip -Z1 two.zip', 'unzip -Zl two.zip', 'unzip -Z -1 two.zip', 'unzip -l -Z two.zip'),
  // Extraction.
  run('unzip -q two.zip', 'unzip -l two.zip', 'unzip -qo two.zip'),
  run('unzip -qq comment.zip', 'unzip -o two.zip', 'unzip -n two.zip', 'unzip -oq comment.zip'),
  run('unzip -j deep.zip', 'unzip -jo deep.zip -d out'),
  run(
    'unzip -p two.zip',
    'unzip -p two.zip sub/b.txt',
    'unzip -c two.zip sub/b.txt',
    'unzip -cq two.zip sub/b.txt',
    'unzip -p two.zip nope',
  ),
  run(
    'unzip deep.zip a/b/e.txt -d out',
    'unzip deep.zip */d.txt -d out2',
    'unzip deep.zip -x */d.txt -d out3',
    'unzip -C deep.zip A/B/E.TXT -d out4',
  ),
  run('unzip deep.zip nope -d out', 'unzip deep.zip a/b/e.txt nope -d out', 'unzip deep.zip -x nope -d out'),
  run('unzip -d out two.zip', 'unzip -dout2 two.zip', 'unzip two.zip -d one/two', 'unzip two.zip -d a.txt'),
  run('unzip -o dirs.zip', 'unzip -o dirs.zip'),
  run('unzip -tq two.zip', 'unzip -tqq two.zip', 'unzip -t two.zip a.txt', 'unzip -t two.zip nope'),
  run('unzip -f two.zip', 'unzip -fo two.zip', 'unzip -u two.zip', 'unzip -uo two.zip -d out'),
  run('unzip -D python.zip -d out', 'unzip -DD two.zip -d out2'),
  run('unzip -L dos.zip -d out', 'unzip -LL dos.zip -d out2'),
  run('unzip two.zip comment.zip', 'unzip *.zip', 'unzip -l t*.zip'),
  answer('y\n', 'unzip two.zip'),
  answer('n\n', 'unzip two.zip'),
  answer('A\n', 'unzip same.zip'),
  answer('N\n', 'unzip same.zip'),
  answer('r\nrenamed.txt\n', 'unzip two.zip'),
  answer('q\ny\n', 'unzip two.zip'),
  answer('', 'unzip same.zip'),
  // Refusals and damage.
  run('unzip', 'zipinfo'),
  run('unzip nofile', 'unzip -l nofile.zip', 'unzip -t nofile', 'zipinfo nofile', 'unzip -p nofile', 'unzip sub'),
  run(
    'unzip -y two.zip',
    'unzip --nosuch two.zip',
    'unzip -d',
    'unzip two.zip -d',
    'unzip -no two.zip -d out',
    'unzip -l -t two.zip',
    'zipinfo -y two.zip',
  ),
  ...['garbage', 'nothing', 'truncated-end', 'truncated-half'].map((name) =>
    run(`unzip ${name}.zip`, `unzip -l ${name}.zip`, `zipinfo ${name}.zip`),
  ),
  ...['bad-central-signature', 'count-lie', 'cut-front', 'comment-cut', 'disk'].map((name) => run(`unzip -l ${name}.zip`)),
  ...[
    'bad-data',
    'bad-local-signature',
    'overlap',
    'zstd',
    'method-300',
    'need-99',
    'lzma',
    'encrypted',
    'empty',
    'relative',
    'absolute',
    'dotdot',
    'collision',
    'backslash',
  ].map((name) => run(`unzip ${name}.zip -d out`, `unzip -t ${name}.zip`, `unzip -tq ${name}.zip`)),
  run('unzip link-out.zip -d out'),
  run('unzip bad-both-crc.zip -d out', 'unzip -t bad-both-crc.zip', 'unzip -p bad-both-crc.zip a.txt', 'unzip -tqq bad-both-crc.zip'),
  run('unzip bad-local-name.zip -d out'),
  run('unzip size-lie-large.zip -d out'),
  run(
    'unzip -p garbage.zip',
    'unzip -qq nofile',
    'unzip -l nofile*',
    'unzip -tqq nofile',
    'unzip -p relative.zip a.txt',
    'unzip -lq entry-comment.zip',
  ),
  run('unzip -p bad-data.zip', 'unzip -p encrypted.zip', 'unzip -p zstd.zip'),
  // zip.
  run(
    'zip new.zip a.txt b.txt empty.txt run.sh',
    'zipinfo -1 new.zip',
    'unzip -l new.zip',
    'unzip -t new.zip',
    'zip new.zip a.txt',
    'zip new b.txt odd.txt',
  ),
  run('zip -r new.zip sub', 'zipinfo -1 new.zip', 'zip -r new.zip sub hollow', 'zipinfo -1 new.zip'),
  run('zip -rD new.zip sub', 'zip -rj flat.zip sub', 'zipinfo -1 flat.zip', 'zip new.zip sub', 'zip none.zip hollow', 'zipinfo none.zip'),
  run('zip -q new.zip a.txt', 'zip -qr new.zip sub', 'zipinfo new.zip', 'zip -T new.zip'),
  run('zip -X new.zip a.txt run.sh odd.txt', 'zipinfo new.zip', 'zipinfo -l new.zip', 'unzip -v new.zip'),
  run('zip -qX new.zip a.txt link', 'zipinfo new.zip', 'zip -qXy new.zip link dangling', 'zipinfo new.zip', 'unzip new.zip -d out'),
  run('zip -0 new.zip b.txt', 'zip -6 new.zip b.txt', 'zip -9q new.zip b.txt', 'unzip -l new.zip'),
  run('zip new.zip binary.dat a.txt', 'zipinfo new.zip'),
  run('zip -m moved.zip a.txt', 'zip -mq moved.zip b.txt', 'unzip -l moved.zip'),
  run('zip -mr moved.zip sub', 'unzip -l moved.zip'),
  run('zip -q new.zip a.txt b.txt empty.txt', 'zip -d new.zip a.txt', 'zip -d new.zip nope', 'zip -d new.zip *', 'unzip -l new.zip'),
  run('zip -q new.zip a.txt', 'zip -u new.zip a.txt b.txt', 'zip -u new.zip a.txt b.txt', 'zip -f new.zip a.txt', 'unzip -l new.zip'),
  run('zip -r new.zip . -x *.txt -x *.zip sub/* hollow/* binary.dat link', 'zipinfo -1 new.zip'),
  run('zip new.zip a.txt b.txt -i a*', 'zip other.zip a.txt b.txt -x b.txt', 'zipinfo -1 other.zip', 'zip third.zip a.txt b.txt -x *'),
  answer('a.txt\nrun.sh\n', 'zip -@ new.zip', 'zipinfo -1 new.zip'),
  answer('from stdin\n', 'zip new.zip -', 'zipinfo -1 new.zip', 'unzip -p new.zip'),
  answer('the comment\n.\n', 'zip -z new.zip a.txt', 'unzip -z new.zip'),
  run(
    'zip new.zip nope',
    'zip new.zip a.txt nope',
    'zip new.zip',
    'zip two.zip nope',
    'zip -r new.zip nope/',
    'zip -y new.zip dangling',
    'zip d.zip dangling',
  ),
  run('zip garbage.zip a.txt', 'zip nothing.zip a.txt', 'zip -T garbage.zip', 'zip -T two.zip', 'zip -T nofile.zip'),
  run('zip -@q', 'zip --nosuch new.zip a.txt', 'zip -Q new.zip a.txt', 'zip missing/new.zip a.txt', 'zip -d nofile.zip a.txt'),
  run(
    'zip -r new.zip a.txt new.zip',
    'zip ./x/../new.zip a.txt',
    'zip new.zip ./a.txt sub/../b.txt',
    'zip new.zip ../work/a.txt',
    'zipinfo -1 new.zip',
  ),
  run('zip new.zip a.txt sub/deep/c.txt', 'zip -j new.zip a.txt sub/deep/c.txt', 'zipinfo -1 new.zip'),
  run('zip -j same-name.zip a.txt ../work/a.txt', 'zip -9qr best.zip sub a.txt', 'zip -v new.zip a.txt'),
  run(
    'zip -To new.zip a.txt b.txt',
    'zip -T new.zip a.txt',
    'zip -n .txt new.zip b.txt',
    'unzip -v new.zip',
    'zip --rec new.zip a.txt',
    'zip -x',
    'zip --no a.zip a.txt',
  ),
  run(
    'zip new.zip a.txt',
    'zip new.zip new.zip',
    'zip -r new.zip . -i *.zip a.txt',
    'zipinfo -1 new.zip',
    'zip x.foo a.txt',
    'zip .zip a.txt',
  ),
  run('zip --quiet new.zip a.txt', 'zip --recurse-paths new.zip sub', 'zip -q -r -X new2.zip sub', 'zip new.zip -r sub -q'),
  run('zip python.zip a.txt', 'zipinfo python.zip', 'zip -d python.zip pkg/*', 'zipinfo python.zip'),
  run('zip prefixed.zip a.txt', 'unzip -l prefixed.zip', 'zip relative.zip run.sh'),
  run('zip -q comment.zip run.sh', 'unzip -l comment.zip'),
  // Python's own tools.
  run('python3 -m zipfile -l demo.zip', 'python3 -m zipfile -t two.zip', 'python3 -m zipfile -t bad-data.zip'),
]
