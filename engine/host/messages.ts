/** What crosses between the page and its machines: plain structured-cloneable messages over one MessagePort. */
import type { WindowSize } from '../machine/system-calls.ts'
import type { Fixture, PythonState, SessionState } from './session.ts'
import type { TreeEntry } from './session.ts'

/** Page to machines. `id` asks for a `reply` or `failed` with the same id. */
export type Request =
  | { op: 'open'; id: number; session: number; fixture: Fixture; size: WindowSize }
  | { op: 'checkpoint'; id: number; session: number }
  | { op: 'end-servers'; id: number; session: number }
  | { op: 'restore'; id: number; session: number; checkpoint: number }
  | { op: 'read'; id: number; session: number; path: string }
  | { op: 'write'; id: number; session: number; path: string; bytes: Uint8Array; keep: boolean }
  | { op: 'connect'; id: number; session: number; connection: number; port: number }
  /** Answered with bytes, or with undefined at the end. */
  | { op: 'receive'; id: number; session: number; connection: number }
  /** Answered when they are taken: a page that sends faster than a server reads waits. */
  | { op: 'send'; id: number; session: number; connection: number; bytes: Uint8Array }
  | { op: 'disconnect'; id: number; session: number; connection: number }
export type Notice =
  | { op: 'input'; session: number; text: string }
  | { op: 'resize'; session: number; size: WindowSize }
  /** So many bytes of output were taken in: the machine holds back programs that print faster than the page reads. */
  | { op: 'taken'; session: number; bytes: number }
  | { op: 'watch'; session: number; watch: number; directory: string }
  | { op: 'watch-port'; session: number; watch: number; port: number }
  | { op: 'unwatch'; session: number; watch: number }
  | { op: 'close'; session: number }
  | { op: 'idle' }
  | { op: 'wake' }
  | FetchAnswer
export type ToMachines = Request | Notice

/** What a machine's program asks of the outside; the page does it, or refuses. */
export interface FetchRequest {
  url: string
  method: string
  headers: [name: string, value: string][]
  body: Uint8Array | undefined
}
/** Page to machines, in this order: the head once, then pieces as they are asked for; a piece without bytes is the end. */
export type FetchAnswer =
  | { op: 'fetched'; fetch: number; status: number; statusText: string; headers: [name: string, value: string][]; url: string }
  | { op: 'piece'; fetch: number; bytes: Uint8Array | undefined }
  /** `refused`: by policy, and it would be again. */
  | { op: 'unfetched'; fetch: number; message: string; refused: boolean }
export type FetchQuestion =
  | { op: 'fetch'; fetch: number; request: FetchRequest }
  | { op: 'more'; fetch: number }
  | { op: 'unwanted'; fetch: number }

export type FromMachines =
  | FetchQuestion
  | { op: 'reply'; id: number; value: unknown }
  | { op: 'failed'; id: number; message: string }
  | { op: 'output'; session: number; bytes: Uint8Array }
  | { op: 'state'; session: number; state: SessionState }
  | { op: 'tree'; session: number; watch: number; entries: TreeEntry[] }
  | { op: 'port'; session: number; watch: number; listening: boolean }
  | { op: 'python'; state: PythonState; reason?: string }

/** The part of a MessagePort (or worker) that both ends use. */
export interface Port<Out, In> {
  postMessage(message: Out, transfer?: Transferable[]): void
  onmessage: ((event: { data: In }) => void) | null
}
