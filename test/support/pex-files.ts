/** A build of scripts/pex-cases.ts as the files that it is made of. */
import type { PexCase } from '../../scripts/pex-cases.ts'
import { loosePex, packedPex, zipapp } from '../../engine/pex/lay-out-pex.ts'
import { collect, type PexBuilder } from './pex-builder.ts'

export interface PexFile {
  /** Begins with the build's name. */
  path: string
  mode: number
  bytes: Uint8Array
}

export const pexFiles = async (builder: PexBuilder, each: PexCase): Promise<PexFile[]> => {
  const pex = await builder.assemble(each)
  const layout = each.input?.layout ?? 'zipapp'
  if (layout === 'zipapp') return [{ path: each.name, mode: 0o755, bytes: await collect(zipapp(pex, { compress: true })) }]
  const files: PexFile[] = []
  for (const { path, mode, data } of layout === 'loose' ? loosePex(pex) : packedPex(pex, { compress: true })) {
    files.push({ path: `${each.name}/${path}`, mode, bytes: await collect(data) })
  }
  return files
}
