/** `npm start` as the README has it: the deck at a printed address, and its first live slide works. */
import { spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { inject, test } from 'vitest'
import { root } from '../../scripts/root.ts'
import { readDeck } from '../support/deck-blocks.ts'
import { deckPage } from '../support/deck-page.ts'
import { launch } from '../support/launch.ts'

const freePort = () => new Promise<number>(resolve => {
  const server = createServer().listen(0, () => {
    const { port } = server.address() as AddressInfo
    server.close(() => resolve(port))
  })
})

test('npm start prints an address, and the deck there is live', async () => {
  const { blocks } = await readDeck()
  const first = blocks.find(block => !block.options.static)
  if (!first) throw new Error('the deck has no live block')
  const port = await freePort()
  const server = spawn('npm', ['start', '--', '--port', String(port)], { cwd: root, detached: true, env: { ...process.env, NO_COLOR: '1' } })
  const browser = await launch(inject('browser'))
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = ''
      const listen = (chunk: Buffer) => {
        said += chunk.toString()
        const address = `http://localhost:${port}/`
        if (said.replace(/\x1b\[[\d;]*m/g, '').includes(address)) resolve(address)
      }
      server.stdout.on('data', listen)
      server.stderr.on('data', listen)
      server.once('exit', status => reject(new Error(`npm start ended with ${status}: ${said}`)))
    })
    const deck = deckPage(await browser.newPage({ viewport: { width: 1280, height: 720 } }), url)
    await deck.goto(first.slide, 0)
    await deck.replay(first.slide, first.transcript)
  } finally {
    await browser.close()
    if (server.pid && server.exitCode === null) process.kill(-server.pid)
  }
}, 300_000)
