import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bundlePex } from '../../scripts/bundle-pex.ts'
import { fetchWheels } from '../../scripts/fetch-wheels.ts'

export interface BundledPex {
  /** A directory of the test's own. */
  readonly base: string
  /** `pex.cjs`, for Node. */
  readonly program: string
  /** Where all wheels of the tests are. */
  readonly links: string
  /** A process's environment in which it keeps everything in `base`. */
  readonly environment: NodeJS.ProcessEnv
  readonly remove: () => void
}

/** The built program with the pex wheel that set-up brought: nothing is downloaded. */
export const bundledPex = async (): Promise<BundledPex> => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'pex-bundled-')))
  const links = dirname(fetchWheels().get('pex')!)
  mkdirSync(join(base, '.cache'))
  symlinkSync(links, join(base, '.cache/wheels'))
  await bundlePex(join(base, 'bin'))
  return {
    base, links,
    program: join(base, 'bin/pex.cjs'),
    environment: { PATH: process.env.PATH, HOME: base, XDG_CACHE_HOME: join(base, 'kept'), LANG: 'C.UTF-8' },
    remove: () => rmSync(base, { recursive: true, force: true }),
  }
}
