/** From a path to what it names: an inode of the tree or a node of /proc, which the kernel makes up. */
import type { Resolved, ResolveOptions } from './file-system.ts'
import type { Kernel } from './kernel.ts'
import { findProcNode, type ProcNode } from './proc-files.ts'
import { isSymlink } from './stat.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

export type Located = ({ kind: 'tree' } & Resolved) | { kind: 'proc'; node: ProcNode; path: string }

const mountPoint = '/proc'
const mostLinks = 40

/** Relative paths start at `cwd`, by default the process's. */
export function locate(kernel: Kernel, task: Task, path: string, { cwd, follow = true, takesName = false }: ResolveOptions = {}): Located {
  const start = path.startsWith('/') ? '/' : (cwd ?? task.cwd.path())
  let resolved: Resolved
  try {
    resolved = kernel.fs.resolve(path, { cwd: start, follow, takesName, cred: task.cred })
  } catch (error) {
    if (!(error instanceof SystemError && error.code === 'ENOENT') || path === '') throw error
    // The tree ends at /proc: what lies behind it, also behind a link to it (/dev/stdin), is not missing.
    const behind = enterProc(kernel, path.startsWith('/') ? path : `${start}/${path}`)
    if (behind === undefined) throw error
    return locateInProc(kernel, task, behind, path, follow === true)
  }
  if (resolved.path !== mountPoint && !resolved.path.startsWith(`${mountPoint}/`)) return { kind: 'tree', ...resolved }
  return locateInProc(kernel, task, namesOf(resolved.path.slice(mountPoint.length)), path, follow === true)
}

const namesOf = (path: string) => path.split('/').filter((name) => name !== '' && name !== '.')

/** The names behind /proc on the way of an absolute path, or undefined where it doesn't lead there. */
function enterProc(kernel: Kernel, path: string): string[] | undefined {
  const { fs } = kernel
  let here = ''
  let names = namesOf(path)
  for (let links = 0; names.length > 0 && links < mostLinks; ) {
    const name = names.shift()!
    if (name === '..') {
      here = here.slice(0, Math.max(0, here.lastIndexOf('/')))
      continue
    }
    here = `${here}/${name}`
    if (here === mountPoint) return names
    const { ino } = fs.resolve(here, { follow: false })
    if (ino === undefined) return undefined
    if (!isSymlink(fs.stat(ino).mode)) continue
    const target = fs.readlink(ino)
    names = [...namesOf(target), ...names]
    here = target.startsWith('/') ? '' : here.slice(0, here.lastIndexOf('/'))
    links++
  }
  return undefined
}

function locateInProc(kernel: Kernel, task: Task, names: string[], asked: string, follow: boolean): Located {
  const found = findProcNode(kernel, task, names, follow)
  if (!found) throw new SystemError('ENOENT', asked)
  if (found.kind === 'node') return { kind: 'proc', node: found.node, path: [mountPoint, ...found.names].join('/') }
  return locate(kernel, task, found.path, { follow })
}
