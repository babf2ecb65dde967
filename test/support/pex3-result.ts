/** What is kept of a run of `pex3`, the real one's and the engine's. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pex3Files } from '../../scripts/pex3-cases.ts'
import type { CommandPlace } from './command-home.ts'
import { saidOf, withPlaces } from './pex-command-parts.ts'

export interface Pex3Result {
  readonly line: string
  readonly status: number
  readonly stdout: string
  readonly says: readonly string[]
  /** lock.json, where it was written. */
  readonly lock: string | undefined
}

type Run = (words: readonly string[], directory: string) => Promise<{ status: number; stdout: string; stderr: string }>

export const pex3Result = async (line: string, { base, links }: CommandPlace, run: Run): Promise<Pex3Result> => {
  const directory = join(base, 'user')
  mkdirSync(directory)
  for (const [name, text] of Object.entries(pex3Files)) writeFileSync(join(directory, name), text)
  const { status, stdout, stderr } = await run(withPlaces(line.split(' ').filter(word => word !== ''), links), directory)
  const placeless = (text: string) => text.replaceAll(links, '<links>').replaceAll(`${base}/venv/bin/python3.11`, '<python>').replaceAll(`${base}/venv/bin/python3`, '<python>')
  const written = join(directory, 'lock.json')
  const lock = existsSync(written) ? placeless(readFileSync(written, 'utf8')) : undefined
  rmSync(directory, { recursive: true })
  return { line, status, stdout: placeless(stdout), says: saidOf(stderr, { base, links }), lock }
}
