import { bytesAsSource } from '../archive/byte-source.ts'
import { readZip } from '../archive/read-zip.ts'
import type { Tree, TreeFile } from '../install/tree-file.ts'
import { parseCoreMetadata } from '../packaging/core-metadata.ts'
import { PexError } from './pex-error.ts'
import { zipTree } from './zip-tree.ts'

/** What a distribution in a PEX says of itself in its METADATA. */
export interface DistributionMetadata {
  /** As METADATA spells them. */
  project: string
  version: string
  /** Specifiers, undefined where it takes every Python. */
  requiresPython: string | undefined
  /** Dependency specifiers (PEP 508). */
  requires: readonly string[]
}

const isMetadata = (path: string): boolean => /^(?:[^/]+\.dist-info\/METADATA|[^/]*\.?EGG-INFO\/PKG-INFO|[^/]+\.egg-info\/PKG-INFO)$/.test(path)

/** Of a distribution that is unpacked or a wheel. Throws PexError where it has no METADATA, or one without a name and a version. */
export const readDistributionMetadata = async (fileName: string, part: Tree | TreeFile): Promise<DistributionMetadata> => {
  const tree = part instanceof Map ? part : zipTree(await readZip(bytesAsSource(await part.read())))
  const found = [...tree].find(([path]) => isMetadata(path))
  if (!found) throw new PexError(`${fileName} has no METADATA`)
  const { text, lists } = parseCoreMetadata(await found[1].read())
  const project = text.get('Name')
  const version = text.get('Version')
  if (!project || !version) throw new PexError(`${fileName} has a METADATA without a name and a version`)
  return { project, version, requiresPython: text.get('Requires-Python'), requires: lists.get('Requires-Dist') ?? [] }
}
