import type { FileSystem } from '../machine/file-system.ts'

/** `path` where nothing is there, else the first of `a-1.py`, `a-2.py` ... */
export function freePath(fs: Pick<FileSystem, 'resolve'>, path: string): string {
  const [, stem, extension = ''] = /^(.*?[^/]+?)(\.[^./]*)?$/s.exec(path) ?? [path, path]
  for (let count = 0; ; count++) {
    const free = count === 0 ? path : `${stem}-${count}${extension}`
    if (fs.resolve(free).ino === undefined) return free
  }
}
