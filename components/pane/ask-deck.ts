/** The wrapper's way to the machine: what it asks of the deck over the port, and the answers. */
import type { ByteStream } from '../../engine/machine/byte-stream.ts'
import type { Ask, ToWrapper } from './messages.ts'

type Unnumbered<T> = T extends Ask ? Omit<T, 'id'> : never
type Answer = Extract<ToWrapper, { id: number }>

export function createAsk(tell: (message: Ask) => void) {
  let count = 0
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const ask = <T>(question: Unnumbered<Ask>) => new Promise<T>((resolve, reject) => {
    const id = ++count
    waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
    tell({ ...question, id } as Ask)
  })
  return {
    hear(answer: Answer) {
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.op === 'answer') asked?.resolve(answer.value)
      else asked?.reject(new Error(answer.message))
    },
    async connect(port: number): Promise<ByteStream> {
      const connection = ++count
      await ask({ op: 'connect', connection, port })
      return {
        receive: () => ask({ op: 'receive', connection }),
        send: bytes => ask({ op: 'send', connection, bytes }),
        close: () => ask({ op: 'disconnect', connection }),
      }
    },
  }
}
