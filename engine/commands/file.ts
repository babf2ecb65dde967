import type { Process } from '../machine/process.ts'
import { isDirectory, isSymlink, S_IFBLK, S_IFCHR, S_IFIFO, S_IFMT, S_IFSOCK, type Stat } from '../machine/stat.ts'
import { O_RDONLY } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { textWidth } from '../shell/line-editor/graphemes.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { recognizeData } from './recognize-data.ts'
import { recognizeScript } from './recognize-script.ts'
import { recognizeText } from './recognize-text.ts'
import { recognizePrefixedZip, zipDirectoryEntrySize, zipDirectoryOffset, zipEndSize } from './recognize-zip.ts'
import { binary, type Recognized } from './recognized.ts'

/** As much as file(1) looks at. */
const most = 1024 * 1024

export const file = command(
  {
    name: 'file',
    usage: '[OPTION]... FILE...',
    summary: 'Tell what kind of file each FILE is, by looking into it.',
    options: {
      '-b, --brief': 'no names before the answers',
      '-F, --separator=STRING': 'use STRING, not :, between name and answer',
      '-f, --files-from=FILE': 'read the names from FILE',
      '-h, --no-dereference': 'do not follow symlinks (the default)',
      '-i, --mime': 'print media types and encodings',
      '--mime-type': 'print media types',
      '--mime-encoding': 'print encodings',
      '-L, --dereference': 'follow symlinks',
      '-N, --no-pad': 'do not align the answers',
      '-0, --print0': 'print NUL after the name',
    },
    hint: (program) => `Usage: ${program} [-bhiLN0] [--mime-type] [--mime-encoding] [-F <separator>] [-f <namefile>] <file> ...`,
  },
  async (args, process) => {
    const list = args.value('f')
    const names = [...args.operands, ...(list === undefined ? [] : await readNames(process, list))]
    if (!names.length) throw new Failure('missing operand', { usage: true })
    const separator = args.value('F') ?? ':'
    const width = args.has('N') ? 0 : Math.max(...names.map(textWidth))
    const asked = args.latest('i', 'mime-type', 'mime-encoding')
    for (const name of names) {
      const { text, mime, charset } = await recognize(process, name, args.latest('L', 'h') === 'L')
      const answer =
        asked === 'i' ? `${mime}; charset=${charset}` : asked === 'mime-type' ? mime : asked === 'mime-encoding' ? charset : text
      const shown = name === '-' ? '/dev/stdin' : name
      const head = args.has('b')
        ? ''
        : `${shown}${args.has('0') ? '\0' : ''}${separator} ${' '.repeat(Math.max(0, width - textWidth(shown)))}`
      await process.stdout.write(`${head}${answer}\n`)
    }
    return 0
  },
)

async function readNames(process: Process, list: string): Promise<string[]> {
  try {
    const reader = list === '-' ? process.stdin : process.reader(await process.system.open(list, O_RDONLY))
    return new TextDecoder().decode(await reader.all()).split('\n').filter(Boolean)
  } catch (error) {
    if (error instanceof SystemError) throw new Failure(`Cannot open \`${list}' (${error.message})`)
    throw error
  }
}

async function recognize(process: Process, name: string, follow: boolean): Promise<Recognized> {
  const { system } = process
  try {
    if (name === '-') return recognizeBytes(await process.stdin.all())
    const found = await (follow ? system.stat(name) : system.lstat(name))
    const kind = await recognizeWithoutLooking(process, name, found)
    if (kind) return kind
    const inside = await recognizeContents(process, name, found)
    const bits = modeBits(found.mode)
    // The comma before text is file(1)'s own.
    return bits.length ? { ...inside, text: `${bits.join(' ')} ${inside.charset === 'binary' ? '' : ', '}${inside.text}` } : inside
  } catch (error) {
    if (error instanceof SystemError)
      return binary(`cannot open \`${name}' (${error.message})`, `cannot open \`${name}' (${error.message})`)
    throw error
  }
}

const modeBits = (mode: number) => [
  ...(mode & 0o4000 ? ['setuid'] : []),
  ...(mode & 0o2000 ? ['setgid'] : []),
  ...(mode & 0o1000 ? ['sticky'] : []),
]

/** What needs no look inside. */
async function recognizeWithoutLooking({ system }: Process, name: string, { mode, rdev, size }: Stat): Promise<Recognized | undefined> {
  if (isDirectory(mode)) return binary([...modeBits(mode), 'directory'].join(', '), 'inode/directory')
  if (isSymlink(mode)) {
    const target = await system.readlink(name)
    try {
      await system.stat(name)
      return binary(`symbolic link to ${target}`, 'inode/symlink')
    } catch (error) {
      if (error instanceof SystemError) return binary(`broken symbolic link to ${target}`, 'inode/symlink')
      throw error
    }
  }
  const device = `(${rdev >> 8}/${rdev & 0xff})`
  switch (mode & S_IFMT) {
    case S_IFCHR:
      return binary(`character special ${device}`, 'inode/chardevice')
    case S_IFBLK:
      return binary(`block special ${device}`, 'inode/blockdevice')
    case S_IFIFO:
      return binary('fifo (named pipe)', 'inode/fifo')
    case S_IFSOCK:
      return binary('socket', 'inode/socket')
    default:
      return size === 0 ? binary('empty', 'inode/x-empty') : undefined
  }
}

async function recognizeContents({ system }: Process, name: string, { size }: Stat): Promise<Recognized> {
  let fd: number
  try {
    fd = await system.open(name, O_RDONLY)
  } catch (error) {
    if (error instanceof SystemError && error.code === 'EACCES') return binary('regular file, no read permission')
    throw error
  }
  try {
    const head = await system.pread(fd, most, 0)
    return size > head.length ? await recognizeLarge(head, size, async (count, offset) => system.pread(fd, count, offset)) : recognizeBytes(head)
  } finally {
    await system.close(fd)
  }
}

/** A zip behind other bytes is told by its end, which is no part of the beginning of a large file. */
async function recognizeLarge(head: Uint8Array, size: number, read: (count: number, offset: number) => Promise<Uint8Array>): Promise<Recognized> {
  // Views of machine memory may be shared; decoders want bytes of their own.
  const own = head.slice()
  const inside = recognizeKind(own, size)
  if (inside) return inside
  const directory = zipDirectoryOffset(await read(zipEndSize, size - zipEndSize))
  return directory === undefined ? recognizeRest(own) : recognizePrefixedZip(own, (await read(zipDirectoryEntrySize, directory)).slice())
}

const recognizeKind = (bytes: Uint8Array, size: number): Recognized | undefined =>
  recognizeData(bytes, size) ?? recognizeText(bytes, bytes.length === size)

const recognizeRest = (bytes: Uint8Array): Recognized => recognizeScript(bytes) ?? binary('data')

function recognizeBytes(bytes: Uint8Array): Recognized {
  if (!bytes.length) return binary('empty', 'inode/x-empty')
  const own = bytes.slice()
  return recognizeKind(own, own.length) ?? recognizeRest(own)
}
