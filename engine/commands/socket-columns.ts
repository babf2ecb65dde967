/** ss's columns (misc/ss.c of iproute2): as wide as what is in them; on a terminal the rest of the line is spread over them. */
export interface SocketRow {
  kind: string
  state: string
  received: string
  sent: string
  local: [address: string, port: string]
  peer: [address: string, port: string]
  process: string
}

interface Column {
  right?: boolean
  before: string
}

const columns: readonly Column[] = [
  { before: '' }, { before: ' ' }, { before: ' ' }, { before: ' ' }, { before: ' ', right: true }, { before: '' },
  { before: ' ', right: true }, { before: '' }, { before: '' },
]
const heading = ['Netid', 'State', 'Recv-Q', 'Send-Q', 'Local Address:', 'Port', 'Peer Address:', 'Port', 'Process']

/** `screen`: columns of the terminal, undefined where it is none. */
export function layOutSockets(
  rows: readonly SocketRow[], shown: { kind: boolean; state: boolean; header: boolean }, screen: number | undefined,
): string {
  const cells = rows.map((row) => [row.kind, row.state, row.received, row.sent, ...row.local, ...row.peer, row.process])
  const lines = shown.header ? [heading, ...cells] : cells
  const hidden = [!shown.kind, !shown.state]
  const widths: number[] = []
  columns.forEach(({ before }, index) => {
    // The very last field is not measured.
    const texts = lines.map((line, at) => (index === columns.length - 1 && at === lines.length - 1 && at > 0 ? '' : line[index]!))
    const width = hidden[index] ? 0 : Math.max(0, ...texts.map(({ length }) => length))
    const first = widths.every((each) => each === 0)
    widths.push(width === 0 || first ? width : width + before.length)
  })
  if (screen !== undefined) spread(widths, screen)
  return lines.map((line) => `${layOutLine(line, widths, screen ?? Infinity)}\n`).join('')
}

function layOutLine(line: readonly string[], widths: readonly number[], screen: number): string {
  let text = ''
  let start = 0
  columns.forEach(({ before, right }, index) => {
    const width = widths[index]!
    if (width === 0 && !line[index]) return
    if (width === 0 && index < 2) return
    if (text.length - start >= screen) {
      text += '\n'
      start = text.length
    }
    const delimiter = text.length === start ? '' : before
    const room = Math.max(0, width - delimiter.length)
    text += delimiter + (right ? line[index]!.padStart(room) : line[index]!.padEnd(room))
  })
  return text
}

/** What is left of each screen line is given to its columns, the last ones first. */
function spread(widths: number[], screen: number) {
  let from = 0
  let used = 0
  for (let index = 0; index < widths.length; index++) {
    if (widths[index] === 0) continue
    const last = widths.slice(index + 1).every((width) => width === 0)
    used += widths[index]!
    if (!last && used < screen) continue
    if (used > screen && index > from) used -= widths[index--]!
    const members = widths.map((width, at) => ({ width, at })).filter(({ width, at }) => at >= from && at <= index && width > 0)
    const spare = Math.max(0, screen - used)
    members.reverse().forEach(({ at }, place) => {
      widths[at]! += Math.floor(spare / members.length) + (place < spare % members.length ? 1 : 0)
    })
    from = index + 1
    used = 0
  }
}
