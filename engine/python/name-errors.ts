/** What getaddrinfo's failures are called: the words of Linux's C library in the place where the interpreter's keeps its own. */
import type { Booted } from './boot-interpreter.ts'

/** From EAI_BADFLAGS (-1) on: glibc's for those that getaddrinfo here can fail with, for the others what there is room for. */
const words = [
  'Invalid flags', 'Name or service not known', 'Try again', 'Non-recoverable error', 'No usable address', 'ai_family not supported',
  'ai_socktype not supported', 'Servname not supported for ai_socktype', 'Unknown', 'Out of memory', 'System error', 'Overflow',
]
const first = -1
/** musl's gai_strerror.c: one after the other, then an empty one, then what is said of other numbers. */
const room = 'Invalid flags\0Name does not resolve\0Try again\0Non-recoverable error\0Name has no usable address\0' +
  'Unrecognized address family or invalid length\0Unrecognized socket type\0Unrecognized service\0Unknown error\0Out of memory\0' +
  'System error\0Overflow\0\0Unknown error\0'

/** Changes the interpreter's memory. Throws where it holds other words than expected. */
export function nameErrorsAsOnLinux({ interpreter, heap }: Booted): void {
  const at = (interpreter._gai_strerror as (number: number) => number)(first)
  const memory = heap.bytes().subarray(at, at + room.length)
  if (new TextDecoder().decode(memory) !== room) throw new Error('gai_strerror keeps its words in another way')
  memory.fill(0)
  new TextEncoder().encodeInto(`${words.join('\0')}\0\0Unknown error`, memory)
}
