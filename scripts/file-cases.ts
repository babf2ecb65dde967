/** What scripts/record-commands.ts records: the files every case starts from, and the command lines. */
import type { TestFile } from '../test/support/machine.ts'
import type { CaseLine } from './record-cases.ts'

const talk = Date.UTC(2024, 8, 26, 14, 0, 0)
const later = Date.UTC(2024, 8, 27, 9, 30, 15)
const bytes = (...values: (number | string)[]) => Uint8Array.from(values.flatMap((value) => (typeof value === 'number' ? [value] : [...value].map((c) => c.charCodeAt(0)))))
const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at + 1}\n`).join('')

/** A stored zip of one file `a.txt` with the two bytes `hi`, its end record's offset `prefix` bytes on (as zipapp writes archives with a shebang). */
function storedZip(prefix: number): Uint8Array {
  const u16 = (n: number) => [n & 255, n >> 8]
  const u32 = (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24]
  const common = [...u16(20), ...u16(0), ...u16(0), ...u16((14 << 11) | 0), ...u16((44 << 9) | (9 << 5) | 26), ...u32(0xd8932aac), ...u32(2), ...u32(2), ...u16(5), ...u16(0)]
  const local = bytes('PK', 3, 4, ...common, 'a.txt', 'hi')
  const central = bytes('PK', 1, 2, ...u16(0x0314), ...common, ...u16(0), ...u16(0), ...u16(0), ...u32(0o100644 << 16 >>> 0), ...u32(prefix), 'a.txt')
  return bytes(...local, ...central, 'PK', 5, 6, ...u16(0), ...u16(0), ...u16(1), ...u16(1), ...u32(central.length), ...u32(prefix + local.length), ...u16(0))
}
const shebang = '#!/usr/bin/env python3\n'

export const fileFiles = (now: number): Record<string, TestFile> => Object.fromEntries(Object.entries({
  'a.txt': 'alpha\nbeta\ngamma\n',
  'b.txt': 'alpha\nBeta\ngamma\ndelta\n',
  'no-end': 'one\ntwo',
  empty: '',
  lines: lines(12),
  odd: { bytes: bytes(9, 'tab', 1, 127, 200, 10, 10, 10, 'x', 13, 10) },
  'with space': 'x\n',
  "it's": 'x\n',
  'recent.txt': { bytes: 'new\n', mtime: now - 40 * 86_400_000 },
  'later.txt': { bytes: 'later\n', mtime: later },
  'run.sh': { bytes: '#!/bin/sh\necho run\n', mode: 0o755 },
  secret: { bytes: 'x\n', mode: 0 },
  suid: { bytes: 'x', mode: 0o4755 },
  sgid: { bytes: 'x', mode: 0o2755 },
  'archive.zip': { bytes: storedZip(0) },
  'app.pyz': { bytes: bytes(shebang, ...storedZip(shebang.length)) },
  'joined.pyz': { bytes: bytes(shebang, ...storedZip(0)) },
  'sums': '7aa7a5359173d05b63cfd682e3c38487f3cb4f7f1d60659fe59fab1505977d4c  recent.txt\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  empty\n' +
    '0000000000000000000000000000000000000000000000000000000000000000  a.txt\nbogus\n',
  'dir/main.py': 'import os\nprint(1)\n',
  'dir/sub/deep.txt': 'deep\n',
  'dir/sub/big': 'x'.repeat(10000),
  'dir/.hidden': 'h\n',
  'other/main.py': 'import sys\nprint(1)\n',
  'other/new.py': 'x\n',
  link: { target: 'a.txt' },
  dangling: { target: 'nowhere' },
  'link-dir': { target: 'dir' },
  'dir/sub/': { mtime: talk },
  'dir/': { mtime: talk },
  'other/': { mtime: talk },
  'void/': { mtime: talk },
  'sticky/': { mode: 0o1777, mtime: talk },
  'locked/inside': 'x\n',
  'locked/': { mode: 0, mtime: talk },
  'readonly/inside': 'x\n',
  'readonly/': { mode: 0o555, mtime: talk },
}).map(([path, file]) => [path, typeof file === 'string' || file instanceof Uint8Array ? { bytes: file, mtime: talk } : { mtime: talk, ...file }]))

const utf8 = { LC_ALL: 'C.UTF-8' }
const tree = (line: string): CaseLine => [line, '', utf8]
const typed = (line: string, stdin: string): CaseLine => [line, stdin]

export const fileCases: CaseLine[] = [
  // ls
  'ls', 'ls -a dir', 'ls -A dir', 'ls -l', 'ls -l a.txt run.sh link dangling suid sgid', 'ls -lh dir/sub', 'ls -R dir', 'ls -lR dir', 'ls -r', 'ls -t', 'ls -S', 'ls -lS dir/sub',
  'ls -1 dir other', 'ls -d dir link-dir', 'ls link-dir', 'ls -l link-dir', 'ls -l link-dir/', 'ls -lL link', 'ls -F', 'ls -p', 'ls -s a.txt dir/sub/big', 'ls -n a.txt', 'ls -g a.txt',
  'ls -o a.txt', 'ls -go a.txt', 'ls -lG a.txt', 'ls -C', 'ls -C -w 40', 'ls -x -w 40', 'ls -m -w 40', 'ls -w 0 -C', 'ls --color=always', 'ls -l --color=always', 'ls -lF --color=always', 'ls --color=auto a.txt',
  ['ls --color=always', '', { LS_COLORS: 'di=01;33:*.zip=01;31:ln=01;36:or=40;31:mi=01:ex=0' }], 'ls --quoting-style=shell-escape', 'ls -Q a.txt', 'ls -l --quoting-style=shell-escape a.txt "with space"',
  'ls --quoting-style=shell-escape -C -w 40', 'ls --full-time a.txt', 'ls -l --time-style=long-iso a.txt recent.txt', 'ls -l --time-style=iso a.txt recent.txt', 'ls -l --time-style=+%Y a.txt', 'ls --group-directories-first',
  'ls -X', 'ls --sort=size', 'ls -I "*.txt"', 'ls --hide="*.txt"', 'ls -B', 'ls -lk dir', 'ls -ls dir/sub', 'ls --zero dir', 'ls --format=long a.txt', 'ls -l --author a.txt', 'ls -l --block-size=1 dir/sub', 'ls -sC -w 40',
  'ls -l --time-style=+ /dev/null', 'ls nope', 'ls a.txt nope dir', 'ls ""', 'ls -l nope "with space"', 'ls locked', 'ls -R locked dir', 'ls -l locked/inside', 'ls a.txt/', 'ls -lL dangling', 'ls -L dangling', 'ls --zz', 'ls --all=3', 'ls -w x', 'ls --color=foo',
  'ls --sort=foo', 'ls --time-style=x -l', 'ls -?', 'ls --al', 'ls --format', 'ls -v', 'ls --file-type', 'ls --si -l dir/sub', 'ls -N "with space"', 'ls -U nope', 'ls -tr dir other', 'ls -lt a.txt later.txt recent.txt',
  // cat
  'cat a.txt', 'cat a.txt no-end b.txt', 'cat -n a.txt', 'cat -b odd', 'cat -A odd', 'cat -s odd', 'cat -vT odd', 'cat -E no-end', typed('cat', 'in\n'), typed('cat a.txt - empty', 'in\n'), typed('cat -n - a.txt', 'in'), 'cat nope', 'cat dir', 'cat secret',
  'cat nope a.txt dir', 'cat -z', 'cat "with space" "no such"', 'cat "a:b"', "cat \"don't\"", 'cat --number --squeeze a.txt', 'cat a.txt/x', 'cat dangling',
  // head and tail
  'head lines', 'head -n 3 lines', 'head -3 lines', 'head -n -10 lines', 'head -c 7 lines', 'head -c -80 lines', 'head -n 1 a.txt b.txt', 'head -qn 1 a.txt b.txt', 'head -v a.txt', 'head -n 2 a.txt nope empty', typed('head -n 1', 'a\nb\n'), 'head -n x a.txt',
  'head -c', 'head dir', 'head --lines', 'head -z a.txt', 'head -n 0 a.txt', 'head -n 1K a.txt', 'head secret', 'head -y',
  'tail lines', 'tail -n 3 lines', 'tail -3 lines', 'tail -n +10 lines', 'tail +11 lines', 'tail -c 7 lines', 'tail -c +80 lines', 'tail -n 1 a.txt no-end', 'tail -qn 1 a.txt b.txt', typed('tail -n 2', 'a\nb\nc'), typed('tail -n +2', 'a\nb\nc'), typed('tail -c 2', 'a\nb\nc'),
  'tail -n x a.txt', 'tail nope', 'tail dir', 'tail -n 0 a.txt', 'tail -c x a.txt', 'tail -y', 'tail nope a.txt', 'tail -n 2 dir a.txt', 'tail empty', 'tail -v empty',
  // wc
  'wc a.txt', 'wc a.txt lines empty', 'wc -l a.txt', 'wc -lw a.txt b.txt', 'wc -c odd', ['wc -m odd', '', utf8], ['wc -L odd lines', '', utf8], typed('wc', 'a b\nc\n'), typed('wc -l', 'a b\nc\n'), typed('wc -l - a.txt', 'x\n'), 'wc dir', 'wc nope', 'wc a.txt nope', 'wc -z', 'wc no-end', 'wc secret a.txt',
  // cp
  'cp a.txt c.txt', 'cp a.txt b.txt dir', 'cp -v a.txt void', 'cp -r dir new', 'cp -r dir void', 'cp -rv dir/sub new', 'cp -a dir new', 'cp -p run.sh new.sh', 'cp run.sh new.sh', 'cp link new', 'cp -P link new', 'cp -d link new', 'cp -L link-dir/main.py x', 'cp -rL link-dir new',
  'cp -n a.txt b.txt', typed('cp -i a.txt b.txt', 'n\n'), typed('cp -i a.txt b.txt', 'y\n'), 'cp -t void a.txt b.txt', 'cp -T a.txt new', 'cp -u later.txt a.txt', 'cp -u a.txt later.txt', 'cp -s a.txt new', 'cp -l a.txt new', 'cp --parents dir/sub/deep.txt void', 'cp -f a.txt b.txt',
  'cp', 'cp a.txt', 'cp nope x', 'cp a.txt a.txt', 'cp a.txt link', 'cp dir new', 'cp a.txt nope/x', 'cp a.txt b.txt nope', 'cp a.txt b.txt empty', 'cp -r dir a.txt', 'cp a.txt dir/', 'cp a.txt nope/', 'cp -T a.txt dir', 'cp -r dir dir', 'cp -r dir dir/x', 'cp secret x', 'cp a.txt readonly', 'cp a.txt readonly/inside',
  'cp dangling x', 'cp a.txt dangling', 'cp -T a.txt b.txt empty', 'cp -t nope a.txt', 'cp -r locked new', 'cp "" x', 'cp a.txt ""', 'cp -s dir/main.py void', 'cp --preserve=foo a.txt x', 'cp --zz', 'cp dir/main.py other/main.py void', 'cp --parents a.txt b.txt', 'cp a.txt/ x',
  // mv
  'mv a.txt new', 'mv -v a.txt new', 'mv a.txt b.txt', 'mv -v a.txt b.txt dir', 'mv dir new', 'mv dir void', 'mv -n a.txt b.txt', typed('mv -i a.txt b.txt', 'n\n'), typed('mv -i a.txt b.txt', 'yes\n'), 'mv -t void a.txt', 'mv -T void new', 'mv -u a.txt later.txt', 'mv link new', 'mv dangling new', 'mv -fv dir/ new',
  'mv', 'mv a.txt', 'mv nope x', 'mv a.txt nope/x', 'mv a.txt a.txt', 'mv dir dir/sub', 'mv dir a.txt', 'mv -T a.txt dir', 'mv a.txt b.txt nope', 'mv a.txt readonly', 'mv readonly/inside x', 'mv -T dir other', 'mv nope1 nope2 dir', 'mv a.txt b.txt empty', 'mv --zz', 'mv -T a b c', 'mv a.txt dir/sub/x/y',
  // rm, rmdir
  'rm a.txt', 'rm -v a.txt b.txt', 'rm -r dir', 'rm -rv void', 'rm -rv dir/sub/deep.txt', 'rm -f nope', 'rm -f', 'rm link-dir', 'rm -d void', typed('rm -i a.txt', 'n\n'), typed('rm -i a.txt', 'y\n'), typed('rm -ri void empty', 'y\ny\n'), typed('rm -I a.txt b.txt empty lines', 'n\n'), typed('rm -rI dir', 'y\n'), 'rm -- -x',
  'rm', 'rm nope', 'rm dir', 'rm -d dir', 'rm -r .', 'rm -r ..', 'rm -r dir/.', 'rm -rf /', 'rm a.txt/', 'rm readonly/inside', 'rm -rf readonly', 'rm -z', 'rm "no such"', 'rm -r locked', 'rm ""', 'rm --interactive=foo a.txt', 'rm -x a.txt', 'rm nope a.txt', 'rm link-dir/',
  'rmdir void', 'rmdir -v void', 'rmdir -p dir/sub', 'rmdir', 'rmdir dir', 'rmdir nope', 'rmdir a.txt', 'rmdir --ignore-fail-on-non-empty dir', 'rmdir link-dir', 'rmdir -z',
  // mkdir, mktemp, touch
  'mkdir new', 'mkdir -p new/a/b', 'mkdir -pv new/a dir', 'mkdir -v new', 'mkdir -m 700 new', 'mkdir -m u=rwx,go= new', 'mkdir -m 1777 new', 'mkdir -p dir', 'mkdir -p dir/sub/x', 'mkdir', 'mkdir dir', 'mkdir a.txt', 'mkdir nope/x', 'mkdir a.txt/x', 'mkdir -p a.txt/x', 'mkdir -p a.txt', 'mkdir -m 999 new', 'mkdir ""', 'mkdir readonly/x', 'mkdir -z',
  'mkdir -p readonly/x/y',
  'mktemp abc', 'mktemp fooXX', 'mktemp fooXXXX/x', 'mktemp -d nope/XXXXXX', 'mktemp a b', 'mktemp --suffix=/x XXXX', 'mktemp -p nope XXXXX', 'mktemp -t a/XXXX', 'mktemp --suffix=.x abc', 'mktemp -z', 'mktemp readonly/XXXX', 'mktemp -qd nope/XXXX',
  'touch new', 'touch new1 new2', 'touch -c nope', 'touch nope/x', 'touch ""', 'touch', 'touch -d bogus x', 'touch -t 99 x', 'touch -r nope x', 'touch readonly/x', 'touch -z', 'touch dir/',
  // ln, readlink, realpath
  'ln -s a.txt new', 'ln -sv a.txt new', 'ln a.txt new', 'ln -v a.txt new', 'ln -s a.txt void', 'ln -sf b.txt link', 'ln -sfn other link-dir', 'ln -sf other link-dir', 'ln -sr dir/main.py void/x', 'ln -s dir/main.py', typed('ln -i a.txt b.txt', 'n\n'), 'ln -t void a.txt b.txt', 'ln -f a.txt b.txt', 'ln -sT a.txt new',
  'ln', 'ln -s', 'ln -s a.txt link', 'ln a.txt b.txt', 'ln nope x', 'ln dir x', 'ln a.txt nope/x', 'ln -s x nope/y', 'ln a b c', 'ln -T a.txt dir', 'ln -f a.txt a.txt', 'ln -sf a.txt -T dir', 'ln -z', 'ln -s x readonly/y',
  'readlink link', 'readlink link dangling', 'readlink -n link', 'readlink -f link-dir/main.py', 'readlink -f nope', 'readlink -f nope/x', 'readlink -e dangling', 'readlink -m nope/x/../y', 'readlink a.txt', 'readlink -v a.txt', 'readlink', 'readlink -ve nope', 'readlink -n link dangling', 'readlink -z link', 'readlink -f .', 'readlink -f /', 'readlink -f a.txt/',
  'realpath link', 'realpath link-dir/sub', 'realpath nope', 'realpath nope/x', 'realpath -e nope', 'realpath -m nope/x', 'realpath -s link-dir/../a.txt', 'realpath --relative-to=dir a.txt', 'realpath --relative-to=. dir/sub', 'realpath --relative-base=dir dir/sub a.txt', 'realpath ""', 'realpath a.txt/x', 'realpath', 'realpath -q nope', 'realpath -L link-dir/..',
  // chmod
  'chmod 600 a.txt', 'chmod u+x a.txt', 'chmod go-r,u=rwx a.txt', 'chmod a+x,o-r a.txt', 'chmod +x a.txt', 'chmod -w a.txt', 'chmod -x run.sh', 'chmod u=g a.txt', 'chmod -R go-rx dir', 'chmod -R a+X dir', 'chmod -v 600 a.txt b.txt', 'chmod -v 644 a.txt', 'chmod -c 644 a.txt', 'chmod -c 640 a.txt', 'chmod u+s,g+s a.txt', 'chmod +t void',
  'chmod --reference=run.sh a.txt', 'chmod 4755 a.txt', 'chmod 755 sgid', 'chmod =r a.txt', 'chmod u-w+x a.txt', 'chmod', 'chmod 644', 'chmod 999 a.txt', 'chmod zz a.txt', 'chmod 644 nope', 'chmod -f 644 nope', 'chmod 644 dangling', 'chmod 644 /dev/null', 'chmod --reference=nope a.txt', 'chmod -R u+x nope', 'chmod -R 755 locked', 'chmod -z a.txt',
  // basename, dirname, pwd, which, tee
  'basename a/b.txt', 'basename a/b.txt .txt', 'basename -s .c a.c b.c', 'basename -a a/b c/d', 'basename /', 'basename a/b/', 'basename .txt .txt', 'basename', 'basename a b c', 'basename -z', 'basename ""', 'dirname a/b', 'dirname a', 'dirname /a/b//', 'dirname / a/b c//d', 'dirname', 'dirname ""',
  'pwd', 'pwd -P', 'pwd x', 'pwd -z', ['pwd -L', '', { PWD: '/home/user' }], 'which ls cat', 'which nope', typed('tee new', 'text\n'), typed('tee -a a.txt', 'more\n'), typed('tee new1 new2', 'x\n'), typed('tee dir', 'x\n'), typed('tee nope/x', 'x\n'), typed('tee readonly/x new', 'x\n'), typed('tee -z', ''),
  // stat
  [['stat', '-c', '%a %A %b %B %f %F %g %G %h %n %N %o %s %t %T %u %U %y %Y', 'a.txt', 'link', 'dir', 'empty', 'suid']], 'stat -c %N link "with space"', [['stat', '-c', '[%10s][%-10n][%05a][%#a][%.3Y][%10.3y][%%][%Q]', 'a.txt']],
  [['stat', '--printf', '%s\\n%n\\t\\x41\\101|', 'a.txt']], [['stat', '--printf', '\\q', 'a.txt']], 'stat -L -c %F link link-dir', 'stat -c %a-%s a.txt nope dir', 'stat', 'stat nope', 'stat -c %s', 'stat -L dangling', 'stat locked/inside', 'stat -z', [['stat', '-c', '%s\\n', 'a.txt']],
  // du, df
  'du dir', 'du -s dir', 'du -a dir', 'du -h dir', 'du -sh dir other', 'du -b dir/sub/big', 'du -c a.txt dir', 'du -d 1 dir', 'du --max-depth=0 dir', 'du -S dir', 'du -k a.txt', 'du -m dir', 'du -0 void', 'du --si dir/sub/big', 'du -B 1 a.txt', 'du --exclude=*.py -a dir', 'du dir/sub dir', 'du a.txt a.txt', 'du --apparent-size dir/sub/big',
  'du nope', 'du -as dir', 'du -d x dir', 'du -s -d 1 dir', 'du -z', 'du locked', 'du a.txt nope', 'df nope', 'df -z',
  // find
  'find dir', 'find dir -name "*.py"', 'find dir -type f', 'find dir -type d -name sub', 'find dir -type f,l', 'find . -maxdepth 1 -name "[ab]*"', 'find dir -mindepth 2', 'find dir -depth', 'find dir void -empty', 'find dir -size +1k', 'find dir -size -2c', 'find dir -size 5c', 'find . -maxdepth 1 -perm 755', 'find . -maxdepth 1 -perm -u+s', 'find . -maxdepth 1 -perm /6000',
  'find . -maxdepth 1 -newer a.txt -type f', 'find dir -path "*/sub/*"', 'find dir -iname "MAIN*"', 'find dir -not -type d', 'find dir ! -name "*.py" -a -type f', 'find dir ( -name main.py -o -name big )', 'find dir -name sub -prune -o -print', 'find dir -name main.py -print0', 'find dir -name main.py -exec echo {} x ;', 'find dir -name main.py -exec echo {} +',
  'find dir -type f -exec false {} ; -print', [['find', 'dir', '-name', 'main.py', '-printf', '%p %f %h %P %s %m %M %y %d %l|%%\\n']], 'find . -maxdepth 1 -type l -printf "%f>%l\\n"', 'find dir -name deep.txt -delete', 'find void -delete', 'find dir -delete -name zz', 'find . -maxdepth 1 -links 1 -name a.txt', 'find . -maxdepth 1 -user user -name a.txt', 'find . -maxdepth 1 -xtype d', 'find -L dir -name main.py',
  'find link-dir', 'find -H link-dir -maxdepth 1 -name main.py', 'find link-dir/ -name main.py', 'find dir -name main.py -quit', 'find dir -mtime +10 -name main.py', 'find dir -true -false', 'find dir -name main.py , -name big', 'find dir -samefile dir/main.py', 'find . -maxdepth 1 -executable -type f', 'find a.txt',
  'find nope', 'find locked', 'find dir -zz', 'find dir -name', 'find dir -type z', 'find dir -type ff', 'find dir -type f,', 'find dir -mtime x', 'find dir -size x', 'find dir -maxdepth x', 'find dir -maxdepth -1', 'find dir ( -name x', 'find dir )', 'find dir ( )', 'find dir -o -print', 'find dir -name a -o', 'find dir !', 'find -name x dir', 'find dir -print x', 'find dir -user nobodyx',
  'find dir -exec', 'find dir -exec echo', 'find dir -maxdepth 0 -exec nosuch {} ;', 'find dir -perm zz', 'find dir -newer nope', 'find dir nope -name main.py', 'find dir -name main.py -maxdepth 1', 'find ""', 'find dir -name deep.txt -exec rm {} ;',
  // tree
  tree('tree dir'), tree('tree -a dir'), tree('tree -L 1 dir'), tree('tree -d .'), tree('tree -F dir'), tree('tree -s dir'), tree('tree -h dir'), tree('tree -p dir'), tree('tree -f dir'), tree('tree -i dir'), tree('tree --noreport dir'), tree('tree --dirsfirst dir'), tree('tree -P *.py dir'), tree('tree -I *.py dir'), tree('tree -r dir'), tree('tree -ug dir'), tree('tree -D dir'),
  tree('tree -hD dir'), tree('tree dir other'), tree('tree void'), tree('tree --charset=ascii dir'), tree('tree -Q dir'), tree('tree --prune dir void'), tree('tree -l link-dir'), tree('tree nope'), tree('tree a.txt'), tree('tree -L 0 dir'), tree('tree -L x dir'), tree('tree -t dir'),
  // file
  'file a.txt no-end empty odd dir link dangling run.sh dir/main.py archive.zip joined.pyz suid sticky', 'file -b a.txt', 'file -L link', 'file nope', 'file -i a.txt empty dir archive.zip', 'file --mime-type dir/main.py run.sh', typed('file -', 'text\n'), 'file -F : a.txt', 'file -N a.txt lines', 'file /dev/null', 'file secret', 'file -b dir/sub/big',
  // sha256sum, md5sum, cmp, diff
  'sha256sum a.txt', 'sha256sum a.txt empty', 'sha256sum -b a.txt', 'sha256sum --tag a.txt', typed('sha256sum', 'x'), 'sha256sum -c sums', 'sha256sum -c --status sums', 'sha256sum --quiet -c sums', 'sha256sum -z a.txt', 'sha256sum nope', 'sha256sum dir', 'sha256sum -c a.txt', 'sha256sum -c nope', 'sha256sum --zz', 'md5sum a.txt empty', 'md5sum --tag a.txt', 'md5sum nope', typed('md5sum -', 'x'),
  'cmp a.txt a.txt', 'cmp a.txt b.txt', 'cmp -s a.txt b.txt', 'cmp -l a.txt b.txt', 'cmp -b a.txt b.txt', 'cmp a.txt no-end', 'cmp no-end empty', 'cmp -n 5 a.txt b.txt', 'cmp -i 6 a.txt b.txt', typed('cmp a.txt', 'alpha\n'), 'cmp a.txt nope', 'cmp', 'cmp -z', 'cmp --bytes=x a.txt b.txt', 'cmp a.txt dir',
  'diff a.txt a.txt', 'diff a.txt b.txt', 'diff -u -L a -L b a.txt b.txt', 'diff -u a.txt b.txt', 'diff -U 0 a.txt b.txt', 'diff -q a.txt b.txt', 'diff -s a.txt a.txt', 'diff -i a.txt b.txt', 'diff -w a.txt b.txt', 'diff a.txt no-end', 'diff -u a.txt no-end', 'diff lines empty', 'diff -U 1 empty a.txt', 'diff -r dir other', 'diff dir other', 'diff -ru -x sub dir other', 'diff -rq dir other',
  'diff -rN -x sub dir other', 'diff --color=always a.txt b.txt', 'diff --color=always -U 1 a.txt b.txt', typed('diff - a.txt', 'alpha\n'), 'diff a.txt app.pyz', 'diff a.txt nope', 'diff', 'diff a.txt', 'diff a b c', 'diff --zz', 'diff -U x a.txt b.txt', 'diff a.txt other', 'diff -r dir/sub dir/main.py', 'diff -uN nope a.txt', 'diff secret a.txt',
]
