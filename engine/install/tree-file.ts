import type { Packed } from '../archive/pack-data.ts'

/** A file of a tree that is not on any disk. */
export interface TreeFile {
  read(): Promise<Uint8Array>
  executable: boolean
  /** Of a file that lies on a disk: st_mode, and when it was last changed, in milliseconds since the epoch. */
  onDisk?: { readonly mode: number; readonly modified: number }
  /** In bytes, where it is known without reading. */
  size?: number
  /** The data as the archive that they come from holds them, where that is deflated: they need not be packed again. */
  packed?(): Promise<Packed>
}

/** Files by their path: relative, `/` between the parts. Directories are those that the paths name. */
export type Tree = Map<string, TreeFile>

export const fileOf = (bytes: Uint8Array, executable = false): TreeFile => ({ read: () => Promise.resolve(bytes), executable, size: bytes.length })
