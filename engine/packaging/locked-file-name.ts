import type { PylockFile } from './pylock.ts'

/**
 * The name of a locked file: as given, else the end of its path, else of its URL without percent signs; undefined where
 * none of them says one.
 */
export const lockedFileName = ({ name, path, url }: PylockFile): string | undefined =>
  name || pathName(path ?? '') || urlName(url ?? '') || undefined

/** A path may be one of Windows; one with a `/` is not. */
const pathName = (path: string) => path.slice(path.lastIndexOf(path.includes('/') ? '/' : '\\') + 1)

const urlName = (url: string): string => {
  const path = url.replace(/[?#][^]*$/, '').replace(/^[a-zA-Z][a-zA-Z0-9+.-]*:/, '').replace(/^\/\/[^/]*/, '')
  const last = path.slice(path.lastIndexOf('/') + 1).replace(/;[^]*$/, '')
  return last.replace(/(?:%[0-9a-fA-F]{2})+/g, escaped =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(escaped.slice(1).split('%'), byte => parseInt(byte, 16))))
}
