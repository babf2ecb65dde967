import type { PosixRegExp } from './posix-regexp.ts'
import type { ReplacementPart } from './sed-replacement.ts'

export type Address =
  | { kind: 'line'; line: number }
  | { kind: 'last' }
  /** undefined: the regular expression used last. */
  | { kind: 'regexp'; regexp: PosixRegExp | undefined }
  | { kind: 'step'; first: number; step: number }
  | { kind: 'plus'; count: number }
  | { kind: 'multiple'; of: number }

export interface Substitution {
  regexp: PosixRegExp | undefined
  replacement: ReplacementPart[]
  global: boolean
  /** How many times printed: p. */
  print: boolean
  nth: number
  file: string | undefined
}

export interface SedCommand {
  name: string
  addresses: Address[]
  negated: boolean
  /** Lines for a i c; a file for r R w W; a label for : b t T; an exit status for q Q; line length for l. */
  text: string
  number: number | undefined
  substitution: Substitution | undefined
  /** y: code point to code point. */
  map: Map<string, string> | undefined
  /** Index of the command to go on with: behind a block's end for {, the label's for b t T. */
  target: number
}
