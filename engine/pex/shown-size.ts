const units = ['kB', 'MB', 'GB'] as const

/** A number of bytes for people, in powers of 1000: `90 bytes`, `1.1 MB`. */
export const shownSize = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3))
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`
}
