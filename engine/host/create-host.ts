/** The page's end of the seam: a `MachineHost` over a port to the machines' worker. */
import type { WindowSize } from '../machine/system-calls.ts'
import { answerFetches } from './answer-fetches.ts'
import type { FromMachines, Notice, Port, Request, ToMachines } from './messages.ts'
import type { Fixture, MachineHost, PythonState, Session, SessionState, TreeEntry } from './session.ts'

type Unnumbered<T> = T extends Request ? Omit<T, 'id'> : never

interface Pending {
  resolve(value: unknown): void
  reject(error: Error): void
}

/** One session's listeners on this side. */
interface Listeners {
  /** Output from before anyone listened: the first listener gets it. */
  early: Uint8Array[]
  output: Set<(bytes: Uint8Array) => void>
  state: Set<(state: SessionState) => void>
  trees: Map<number, (entries: TreeEntry[]) => void>
  ports: Map<number, (listening: boolean) => void>
  current: SessionState
}

/** The way to the machines, once they are up. */
export interface Connection {
  port: Port<ToMachines, FromMachines>
  /** Resolves with one line when the machines have ended by themselves: from then on nothing answers. */
  lost: Promise<string>
  /** Nothing of them is wanted any more: `lost` resolves. */
  end(): void
}

/**
 * `connect` brings up the machines (a sandboxed frame in a browser, a worker thread in Node); where it rejects, so does `ready`, and every
 * later `open`, with the same one-line reason. Where the machines are lost later, everything that waits for them rejects with that reason.
 * `outside` does what programs ask of it.
 */
export function createHost(connect: () => Promise<Connection>, outside: typeof fetch = noOutside): MachineHost {
  let python: PythonState = 'loading'
  let pythonReason: string | undefined
  let lost: string | undefined
  let count = 0
  let connection: Connection | undefined
  const pending = new Map<number, Pending>()
  const sessions = new Map<number, Listeners>()
  const pythonListeners = new Set<(state: PythonState, reason: string | undefined) => void>()
  const lostListeners = new Set<(reason: string) => void>()

  const early: ToMachines[] = []
  const ready = connect().then(made => {
    connection = made
    made.port.onmessage = ({ data }) => take(data)
    for (const message of early.splice(0)) made.port.postMessage(message)
    void made.lost.then(end)
  })
  // Whoever asks for something hears of it.
  ready.catch(() => undefined)
  /** In the order of the calls: what is typed after a checkpoint was asked for is not in it. */
  const send = (message: ToMachines) => {
    if (connection) connection.port.postMessage(message)
    else early.push(message)
  }
  const tell = (notice: Notice) => { if (lost === undefined) send(notice) }
  const ask = <T>(request: Unnumbered<Request>): Promise<T> => {
    if (lost !== undefined) return Promise.reject(new Error(lost))
    const id = ++count
    const answer = new Promise<unknown>((resolve, reject) => {
      pending.set(id, { resolve, reject })
      ready.catch(reject)
    })
    send({ ...request, id } as Request)
    return answer as Promise<T>
  }

  const answer = answerFetches(outside, tell)
  function end(reason: string) {
    lost = reason
    for (const { reject } of pending.values()) reject(new Error(reason))
    pending.clear()
    sessions.clear()
    for (const listener of lostListeners) listener(reason)
  }

  function take(message: FromMachines) {
    switch (message.op) {
      case 'fetch':
      case 'more':
      case 'unwanted':
        return answer(message)
      case 'reply':
      case 'failed': {
        const waiting = pending.get(message.id)
        pending.delete(message.id)
        if (message.op === 'reply') waiting?.resolve(message.value)
        else waiting?.reject(new Error(message.message))
        return
      }
      case 'output': {
        const session = sessions.get(message.session)
        if (session?.output.size === 0) session.early.push(message.bytes)
        for (const listener of session?.output ?? []) listener(message.bytes)
        return tell({ op: 'taken', session: message.session, bytes: message.bytes.length })
      }
      case 'state': {
        const session = sessions.get(message.session)
        if (!session) return
        session.current = message.state
        for (const listener of session.state) listener(message.state)
        return
      }
      case 'tree':
        return sessions.get(message.session)?.trees.get(message.watch)?.(message.entries)
      case 'port':
        return sessions.get(message.session)?.ports.get(message.watch)?.(message.listening)
      case 'python':
        python = message.state
        pythonReason = message.reason
        for (const listener of pythonListeners) listener(python, pythonReason)
    }
  }

  async function open(fixture: Fixture, size: WindowSize): Promise<Session> {
    const session = ++count
    const listeners: Listeners = {
      early: [],
      output: new Set(),
      state: new Set(),
      trees: new Map(),
      ports: new Map(),
      current: { cwd: fixture.directory, atPrompt: false, command: undefined, status: 0, waiting: false },
    }
    sessions.set(session, listeners)
    try {
      await ask({ op: 'open', session, fixture, size })
    } catch (error) {
      sessions.delete(session)
      throw error
    }
    return {
      get state() { return listeners.current },
      input: text => tell({ op: 'input', session, text }),
      resize: size => tell({ op: 'resize', session, size }),
      onOutput: listener => {
        for (const bytes of listeners.early.splice(0)) listener(bytes)
        return subscribe(listeners.output, listener)
      },
      onState: listener => subscribe(listeners.state, listener),
      checkpoint: () => ask({ op: 'checkpoint', session }),
      endServers: () => ask({ op: 'end-servers', session }),
      restore: async checkpoint => {
        await ask({ op: 'restore', session, checkpoint })
        listeners.early = []
      },
      readFile: path => ask({ op: 'read', session, path }),
      writeFile: (path, bytes, keep = false) => ask({ op: 'write', session, path, bytes, keep }),
      watch: (directory, listener) => {
        const watch = ++count
        listeners.trees.set(watch, listener)
        tell({ op: 'watch', session, watch, directory })
        return () => {
          listeners.trees.delete(watch)
          tell({ op: 'unwatch', session, watch })
        }
      },
      connect: async port => {
        const connection = ++count
        await ask({ op: 'connect', session, connection, port })
        return {
          receive: () => ask({ op: 'receive', session, connection }),
          send: bytes => ask({ op: 'send', session, connection, bytes }),
          close: () => ask({ op: 'disconnect', session, connection }),
        }
      },
      watchPort: (port, listener) => {
        const watch = ++count
        listeners.ports.set(watch, listener)
        tell({ op: 'watch-port', session, watch, port })
        return () => {
          listeners.ports.delete(watch)
          tell({ op: 'unwatch', session, watch })
        }
      },
      close: () => {
        sessions.delete(session)
        tell({ op: 'close', session })
      },
    }
  }

  return {
    ready,
    get python() { return python },
    get pythonReason() { return pythonReason },
    onPython: listener => subscribe(pythonListeners, listener),
    get lost() { return lost },
    onLost: listener => subscribe(lostListeners, listener),
    open,
    idle: () => tell({ op: 'idle' }),
    wake: () => tell({ op: 'wake' }),
    end: () => void ready.then(() => connection?.end(), () => undefined),
  }
}

const noOutside: typeof fetch = () => Promise.reject(new DOMException('these machines have no way to the outside', 'NotAllowedError'))

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
