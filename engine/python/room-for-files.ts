/**
 * Whether the kernel will take a new file of this process, so that it need not be waited for: by the directory's permissions, and by the room
 * that is left, of which the process takes some in advance.
 */
import { LEAST_INODES } from '../machine/file-system.ts'
import { permits } from '../machine/permits.ts'
import type { Credentials, Stat } from '../machine/stat.ts'
import type { KernelCalls } from './call-kernel.ts'

export interface RoomForFiles {
  /** Whether the process may make files in the directory. */
  may(directory: Stat): boolean
  /** False where there is no room for one more file of so many bytes, as far as is known. */
  take(bytes: number): boolean
}

/** Of what is free when it is asked for: others write, too. */
const SHARE = 8
/** What a file takes besides its bytes, at most: the last block of it, and of its directory. */
const BESIDE = 8192

export function createRoomForFiles(kernel: Pick<KernelCalls, 'statfs' | 'getuid'>): RoomForFiles {
  let cred: Credentials | undefined
  let bytes = 0
  let files = 0

  return {
    may(directory) {
      cred ??= kernel.getuid()
      return permits(directory, 3, cred)
    },
    take(size) {
      const taken = size + BESIDE
      if (bytes < taken || files < 1) {
        const usage = kernel.statfs('/')
        bytes = Math.floor((usage.capacity - usage.bytes) / SHARE)
        files = Math.floor((LEAST_INODES - usage.inodes) / SHARE)
      }
      if (bytes < taken || files < 1) return false
      bytes -= taken
      files--
      return true
    },
  }
}
