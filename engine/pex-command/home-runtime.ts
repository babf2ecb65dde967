import { openWheel, type Wheel } from '../install/wheel.ts'
import { openRuntime, type Runtime } from '../pex/runtime.ts'
import { breathingSource } from './breathing-source.ts'
import { keeping } from './keeping.ts'
import type { PexHome } from './pex-home.ts'

/** The modules whose texts make a PEX. */
const modules = ['version.py', 'entry_points_txt.py', 'pex_builder.py', 'pex_boot.py', 'sh_boot.py', 'interpreter_constraints.py']

async function* none() {}

const textsOf = async (wheel: Wheel): Promise<Record<string, string>> => {
  const texts = await Promise.all(modules.map(async path => [path, await wheel.read(`pex/${path}`)] as const))
  return Object.fromEntries(texts.flatMap(([path, bytes]) => (bytes ? [[path, new TextDecoder().decode(bytes)]] : [])))
}

/** The runtime of the home's pex wheel, which is not opened where what is read of it was kept, and the wheel's identity. Throws PexError. */
export const homeRuntime = async (home: PexHome, warn: (message: string) => void): Promise<{ runtime: Runtime; identity: string | undefined }> => {
  const { fileName, source, identity } = await home.pexWheel()
  const open = () => openWheel(fileName, breathingSource(source, home))
  const kept = home.kept && identity !== undefined
    ? await keeping(home.kept, ['texts', identity], async () => ({ entries: none(), about: await textsOf(await open()) }))
    : undefined
  return { identity, runtime: await openRuntime({ fileName, open, ...(kept && { texts: kept.about }) }, warn) }
}
