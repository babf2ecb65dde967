import type { CheckedHash } from './check-hashes.ts'

/** A file or a number of files, with the bytes that they come to unpacked. */
export interface Extent {
  files: number
  size: number
}

export interface DescribedDistribution extends Extent {
  fileName: string
  /** Undefined where it has no METADATA that says so. */
  project: string | undefined
  version: string | undefined
  requiresPython: string | undefined
  /** As the file name has them, `py3-none-any`; undefined where it is no wheel's name. */
  tags: string | undefined
}

/** What there is to say about a file or directory that Python can run, or a wheel. */
export interface Description {
  kind: 'pex' | 'zipapp' | 'wheel'
  /** Of a PEX. */
  layout: 'zipapp' | 'packed' | 'loose' | undefined
  /** Of the file itself; of a directory, of its files. In bytes. */
  size: number
  /** The first line after `#!`; `/bin/sh` where `sh` starts it. */
  interpreter: string | undefined
  /** Which pex made it. */
  madeBy: string | undefined
  /** What it starts: `app.main:main`, `the script jp.py`; undefined for a Python prompt, and for a wheel. */
  starts: string | undefined
  requirements: string[]
  constraints: string[]
  runtime: Extent
  distributions: DescribedDistribution[]
  /** Your code: each file with its bytes. */
  code: { path: string; size: number }[]
  hashes: CheckedHash[]
  /** PEX-INFO, as it is written there; a wheel and a zipapp have none. */
  info: Readonly<Record<string, unknown>> | undefined
}
