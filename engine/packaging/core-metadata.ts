import { parseMetadataHeaders } from './metadata-headers.ts'
import { strip } from './python-text.ts'

/** The fields of core metadata that hold one text. */
const textFields = [
  'Author', 'Author-email', 'Description', 'Description-Content-Type', 'Download-URL', 'Home-page', 'License', 'License-Expression',
  'Maintainer', 'Maintainer-email', 'Metadata-Version', 'Name', 'Requires-Python', 'Summary', 'Version',
] as const

/** The fields that may stand several times. */
const listFields = [
  'Classifier', 'Dynamic', 'License-File', 'Obsoletes', 'Obsoletes-Dist', 'Platform', 'Provides', 'Provides-Dist', 'Provides-Extra',
  'Requires', 'Requires-Dist', 'Requires-External', 'Supported-Platform', 'Import-Name', 'Import-Namespace',
] as const

export type TextField = (typeof textFields)[number]
export type ListField = (typeof listFields)[number]

/**
 * A METADATA or PKG-INFO file (Core metadata, versions 1.0 to 2.6), read as leniently as `packaging.metadata.parse_email`:
 * nothing is validated, and what does not fit its field
 * is in `unparsed`. A caller checks what it needs: `parseVersion(text.get('Version') ?? '')`.
 */
export interface CoreMetadata {
  readonly text: ReadonlyMap<TextField, string>
  /** An `Import-Name` without a value is the empty list: the distribution has nothing to import (PEP 794). */
  readonly lists: ReadonlyMap<ListField, readonly string[]>
  readonly keywords?: readonly string[]
  /** Label to URL. */
  readonly projectUrls?: ReadonlyMap<string, string>
  /**
   * By name in lower case: unknown fields, single fields that stand twice, labels that stand twice, values and bodies that
   * are no UTF-8 (shown as Latin-1).
   */
  readonly unparsed: ReadonlyMap<string, readonly string[]>
}

const byLowerCase = <Name extends string>(names: readonly Name[]) => new Map(names.map(name => [name.toLowerCase(), name]))
const textNames = byLowerCase(textFields)
const listNames = byLowerCase(listFields)

/** Reads core metadata from a file's bytes. */
export const parseCoreMetadata = (bytes: Uint8Array): CoreMetadata => {
  // Where all is UTF-8, lines and names are found in the text as they would be in its bytes.
  const whole = decoded(bytes)
  const read = whole === undefined ? utf8Of : (text: string) => text
  const { headers, body } = parseMetadataHeaders(whole ?? latin1(bytes))
  const values = new Map<string, { texts: string[]; valid: boolean }>()
  for (const header of headers) {
    const name = header.name.toLowerCase()
    const field = values.get(name) ?? { texts: [], valid: true }
    const text = read(header.value)
    field.texts.push(text ?? header.value)
    field.valid &&= text !== undefined
    values.set(name, field)
  }
  const metadata = {
    text: new Map<TextField, string>(),
    lists: new Map<ListField, readonly string[]>(),
    unparsed: new Map<string, readonly string[]>(),
  }
  let keywords: string[] | undefined
  let projectUrls: Map<string, string> | undefined
  for (const [name, { texts, valid }] of values) {
    const textName = textNames.get(name)
    const listName = listNames.get(name)
    const [first = ''] = texts
    const single = texts.length === 1
    if (valid && textName && single) metadata.text.set(textName, first)
    else if (valid && listName) metadata.lists.set(listName, listName === 'Import-Name' && single && first === '' ? [] : texts)
    else if (valid && name === 'keywords' && single) keywords = first.split(',').map(strip)
    else if (valid && name === 'project-url' && (projectUrls = readProjectUrls(texts))) continue
    else metadata.unparsed.set(name, texts)
  }
  takeBody(body, read(body), metadata)
  return { ...metadata, ...(keywords && { keywords }), ...(projectUrls && { projectUrls }) }
}

/** The body is the description, unless there is another one: then nobody knows which is meant. */
const takeBody = (body: string, description: string | undefined, { text, unparsed }: { text: Map<TextField, string>; unparsed: Map<string, readonly string[]> }): void => {
  if (body === '') return
  if (description === undefined) {
    unparsed.set('description', [...(unparsed.get('description') ?? []), body])
    return
  }
  const header = text.get('Description')
  const others = header === undefined ? unparsed.get('description') : [...(unparsed.get('description') ?? []), header]
  text.delete('Description')
  if (others) unparsed.set('description', [...others, description])
  else text.set('Description', description)
}

/** `Label, URL` each; undefined where a label stands twice. */
const readProjectUrls = (texts: readonly string[]): Map<string, string> | undefined => {
  const urls = new Map<string, string>()
  for (const text of texts) {
    const comma = text.indexOf(',')
    const label = strip(comma < 0 ? text : text.slice(0, comma))
    if (urls.has(label)) return undefined
    urls.set(label, comma < 0 ? '' : strip(text.slice(comma + 1)))
  }
  return urls
}

/** One character for each byte, so that lines and names are found before anything is decoded. */
const latin1 = (bytes: Uint8Array): string => {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 0x2000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x2000)))
  return parts.join('')
}

/** The text that bytes given as characters are the UTF-8 of; undefined where they are none. */
const utf8Of = (binary: string): string | undefined =>
  (/[\x80-\xff]/.test(binary) ? decoded(Uint8Array.from(binary, character => character.charCodeAt(0))) : binary)

const decoded = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}
