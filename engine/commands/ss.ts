import { AF_INET, SOCK_DGRAM } from '../machine/socket-numbers.ts'
import type { SocketAddress } from '../machine/socket-address.ts'
import type { SocketInfo, SocketState } from '../machine/system-calls.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { layOutSockets, type SocketRow } from './socket-columns.ts'

const states: Record<string, SocketState> = {
  established: 'ESTAB', 'syn-sent': 'SYN-SENT', 'fin-wait-2': 'FIN-WAIT-2', 'time-wait': 'TIME-WAIT', closed: 'UNCONN',
  'close-wait': 'CLOSE-WAIT', 'last-ack': 'LAST-ACK', listening: 'LISTEN',
}
/** What is shown where nothing is said of states. */
const hidden: ReadonlySet<SocketState> = new Set(['LISTEN', 'UNCONN', 'TIME-WAIT'])
const waiting: ReadonlySet<SocketState> = new Set(['LISTEN', 'UNCONN'])
const order = ['u_str', 'u_dgr', 'udp', 'tcp']

export const ss = command(
  {
    name: 'ss',
    usage: ['[ OPTIONS ]', '[ OPTIONS ] [ state STATE ] [ sport|dport = :PORT ]'],
    summary: 'Shows the sockets of this machine.',
    options: {
      '-h, --help': 'this message',
      '-n, --numeric': "don't resolve service names",
      '-a, --all': 'display all sockets',
      '-l, --listening': 'display listening sockets',
      '-p, --processes': 'show process using socket',
      '-4, --ipv4': 'display only IP version 4 sockets',
      '-t, --tcp': 'display only TCP sockets',
      '-u, --udp': 'display only UDP sockets',
      '-x, --unix': 'display only Unix domain sockets',
      '-H, --no-header': 'Suppress header line',
    },
    usageStatus: 255,
  },
  async (args, process) => {
    const kinds = new Set<string>([
      ...(args.has('t') ? ['tcp'] : []), ...(args.has('u') ? ['udp'] : []), ...(args.has('x') ? ['u_str', 'u_dgr'] : []),
    ])
    if (kinds.size === 0) for (const kind of args.has('4') ? ['tcp', 'udp'] : order) kinds.add(kind)
    const filter = parseFilter(args.operands)
    const isShown = ({ state }: SocketInfo) => {
      if (filter.state) return state === filter.state
      return args.has('a') || (args.has('l') ? waiting.has(state) : !hidden.has(state))
    }
    const sockets = (await process.system.sockets()).filter((socket) => kinds.has(netId(socket)) && isShown(socket) && filter.ports(socket))
    const place = (socket: SocketInfo) => 2 * order.indexOf(netId(socket)) + Number(socket.state !== 'LISTEN')
    const rows = sockets.sort((a, b) => place(a) - place(b)).map((socket) => rowOf(socket, args.has('p')))
    const { fd } = process.stdout
    const columns = (await process.system.isatty(fd)) ? (await process.system.getWindowSize(fd)).columns : undefined
    const shown = { kind: kinds.size > 1, state: !filter.state, header: !args.has('H') }
    await process.stdout.write(layOutSockets(rows, shown, columns))
    return 0
  },
)

interface Filter {
  state: SocketState | undefined
  ports: (socket: SocketInfo) => boolean
}

function parseFilter(words: readonly string[]): Filter {
  const rest = [...words]
  let state: SocketState | undefined
  if (rest[0] === 'state') {
    state = states[rest[1] ?? '']
    if (!state) throw new Failure(`wrong state name: ${rest[1] ?? ''}`, { status: 255 })
    rest.splice(0, 2)
  }
  const text = rest.join(' ').replace(/^\(\s*(.*?)\s*\)$/, '$1')
  if (text === '') return { state, ports: () => true }
  const terms = text.split(/\s+or\s+/).map((term) => /^(sport|dport)\s*(?:=|==|eq)\s*:?(\d+)$/.exec(term))
  const wanted = terms.flatMap((term) => (term ? [{ side: term[1]!, port: Number(term[2]) }] : []))
  if (wanted.length < terms.length) {
    throw new Failure(`this filter is not understood: ${text} (sport = :PORT and dport = :PORT are)`, { status: 255 })
  }
  const portOf = (address: SocketAddress | undefined) => (address?.family === AF_INET ? address.port : undefined)
  return { state, ports: ({ local, peer }) => wanted.some(({ side, port }) => portOf(side === 'sport' ? local : peer) === port) }
}

const netId = ({ family, type }: SocketInfo) => {
  const datagrams = type === SOCK_DGRAM
  return family === AF_INET ? (datagrams ? 'udp' : 'tcp') : datagrams ? 'u_dgr' : 'u_str'
}

function rowOf(socket: SocketInfo, withUsers: boolean): SocketRow {
  const { local, peer, state, received, sent, ino, users } = socket
  const place = (address: SocketAddress | undefined, number: number): [string, string] => {
    if (address?.family === AF_INET) return [`${address.host}:`, address.port === 0 ? '*' : String(address.port)]
    if (local.family === AF_INET) return ['0.0.0.0:', '*']
    // An abstract name shows its NUL as @.
    return [`${address?.path.replace(/^\0/, '@') || '*'} `, String(number)]
  }
  const held = users.map(({ pid, fd, name }) => `("${name}",pid=${pid},fd=${fd})`).join(',')
  return {
    kind: netId(socket),
    state,
    received: String(received).padEnd(6),
    sent: String(sent).padEnd(6),
    local: place(local, ino),
    peer: place(peer, 0),
    process: withUsers && held ? `users:(${held})` : '',
  }
}
