/** The character devices, by Linux's numbers (Documentation/admin-guide/devices.txt). */
import type { Kernel } from './kernel.ts'
import { takeTerminal } from './job-control.ts'
import { createOpenFile, type OpenFile } from './open-file.ts'
import type { Stat } from './stat.ts'
import { POLLIN, POLLOUT } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

/** `st_rdev` of a device, in glibc's encoding of small numbers. */
export const makeDevice = (major: number, minor: number) => (major << 8) | minor
const ptsMajor = 136
export const ptsDevice = (index: number) => makeDevice(ptsMajor, index)

/** crypto.getRandomValues gives no more at once. */
const randomChunk = 65536

const random = (length: number) => {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += randomChunk) crypto.getRandomValues(bytes.subarray(at, at + randomChunk))
  return bytes
}
const zeros = (length: number) => new Uint8Array(length)
const nothing = () => new Uint8Array()
const takeAll = (bytes: Uint8Array) => bytes.length
const full = (): number => {
  throw new SystemError('ENOSPC')
}

const memoryDevices: Record<number, { read: (length: number) => Uint8Array; write: (bytes: Uint8Array) => number }> = {
  [makeDevice(1, 3)]: { read: nothing, write: takeAll },
  [makeDevice(1, 5)]: { read: zeros, write: takeAll },
  [makeDevice(1, 7)]: { read: zeros, write: full },
  [makeDevice(1, 8)]: { read: random, write: takeAll },
  [makeDevice(1, 9)]: { read: random, write: takeAll },
}
const controllingTerminal = makeDevice(5, 0)

/** Throws ENXIO where there is no such device, or /dev/tty without a controlling terminal. */
export function openDevice(kernel: Kernel, task: Task, rdev: number, path: string, flags: number, stat: () => Stat): OpenFile {
  const memory = memoryDevices[rdev]
  if (memory) {
    const open = (openFlags: number): OpenFile =>
      createOpenFile(path, openFlags, {
        stat,
        positioned: { position: 0, endless: true, size: () => 0, readAt: memory.read, writeAt: memory.write },
        read: memory.read,
        write: memory.write,
        reopen: open,
        ready: () => POLLIN | POLLOUT,
        close() {},
      })
    return open(flags)
  }
  const tty = rdev === controllingTerminal ? task.terminal : rdev >> 8 === ptsMajor ? kernel.terminals.get(rdev & 0xff) : undefined
  if (!tty) throw new SystemError('ENXIO')
  takeTerminal(task, tty)
  return tty.open(path, flags)
}
