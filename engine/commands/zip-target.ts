import { nativeName } from '../archive/shown-name.ts'
import { systems, type ZipEntry } from '../archive/zip-entry.ts'

export interface TargetRules {
  junkPaths: boolean
  lowerCase: number
  allowDotDot: boolean
  allowControl: boolean
}

/**
 * Where a member goes, relative to the extraction directory, never outside it: an absolute name loses its slash, `..` parts are left out,
 * control characters too. `name` is undefined where nothing is left; a directory's ends in a slash.
 */
export interface Target {
  name: string | undefined
  absolute: boolean
  dotDot: boolean
  backslashes: boolean
}

export function targetOf(entry: ZipEntry, rules: TargetRules): Target {
  const dos = entry.raw.versionMadeBy >> 8 === systems.dos
  const original = nativeName(entry)
  const backslashes = dos && !original.includes('/') && original.includes('\\')
  let name = backslashes ? original.replaceAll('\\', '/') : original
  if (rules.lowerCase > 1 || (rules.lowerCase === 1 && dos)) name = name.toLowerCase()
  const directory = name.endsWith('/')
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  const dotDot = !rules.allowDotDot && parts.includes('..')
  const kept = rules.allowDotDot ? parts : parts.filter((part) => part !== '..')
  const path = (rules.junkPaths ? (directory ? [] : kept.slice(-1)) : kept).join('/')
  // NUL would end the name for the kernel whatever the options say.

  const clean = path.replace(rules.allowControl ? /\0/g : /[\x00-\x1f\x7f]/g, '')
  return { name: clean === '' ? undefined : directory ? `${clean}/` : clean, absolute: name.startsWith('/'), dotDot, backslashes }
}
