import { expect, test } from 'vitest'
import type { Http } from './create-http.ts'
import { directFile } from './direct-file.ts'
import { remoteBytes } from './remote-bytes.ts'

/** A server of one file, which may become another between two requests, and what it was asked. */
const serverOf = (file: { bytes: Uint8Array; etag: string }) => {
  const asked: Record<string, string>[] = []
  const http: Http = {
    exchange: ({ headers, url, take }) => {
      const given = headers()
      asked.push(given)
      const { bytes, etag } = file
      const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(given['Range'] ?? '') ?? expect.fail('no range was asked for')
      const start = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first)
      const end = first === '' || last === '' ? bytes.length : Number(last) + 1
      const isOther = given['If-Range'] !== undefined && given['If-Range'] !== etag
      const part = isOther ? bytes : bytes.subarray(start, end)
      const range = { ETag: etag, 'Content-Range': `bytes ${start}-${end - 1}/${bytes.length}` }
      const pieces = (async function* () { yield part })()
      return take({ status: isOther ? 200 : 206, headers: new Headers(isOther ? { ETag: etag } : range), url, pieces })
    },
  }
  return { http, asked }
}

const url = 'https://index.test/a-1.0-py3-none-any.whl'
const listed = directFile(url)
const large = Uint8Array.from({ length: 200_000 }, (_, at) => at % 251)

test('the end comes first, other parts when they are asked for, of the same file', async () => {
  const file = { bytes: large, etag: '"1"' }
  const { http, asked } = serverOf(file)
  const source = (await remoteBytes(http, listed)) ?? expect.fail('ranges are given')
  expect(source.size).toBe(large.length)
  expect(await source.read(199_000, 5000)).toEqual(large.subarray(199_000))
  expect(asked).toHaveLength(1)
  expect(await source.read(100, 40)).toEqual(large.subarray(100, 140))
  expect(asked[1]).toMatchObject({ Range: 'bytes=100-139', 'If-Range': '"1"' })
  file.etag = '"2"'
  await expect(source.read(100, 40)).rejects.toMatchObject({ code: 'wrong-length' })
})

test('a weak tag tells nothing; another length is another file', async () => {
  const file = { bytes: large, etag: 'W/"1"' }
  const { http, asked } = serverOf(file)
  const source = (await remoteBytes(http, listed)) ?? expect.fail('ranges are given')
  expect(await source.read(0, 10)).toEqual(large.subarray(0, 10))
  expect(asked[1]).not.toHaveProperty('If-Range')
  file.bytes = large.subarray(1)
  await expect(source.read(0, 10)).rejects.toMatchObject({ code: 'wrong-length' })
})
