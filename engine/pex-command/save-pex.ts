import { directoryLink, loosePex, packedPex, zipapp, type LaidFile } from '../pex/lay-out-pex.ts'
import { PexError } from '../pex/pex-error.ts'
import { infoName } from '../pex/pex-tree.ts'
import type { BuiltPex } from './build-pex.ts'
import { entryDates } from './entry-dates.ts'
import { isSystemFile } from './is-system-file.ts'
import { joinPath } from './paths.ts'
import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'
import { pexTag } from './pex-tag.ts'
import { untilAborted } from './until-aborted.ts'

/** How many bytes the offsets of a zip without zip64 can tell. */
const zip32 = 0xffffffff

/** Chunks that end at an interrupt, even where the next is long in coming. */
async function* watched(chunks: AsyncIterable<Uint8Array>, home: PexHome, check: (size: number) => void = () => undefined): AsyncGenerator<Uint8Array> {
  const coming = chunks[Symbol.asyncIterator]()
  const next = () => untilAborted(home.signal, coming.next())
  let size = 0
  for (let step = await next(); !step.done; step = await next()) {
    size += step.value.length
    check(size)
    yield step.value
    await home.breathe()
  }
}

function* watchedFiles(files: Iterable<LaidFile>, home: PexHome): Generator<LaidFile> {
  for (const file of files) yield { ...file, data: watched(file.data, home) }
}

/** pex replaces anything; a device, or a directory that holds something else, is not ours to lose. */
const refuseOther = async (path: string, home: PexHome): Promise<void> => {
  const { files } = home
  if (await isSystemFile(path, home)) throw new PexError(`${path} is neither a file nor a directory: give another name`)
  if (await files.kind(path) !== 'directory' || (await files.list(path)).length === 0) return
  if (await files.kind(joinPath(path, infoName)) === undefined) throw new PexError(`${path} is a directory that is no PEX: give another name, or remove it`)
}

/** Writes a PEX in the layout asked for, whole or not at all. The path that it is at. */
export const savePex = async ({ pex, chosen, wheels }: BuiltPex, name: string, options: Arguments, home: PexHome): Promise<string> => {
  const path = name.includes('{platform}') ? name.replaceAll('{platform}', pexTag(chosen.targets, wheels)) : name
  const packing = { compress: options.isOn('compress', true), ...(options.isOn('use_system_time') ? { dates: entryDates(home) } : {}) }
  const layout = options.value('layout') ?? 'zipapp'
  await refuseOther(path, home)
  if (layout === 'zipapp') {
    const check = (size: number) => {
      if (size > zip32 && options.value('check') === 'error') throw new PexError(`The PEX is larger than 4 GiB, and Python cannot import from such a zip: use --layout packed`)
    }
    await home.files.write(path, watched(zipapp(pex, packing), home, check), 0o777)
  } else {
    const files = layout === 'packed' ? packedPex(pex, packing) : loosePex(pex)
    await home.files.writeDirectory(path, watchedFiles(files, home), directoryLink)
  }
  return path
}
