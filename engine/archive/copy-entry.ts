import { packedData } from './entry-data.ts'
import { readLocalHeader } from './local-header.ts'
import { extraIds, readExtra, writeExtra } from './extra-fields.ts'
import type { ZipArchive } from './read-zip.ts'
import { nativeName } from './shown-name.ts'
import type { ZipEntry } from './zip-entry.ts'
import type { NewEntry } from './write-zip.ts'

/** What the writer makes anew: the name's other form and the sizes' wide form. */
const rewritten: ReadonlySet<number> = new Set([extraIds.zip64, extraIds.unicodePath, extraIds.unicodeComment])
const withoutRewritten = (extra: Uint8Array) => writeExtra(readExtra(extra).filter(({ id }) => !rewritten.has(id)))

/** An archive's entry as one of a new archive: its packed bytes as they are, its date, attributes and extra fields kept. */
export const copyEntry = async (archive: ZipArchive, entry: ZipEntry): Promise<NewEntry> => {
  const local = await readLocalHeader(archive, entry)
  return {
    name: nativeName(entry),
    date: entry.date,
    data: await packedData(archive, entry),
    extra: { local: withoutRewritten(local.extra), central: withoutRewritten(entry.extra) },
    comment: new TextDecoder().decode(entry.comment),
    text: (entry.raw.internalAttributes & 1) !== 0,
    externalAttributes: entry.raw.externalAttributes,
    versionMadeBy: entry.raw.versionMadeBy,
    versionNeeded: entry.raw.versionNeeded,
  }
}
