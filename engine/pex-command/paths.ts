/** Where a path leads, seen from an absolute directory: no `.` or `..` in it. */
export const absolutePath = (path: string, directory: string): string => {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** Parts of a path put together; empty ones are left out. */
export const joinPath = (...parts: string[]): string => parts.filter(part => part !== '').join('/').replace(/\/{2,}/g, '/')
