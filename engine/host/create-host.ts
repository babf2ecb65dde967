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
  current: SessionState
}

/**
 * `connect` brings up the machines (a sandboxed frame in a browser, a worker thread in Node) and answers with the port to them;
 * where it rejects, so does `ready`, and every later `open`, with the same one-line reason. `outside` does what programs ask of it.
 */
export function createHost(connect: () => Promise<Port<ToMachines, FromMachines>>, outside: typeof fetch = noOutside): MachineHost {
  let python: PythonState = 'loading'
  let count = 0
  const pending = new Map<number, Pending>()
  const sessions = new Map<number, Listeners>()
  const pythonListeners = new Set<(state: PythonState) => void>()

  const port = connect()
  const ready = port.then(port => { port.onmessage = ({ data }) => take(data) })
  const tell = (notice: Notice) => void port.then(port => port.postMessage(notice), () => undefined)
  const ask = async <T>(request: Unnumbered<Request>): Promise<T> => {
    await ready
    const id = ++count
    const answer = new Promise<unknown>((resolve, reject) => pending.set(id, { resolve, reject }))
    const to = await port
    to.postMessage({ ...request, id } as Request)
    return answer as Promise<T>
  }

  const answer = answerFetches(outside, tell)

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
      case 'python':
        python = message.state
        for (const listener of pythonListeners) listener(python)
    }
  }

  async function open(fixture: Fixture, size: WindowSize): Promise<Session> {
    const session = ++count
    const listeners: Listeners = {
      early: [],
      output: new Set(),
      state: new Set(),
      trees: new Map(),
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
      restore: async checkpoint => {
        await ask({ op: 'restore', session, checkpoint })
        listeners.early = []
      },
      readFile: path => ask({ op: 'read', session, path }),
      writeFile: (path, bytes) => ask({ op: 'write', session, path, bytes }),
      watch: (directory, listener) => {
        const watch = ++count
        listeners.trees.set(watch, listener)
        tell({ op: 'watch', session, watch, directory })
        return () => {
          listeners.trees.delete(watch)
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
    onPython: listener => subscribe(pythonListeners, listener),
    open,
    idle: () => tell({ op: 'idle' }),
  }
}

const noOutside: typeof fetch = () => Promise.reject(new DOMException('these machines have no way to the outside', 'NotAllowedError'))

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
