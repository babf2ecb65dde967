import type { ByteStream } from '../machine/byte-stream.ts'
import type { Process } from '../machine/process.ts'
import { internet } from '../machine/socket-address.ts'
import { AF_INET, MSG_NOSIGNAL, SOCK_STREAM } from '../machine/socket-numbers.ts'
import { POLLIN } from '../machine/system-calls.ts'

/** The time is over. */
export class TimeOver extends Error {}

const room = 65536

/** Throws SystemError where nobody listens. `left` tells the milliseconds that waiting for bytes may take; then TimeOver is thrown. */
export async function connectToServer({ system }: Process, host: string, port: number, left: () => number): Promise<ByteStream> {
  const fd = await system.socket(AF_INET, SOCK_STREAM)
  try {
    await system.connect(fd, internet(host, port))
  } catch (error) {
    await system.close(fd)
    throw error
  }
  return {
    async receive() {
      const time = left()
      if (time <= 0 || (time < Infinity && (await system.poll([{ fd, events: POLLIN }], time)).length === 0)) throw new TimeOver()
      const { bytes } = await system.receive(fd, room)
      return bytes.length > 0 ? bytes : undefined
    },
    async send(bytes) {
      for (let sent = 0; sent < bytes.length; ) sent += await system.send(fd, bytes.subarray(sent), MSG_NOSIGNAL)
    },
    close: async () => system.close(fd),
  }
}
