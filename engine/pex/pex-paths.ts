import { textOf, textsOf } from './info-fields.ts'

/** The PEXes of `--pex-path`, which a PEX loads as well: a list, and before pex 2.1.74 one text with `:` between them. */
export const pexPathsOf = (info: Readonly<Record<string, unknown>>): string[] => {
  const paths = textsOf(info.pex_paths)
  return paths.length > 0 ? paths : (textOf(info.pex_path)?.split(':') ?? [])
}
