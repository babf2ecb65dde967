/** A .pex file of one's own on the last slide: its parts, its hashes, where it runs; the file stays in the page. */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-chromium'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { serveStatic } from '../../scripts/serve-static.ts'
import { root } from '../../scripts/root.ts'
import { launch } from '../support/launch.ts'
import { readDeck } from '../support/deck-blocks.ts'
import { oldPex } from '../support/old-pexes.ts'
import { utf8, zipOf } from '../support/recorded-archives.ts'

let browser: Browser
let site: Awaited<ReturnType<typeof serveStatic>>
let page: Page
const requests: string[] = []

beforeAll(async () => {
  browser = await launch(inject('browser'))
  site = await serveStatic(join(root, 'dist'), { isolate: true })
  page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  page.setDefaultTimeout(60_000)
  page.on('request', request => requests.push(request.method() + request.url()))
  const { slides } = await readDeck()
  const slide = slides.find(({ content }) => content.includes('<PexInspector'))!
  await page.goto(`${site.url}#/${slide.number}`)
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

const give = async (name: string, bytes: Uint8Array) => {
  requests.length = 0
  await page.locator('.pex-inspector input').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
}
const inspector = () => page.locator('.pex-inspector')

test('a pure PEX runs everywhere, and its hashes hold', async () => {
  await give('old.pex', await oldPex('2.40.3'))
  await inspector().locator('table').waitFor()
  expect(await inspector().locator('td button').count()).toBe(26)
  expect(await inspector().locator('td button.yes').count()).toBe(26)
  expect(await inspector().locator('pre').innerText()).toContain('4 of the 4 in PEX-INFO computed again and found right')
  const parts = await inspector().locator('svg g[role=img]').evaluateAll(shapes => shapes.map(shape => shape.getAttribute('aria-label')))
  expect(parts).toContainEqual(expect.stringMatching(/^six 1\.17\.0, dependencies, 7 files, /))
  expect(parts).toContainEqual(expect.stringMatching(/^PEX runtime, \d+ files, /))
  await inspector().getByRole('button', { name: 'PEX-INFO' }).click()
  await expect.poll(() => inspector().locator('.anatomy pre').innerText()).toContain('"entry_point": "app.main:main"')
  const own = ['GETblob:', `GET${site.url}`]
  expect(requests.filter(request => !own.some(start => request.startsWith(start)))).toEqual([])
})

test('it runs in a terminal of its own, and its parts are there again', async () => {
  const screen = () => inspector().locator('.xterm-rows').innerText()
  const turn = (name: string) => inspector().getByRole('button', { name }).click()
  await give('it\'s mine.pyz', await zipOf([{ name: '__main__.py', data: utf8('import sys\nprint("runs", 6 * 7, sys.argv)\n') }]))
  await turn('Run it here')
  await expect.poll(async () => (await screen()).replaceAll('\xa0', ' ')).toContain(`runs 42 ["it's mine.pyz"]`)
  await page.keyboard.type('echo typed-$((6*7))\n')
  await expect.poll(screen).toContain('typed-42')
  await turn('What is in it')
  await inspector().getByText('__main__.py').first().waitFor()
})

test('a PEX for one system says which file stands in the way of another', async () => {
  const wheel = 'aa-1.0-cp313-cp313-macosx_11_0_arm64.whl'
  const info = { requirements: ['aa'], distributions: { [wheel]: '00' } }
  await give('mac.pex', await zipOf([
    { name: 'PEX-INFO', data: utf8(JSON.stringify(info)) },
    { name: `.deps/${wheel}/aa-1.0.dist-info/METADATA`, data: utf8('Metadata-Version: 2.1\nName: aa\nVersion: 1.0\n') },
  ]))
  await inspector().getByRole('button', { name: 'macOS ARM, Python 3.13: runs' }).waitFor()
  expect(await inspector().locator('td button.yes').count()).toBe(1)
  await inspector().getByRole('button', { name: 'Linux x86_64, Python 3.13: does not run' }).click()
  await expect.poll(() => inspector().locator('.facts pre').innerText()).toContain(`${wheel} needs platform macosx_11_0_arm64`)
})

test('a PEX that only an older Python runs has a column for that Python', async () => {
  await give('old.pex', await zipOf([{ name: 'PEX-INFO', data: utf8(JSON.stringify({ interpreter_constraints: ['CPython==3.9.*'] })) }]))
  await inspector().getByRole('button', { name: 'macOS ARM, Python 3.9: runs' }).waitFor()
  expect(await inspector().locator('td button.yes').count()).toBe(5)
  expect(await inspector().locator('thead').innerText()).not.toContain('3.8')
})

test('a packed PEX in a zip is looked into, and not run as it is', async () => {
  await give('packed.zip', await zipOf([
    { name: 'PEX-INFO', data: utf8('{}') },
    { name: '.bootstrap', data: await zipOf([{ name: 'pex/__init__.py', data: utf8('') }]) },
    { name: '__main__.py', data: utf8('#!/usr/bin/env python3\n') },
  ]))
  await expect.poll(() => inspector().locator('.facts pre').innerText()).toMatch(/layout +packed[^]*unzip it/)
  expect(await inspector().getByRole('button', { name: 'Run it here' }).count()).toBe(0)
})

test('a file that is no zip is named in one line', async () => {
  await give('notes.pex', utf8('only text\n'))
  await expect.poll(() => inspector().locator('.state').innerText()).toBe('notes.pex is text: a .pex is a zip file')
})
