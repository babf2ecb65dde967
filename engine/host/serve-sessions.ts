/** The machines' end of the seam: answers a page's messages. Runs in the kernel's worker, or in a test. */
import type { ByteStream } from '../machine/byte-stream.ts'
import type { ForeignProgram } from '../machine/machine.ts'
import { fetchByPage } from './fetch-by-page.ts'
import type { FromMachines, Port, Request, ToMachines } from './messages.ts'
import { openSession, type OpenSession } from './open-session.ts'

/** Interpreters kept warm. */
export interface Spares {
  idle(): void
  wake(): void
}

export function serveSessions(port: Port<FromMachines, ToMachines>, python: ForeignProgram & Spares): void {
  const sessions = new Map<number, OpenSession>()
  const watches = new Map<number, () => void>()
  const connections = new Map<number, { session: number; stream: ByteStream }>()
  const outside = fetchByPage(question => port.postMessage(question))

  port.onmessage = ({ data: message }) => {
    if ('id' in message) {
      void answer(message).then(
        value => port.postMessage({ op: 'reply', id: message.id, value }),
        (error: unknown) => port.postMessage({ op: 'failed', id: message.id, message: error instanceof Error ? error.message : String(error) }),
      )
      return
    }
    if (message.op === 'fetched' || message.op === 'piece' || message.op === 'unfetched') return outside.answer(message)
    if (message.op === 'idle' || message.op === 'wake') return python[message.op]()
    const session = sessions.get(message.session)
    // A session that is closed: its page had not heard of that yet.
    if (!session) return
    switch (message.op) {
      case 'input': return session.input(message.text)
      case 'resize': return session.resize(message.size)
      case 'taken': return session.taken(message.bytes)
      case 'watch':
        watches.set(message.watch, session.watch(message.directory, entries =>
          port.postMessage({ op: 'tree', session: message.session, watch: message.watch, entries })))
        return
      case 'watch-port':
        watches.set(message.watch, session.watchPort(message.port, listening =>
          port.postMessage({ op: 'port', session: message.session, watch: message.watch, listening })))
        return
      case 'unwatch':
        watches.get(message.watch)?.()
        watches.delete(message.watch)
        return
      case 'close':
        sessions.delete(message.session)
        for (const [number, { session }] of connections) if (session === message.session) connections.delete(number)
        return void session.close()
    }
  }

  function connectionOf(number: number): ByteStream {
    const connection = connections.get(number)
    if (!connection) throw new Error(`no connection ${number}: it was closed`)
    return connection.stream
  }

  async function answer(request: Request): Promise<unknown> {
    if (request.op === 'open') {
      const number = request.session
      const session = await openSession(request.fixture, request.size, { python, fetch: outside.fetch }, {
        output: bytes => port.postMessage({ op: 'output', session: number, bytes }),
        state: state => port.postMessage({ op: 'state', session: number, state }),
      })
      sessions.set(number, session)
      return undefined
    }
    const session = sessions.get(request.session)
    if (!session) throw new Error(`no session ${request.session}: it was closed`)
    switch (request.op) {
      case 'checkpoint': return session.checkpoint()
      case 'end-servers': return session.endServers()
      case 'restore': return session.restore(request.checkpoint)
      case 'read': return session.readFile(request.path)
      case 'write': return session.writeFile(request.path, request.bytes, request.keep)
      case 'connect':
        connections.set(request.connection, { session: request.session, stream: await session.connect(request.port) })
        return undefined
      case 'receive': return connectionOf(request.connection).receive()
      case 'send': return connectionOf(request.connection).send(request.bytes)
      case 'disconnect': {
        const connection = connectionOf(request.connection)
        connections.delete(request.connection)
        return connection.close()
      }
    }
  }
}
