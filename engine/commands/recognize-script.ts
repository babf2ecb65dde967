import { binary, latin1, type Recognized } from './recognized.ts'

/** The paths by which file(1) 5.44 knows a shell, whatever follows the shebang's line. */
const shells: readonly [pattern: RegExp, name: string][] = [
  [/^\/bin\/sh\b/, 'POSIX'],
  [/^\/bin\/ksh\b/, 'Korn'],
  [/^(\/usr|\/usr\/local)?\/bin\/bash\b/, 'Bourne-Again'],
]

/** What stands behind `#!` in the first line; undefined where a file does not begin so. */
export const shebangOf = (head: string): string | undefined => /^#![ \t]*([^\n]*)/.exec(head)?.[1]?.trimEnd()

/** A shebang's interpreter as file(1) names one that it does not know better: without env(1). */
export const shownInterpreter = (shebang: string): string => shebang.replace(/^\/usr\/bin\/env\s*/, '')

/** `Bourne-Again shell` of a shebang that names a shell; undefined for others. */
export const shellOf = (shebang: string): string | undefined => {
  const name = shells.find(([pattern]) => pattern.test(shebang))?.[1]
  return name && `${name} shell`
}

/** Data behind a shell's shebang. */
export const recognizeShellScript = (shebang: string): Recognized | undefined => {
  const shell = shellOf(shebang)
  return shell === undefined ? undefined : binary(`${shell} script executable (binary data)`, 'text/x-shellscript')
}

/** Data, not text, behind a shebang; undefined where there is none. */
export function recognizeScript(bytes: Uint8Array): Recognized | undefined {
  const shebang = shebangOf(latin1(bytes.subarray(0, 256)))
  if (shebang === undefined) return undefined
  if (/^(\/usr\/bin\/env\s+|(\/usr)?(\/local)?\/bin\/)perl\b/.test(shebang)) return binary('Perl script text executable', 'text/x-perl')
  return recognizeShellScript(shebang) ?? binary(`a ${shownInterpreter(shebang)} script executable (binary data)`)
}
