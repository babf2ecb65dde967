/** A process's file descriptors. */
import type { OpenFile } from './open-file.ts'
import { SystemError } from './system-error.ts'

/** OPEN_MAX, Linux's usual soft limit. */
const descriptorLimit = 1024
/** Descriptors of all processes together (Linux's fs.file-max has this role). */
export const machineLimit = 65536

/** How many descriptors a machine has in use, and how many open file descriptions they are of. */
export interface DescriptorCount {
  open: number
  files: number
}

export interface Descriptor {
  readonly file: OpenFile
  closeOnExec: boolean
}

export interface DescriptorTable {
  find(fd: number): Descriptor | undefined
  /** Throws EBADF. */
  get(fd: number): Descriptor
  /** The lowest free number from `atLeast` on; throws EMFILE or ENFILE (the file is closed then), EINVAL where `atLeast` is out of range. */
  add(file: OpenFile, closeOnExec: boolean, atLeast?: number): number
  /** Closes what was there. */
  set(fd: number, file: OpenFile, closeOnExec: boolean): void
  close(fd: number): void
  numbers(): number[]
  closeOnExec(): void
  closeAll(): void
}

/** `closed` hears of every descriptor that is closed, be others of the description open or not. */
export function createDescriptorTable(count: DescriptorCount, closed: (file: OpenFile) => void): DescriptorTable {
  const descriptors = new Map<number, Descriptor>()
  /** A description's last descriptor closes it. */
  const drop = (file: OpenFile) => {
    count.open--
    closed(file)
    file.references--
    if (file.references > 0) return
    count.files--
    file.close()
  }
  const table: DescriptorTable = {
    find: (fd) => descriptors.get(fd),
    get(fd) {
      const descriptor = descriptors.get(fd)
      if (!descriptor) throw new SystemError('EBADF')
      return descriptor
    },
    add(file, closeOnExec, atLeast = 0) {
      if (!(atLeast >= 0 && atLeast < descriptorLimit)) throw new SystemError('EINVAL')
      let fd = atLeast
      while (descriptors.has(fd)) fd++
      if (fd >= descriptorLimit || count.open >= machineLimit) {
        if (file.references === 0) file.close()
        throw new SystemError(fd >= descriptorLimit ? 'EMFILE' : 'ENFILE')
      }
      table.set(fd, file, closeOnExec)
      return fd
    },
    set(fd, file, closeOnExec) {
      if (!(Number.isInteger(fd) && fd >= 0 && fd < descriptorLimit)) throw new SystemError('EBADF')
      const old = descriptors.get(fd)
      count.open++
      if (file.references === 0) count.files++
      file.references++
      descriptors.set(fd, { file, closeOnExec })
      if (old) drop(old.file)
    },
    close(fd) {
      const { file } = table.get(fd)
      descriptors.delete(fd)
      drop(file)
    },
    numbers: () => [...descriptors.keys()].sort((a, b) => a - b),
    closeOnExec() {
      for (const [fd, descriptor] of [...descriptors]) if (descriptor.closeOnExec) table.close(fd)
    },
    closeAll() {
      for (const fd of [...descriptors.keys()]) table.close(fd)
    },
  }
  return table
}
