/** What is printed: every page has something on it, and the transcripts are among it. */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PDFDocument } from 'pdf-lib'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { root } from '../../scripts/root.ts'
import { readDeck } from '../support/deck-blocks.ts'
import { launch } from '../support/launch.ts'

const run = promisify(execFile)
const { slides } = await readDeck()
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'export-'))
})
afterAll(() => rm(directory, { recursive: true }))

const slidev = (...args: string[]) =>
  run(join(root, 'node_modules', '.bin', 'slidev'), ['export', '--executable-path', inject('browser'), '--timeout', '120000', ...args], { cwd: root, timeout: 280_000 })

test('PDF: one page a slide', async () => {
  const output = join(directory, 'deck.pdf')
  await slidev('--output', output)
  const pdf = await PDFDocument.load(await readFile(output))
  expect(pdf.getPageCount()).toBe(slides.length)
}, 300_000)

test('PNG: no picture is blank', async () => {
  const output = join(directory, 'png')
  await slidev('--format', 'png', '--output', output)
  const pictures = (await readdir(output)).filter(name => name.endsWith('.png'))
  expect(pictures.length).toBe(slides.length)
  const browser = await launch(inject('browser'))
  const page = await browser.newPage()
  for (const name of pictures) {
    const base64 = (await readFile(join(output, name))).toString('base64')
    const inked = await page.evaluate(async base64 => {
      const image = new Image()
      image.src = `data:image/png;base64,${base64}`
      await image.decode()
      const canvas = new OffscreenCanvas(image.width, image.height)
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, 0, image.width, image.height)
      let different = 0
      for (let at = 4; at < data.length; at += 4) if (data[at] !== data[at - 4] || data[at + 1] !== data[at - 3]) different++
      return different / (data.length / 4)
    }, base64)
    // A slide with one short line on it has about three pixels in a thousand that differ from their neighbour.
    expect(inked, name).toBeGreaterThan(0.001)
  }
  await browser.close()
}, 300_000)
