import { open } from 'node:fs/promises'

/** Bytes that are gathered before the disk is asked: a PEX comes in thousands of small pieces. */
const ahead = 1 << 20

/** Writes a file that is not there yet; `mode` is less the umask already. A chunk is done with when the next is asked for. */
export const writeParts = async (path: string, chunks: AsyncIterable<Uint8Array>, mode: number): Promise<void> => {
  const file = await open(path, 'wx', mode)
  const room = new Uint8Array(ahead)
  let used = 0
  const write = async (bytes: Uint8Array) => {
    for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done)).bytesWritten
  }
  try {
    for await (const chunk of chunks) {
      if (chunk.length > ahead - used) {
        await write(room.subarray(0, used))
        used = 0
      }
      if (chunk.length >= ahead) await write(chunk)
      else {
        room.set(chunk, used)
        used += chunk.length
      }
    }
    await write(room.subarray(0, used))
  } finally {
    await file.close()
  }
}
