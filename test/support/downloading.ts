/** What tests of downloads begin from: a wheel, servers of it, a store, a clock, an index that looks nowhere. */
import { afterEach, expect } from 'vitest'
import { createIndex } from '../../engine/index/create-index.ts'
import { directFile } from '../../engine/index/direct-file.ts'
import { IndexError } from '../../engine/index/index-error.ts'
import type { IndexHome, IndexSettings, ResponseStore, StoredResponse } from '../../engine/index/index-settings.ts'
import type { ProjectFile } from '../../engine/index/package-index.ts'
import { sleep } from '../../engine/index/sleep.ts'
import { demoWheel, serveIndex, sha256, type Answers, type IndexServer } from './index-server.ts'

export const wheelName = 'demo-1.0-py3-none-any.whl'
export const wheelPath = `/files/${wheelName}`
export const wheel = await demoWheel()

/** What ends with the test. */
export const closing: { close(): unknown }[] = []
afterEach(async () => {
  for (const server of closing.splice(0)) await server.close()
})

/** A server that ends with the test. */
export const serve = async (answers: Answers): Promise<IndexServer> => {
  const server = await serveIndex(answers)
  closing.push(server)
  return server
}

export const memoryStore = () => {
  const kept = new Map<string, StoredResponse>()
  const store: ResponseStore = { read: async key => kept.get(key), write: async (key, response) => void kept.set(key, response) }
  return { kept, store }
}

/** For `open`: time stands still but for waits, which take none. */
export const clock = () => {
  const waits: number[] = []
  let time = 1_000_000
  return {
    waits,
    advance: (milliseconds: number) => { time += milliseconds },
    home: {
      now: () => time,
      random: () => 1,
      sleep: async (milliseconds: number, signal?: AbortSignal) => {
        if (signal) return sleep(10_000_000, signal)
        waits.push(milliseconds)
        time += milliseconds
      },
    },
  }
}

export const open = (settings: Partial<IndexSettings> = {}, home: Partial<IndexHome> = {}) =>
  createIndex({ indexUrls: [], findLinks: [], ...settings }, { fetch, ...clock().home, ...home })
export const fileAt = (server: IndexServer, more: Partial<ProjectFile> = {}): ProjectFile => ({ ...directFile(`${server.url.slice(0, -1)}${wheelPath}`), hashes: { sha256: sha256(wheel) }, ...more })
export const failure = async (doing: Promise<unknown>): Promise<IndexError> => {
  const error: unknown = await doing.then(() => undefined, (error: unknown) => error)
  expect(error).toBeInstanceOf(IndexError)
  expect((error as IndexError).message).not.toContain('\n')
  return error as IndexError
}
export const bytesOf = async (fetched: ReturnType<ReturnType<typeof open>['fetchFile']>) => {
  const source = await fetched
  return sha256(await source.read(0, source.size))
}
