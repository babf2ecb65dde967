import { isSymlink, S_IFBLK, S_IFCHR, S_IFMT } from '../machine/stat.ts'
import { textWidth } from '../shell/line-editor/graphemes.ts'
import type { Accounts } from './accounts.ts'
import { fileKind, fileSuffix, modeText } from './file-mode.ts'
import type { Colors } from './list-colors.ts'
import { arrangeColumns, joinWithCommas, type Cell } from './list-columns.ts'
import type { Entry } from './list-entry.ts'
import { listTime } from './list-time.ts'
import { sizeText } from './size-text.ts'

export interface ListFormat {
  layout: 'long' | 'one' | 'down' | 'across' | 'commas'
  /** Characters of a line, 0 for no limit. */
  width: number
  /** Gaps between columns may be tabs. */
  tabs: boolean
  quote: (name: string) => string
  /** A directory's name above its list. */
  quoteTitle: (name: string) => string
  /** Names that need no quotes stand a column further right where others have them. */
  align: boolean
  colors: Colors | undefined
  /** -F, --file-type, -p. */
  marks: 'all' | 'kinds' | 'directories' | undefined
  inodes: boolean
  blocks: boolean
  human: 1000 | 1024 | undefined
  /** Bytes of --block-size; undefined: sizes in bytes, blocks in 1024. */
  unit: number | undefined
  owner: boolean
  group: boolean
  author: boolean
  numeric: boolean
  accounts: Accounts
  time: 'mtime' | 'atime' | 'ctime'
  timeStyle: string
  zone: string
  now: number
  end: string
}

/** The text of a list of files, in order. */
export function formatEntries(entries: readonly Entry[], format: ListFormat): string {
  const quoted = entries.map((entry) => format.quote(entry.name))
  const padded = format.align && quoted.some((text, at) => text !== entries[at]?.name)
  const inodes = column(entries, (entry) => (format.inodes ? String(entry.stat.ino) : undefined), format)
  const blocks = column(entries, (entry) => (format.blocks ? blockText(entry.stat.blocks, format) : undefined), format)
  const details = format.layout === 'long' ? longColumns(entries, format) : entries.map(() => '')
  const cells = entries.map((entry, at): Cell => {
    const text = quoted[at] ?? ''
    const pad = padded && text === entry.name ? ' ' : ''
    const front = (inodes[at] ?? '') + (blocks[at] ?? '') + (details[at] ?? '')
    const mark = format.layout === 'long' && isSymlink(entry.stat.mode) ? '' : markOf(entry.stat.mode, format.marks)
    const missing = isSymlink(entry.stat.mode) && entry.targetMode === undefined
    const painted = format.colors ? format.colors.paint(text, entry.name, entry.stat.mode, missing) : text
    return { text: front + pad + painted + mark + arrow(entry, format), width: textWidth(front + pad + text + mark) }
  })
  if (format.layout === 'commas') return joinWithCommas(cells, format.width)
  if (format.layout === 'down' || format.layout === 'across') {
    return arrangeColumns(cells, format.width, { across: format.layout === 'across', tabs: format.tabs && format.width > 0 })
  }
  return cells.map((cell) => cell.text + format.end).join('')
}

/** `total 12`: the blocks of all the entries. */
export const totalLine = (entries: readonly Entry[], format: ListFormat) =>
  `total ${blockText(entries.reduce((sum, { stat }) => sum + stat.blocks, 0), format)}${format.end}`

const blockText = (blocks: number, { human, unit }: ListFormat) =>
  human ? sizeText(blocks * 512, human) : String(Math.ceil((blocks * 512) / (unit ?? 1024)))

/** Right-aligned, with a space behind; in comma and one-column layouts as narrow as each is. */
function column(entries: readonly Entry[], text: (entry: Entry) => string | undefined, { layout }: ListFormat): string[] {
  const texts = entries.map(text)
  const width = layout === 'commas' ? 0 : Math.max(0, ...texts.map((one) => one?.length ?? 0))
  return texts.map((one) => (one === undefined ? '' : `${one.padStart(width)} `))
}

function longColumns(entries: readonly Entry[], format: ListFormat): string[] {
  const name = (id: number, known: string | undefined) => (format.numeric ? String(id) : known ?? String(id))
  const owners = ({ stat }: Entry) => name(stat.uid, format.accounts.user(stat.uid))
  const groups = ({ stat }: Entry) => name(stat.gid, format.accounts.group(stat.gid))
  const left = (text: (entry: Entry) => string) => {
    const width = Math.max(...entries.map((entry) => text(entry).length))
    return (entry: Entry) => (format.numeric ? text(entry).padStart(width) : text(entry).padEnd(width))
  }
  const right = (text: (entry: Entry) => string) => {
    const width = Math.max(...entries.map((entry) => text(entry).length))
    return (entry: Entry) => text(entry).padStart(width)
  }
  const devices = entries.filter(({ stat }) => isDevice(stat.mode))
  const majorWidth = Math.max(0, ...devices.map(({ stat }) => String(stat.rdev >> 8).length))
  const minorWidth = Math.max(0, ...devices.map(({ stat }) => String(stat.rdev & 0xff).length))
  const size = ({ stat }: Entry) => {
    if (isDevice(stat.mode)) return `${String(stat.rdev >> 8).padStart(majorWidth)}, ${String(stat.rdev & 0xff).padStart(minorWidth)}`
    return format.human ? sizeText(stat.size, format.human) : String(format.unit ? Math.ceil(stat.size / format.unit) : stat.size)
  }
  const columns = [
    ({ stat }: Entry) => modeText(stat.mode),
    right(({ stat }) => String(stat.nlink)),
    ...(format.owner ? [left(owners)] : []),
    ...(format.group ? [left(groups)] : []),
    ...(format.author ? [left(owners)] : []),
    right(size),
    right(({ stat }) => listTime(stat[format.time], format.now, format.timeStyle, format.zone)),
  ]
  return entries.map((entry) => `${columns.map((text) => text(entry)).join(' ')} `)
}

const isDevice = (mode: number) => [S_IFCHR, S_IFBLK].includes(mode & S_IFMT)

function markOf(mode: number, marks: ListFormat['marks']): string {
  if (marks === undefined) return ''
  if (marks === 'all') return fileSuffix(mode)
  const { suffix } = fileKind(mode)
  return marks === 'kinds' || suffix === '/' ? suffix : ''
}

/** ` -> target` in the long layout, marked and coloured as the target where ls looks at it. */
function arrow({ target, targetMode }: Entry, { layout, quote, marks, colors }: ListFormat): string {
  if (layout !== 'long' || target === undefined) return ''
  const looks = marks === 'all' || marks === 'kinds' || colors?.followsLinks
  if (!looks || targetMode === undefined) return ` -> ${quote(target)}`
  return ` -> ${colors ? colors.paint(quote(target), target, targetMode) : quote(target)}${markOf(targetMode, marks)}`
}
