/** What a stream socket's state looks like from outside: to poll(2), and to ss. */
import type { Backlog } from './backlog.ts'
import { hasRoom, type End } from './connection.ts'
import { POLLERR, POLLHUP, POLLIN, POLLOUT, POLLRDHUP, type SocketState } from './system-calls.ts'

export function streamState(end: End | undefined, backlog: Backlog | undefined, connecting: boolean): SocketState {
  if (backlog) return 'LISTEN'
  if (connecting) return 'SYN-SENT'
  if (!end || end.reset) return 'UNCONN'
  if (end.writeShut) return end.finished ? (end.finishedFirst ? 'TIME-WAIT' : 'LAST-ACK') : 'FIN-WAIT-2'
  return end.finished ? 'CLOSE-WAIT' : 'ESTAB'
}

/** tcp_poll of Linux, which unix_poll follows in these points. */
export function streamReadiness({ end, backlog, connecting, refused }: {
  end: End | undefined
  backlog: Backlog | undefined
  connecting: boolean
  refused: boolean
}): number {
  if (backlog) return backlog.size > 0 ? POLLIN : 0
  if (refused) return POLLIN | POLLOUT | POLLERR | POLLHUP | POLLRDHUP
  if (connecting) return 0
  if (!end) return POLLOUT | POLLHUP
  let events = 0
  const noMore = end.finished || end.readShut || end.reset
  if (end.incoming.size > 0 || noMore || end.error) events |= POLLIN
  if (noMore) events |= POLLRDHUP
  if ((noMore && end.writeShut) || end.reset || (end.kind === 'unix' && end.other.closed)) events |= POLLHUP
  if (end.error) events |= POLLERR
  if (end.writeShut || end.reset || hasRoom(end)) events |= POLLOUT
  return events
}
