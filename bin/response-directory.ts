/** Answers of package indexes, kept in a directory: one file each, named by a hash of what was asked. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ResponseStore, StoredResponse } from '../engine/index/index-settings.ts'
import { keepFile } from './keep-file.ts'

/** Files of another shape are as if they were not there. */
const shape = 'pex-pectations answer 1\n'

const encode = ({ body, ...head }: StoredResponse): Uint8Array => Buffer.concat([Buffer.from(`${shape}${JSON.stringify(head)}\n`), body])

const decode = (bytes: Buffer): StoredResponse | undefined => {
  const end = bytes.indexOf('\n', shape.length)
  if (!bytes.subarray(0, shape.length).equals(Buffer.from(shape)) || end < 0) return undefined
  const head = JSON.parse(bytes.toString('utf8', shape.length, end)) as Omit<StoredResponse, 'body'>
  return { ...head, body: new Uint8Array(bytes.subarray(end + 1)) }
}

/** The directory is made when the first answer comes, for this user alone: pages of private indexes are among them. */
export const responseDirectory = (directory: string): ResponseStore => {
  const pathOf = (key: string) => join(directory, createHash('sha256').update(key).digest('hex'))
  return {
    // What cannot be read, for whatever reason, is asked for again.
    read: key => readFile(pathOf(key)).then(decode).catch(() => undefined),
    write: (key, response) => keepFile(pathOf(key), encode(response)),
  }
}
