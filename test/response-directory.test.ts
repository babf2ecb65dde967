/** The cache of the `pex` of Node: what it keeps comes back, and whatever is wrong with it is no failure. */
import { mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { responseDirectory } from '../bin/response-directory.ts'
import type { StoredResponse } from '../engine/index/index-settings.ts'

let directory: string
beforeEach(async () => { directory = await mkdtemp(join(tmpdir(), 'responses-')) })
afterEach(() => rm(directory, { recursive: true }))

const response: StoredResponse = {
  url: 'https://index.example/simple/a/', contentType: 'text/html', etag: '"1"', lastModified: undefined, freshUntil: 17, whole: true, body: new Uint8Array([0, 10, 13, 255]),
}
const key = 'page https://index.example/simple/a/'

test('what is kept comes back, in a later run too, and the last one counts', async () => {
  const below = join(directory, 'not', 'yet')
  await responseDirectory(below).write(key, response)
  expect(await responseDirectory(below).read(key)).toEqual(response)
  await responseDirectory(below).write(key, { ...response, whole: false, body: new Uint8Array() })
  expect(await responseDirectory(below).read(key)).toMatchObject({ whole: false, body: { length: 0 } })
  expect(await responseDirectory(below).read('other')).toBeUndefined()
  expect((await readdir(below)).length).toBe(1)
  expect((await stat(below)).mode & 0o777).toBe(0o700)
})

test('damaged files, and directories that cannot be, are as if nothing were kept', async () => {
  const store = responseDirectory(directory)
  await store.write(key, response)
  const [name] = await readdir(directory)
  const path = join(directory, name!)
  const whole = await readFile(path)
  for (const length of [0, 10, 40]) {
    await truncate(path, length)
    expect(await store.read(key)).toBeUndefined()
    await writeFile(path, whole)
  }
  await writeFile(path, 'something else\n{}\n')
  expect(await store.read(key)).toBeUndefined()
  const nowhere = responseDirectory(join(path, 'below', 'a', 'file'))
  await nowhere.write(key, response)
  expect(await nowhere.read(key)).toBeUndefined()
})

test('who writes at the same time leaves a whole answer', async () => {
  const store = responseDirectory(directory)
  await Promise.all(Array.from({ length: 20 }, (_, i) => store.write(key, { ...response, body: new Uint8Array(100_000).fill(i) })))
  const { body } = (await store.read(key))!
  expect(new Set(body).size).toBe(1)
  expect(body.length).toBe(100_000)
})
