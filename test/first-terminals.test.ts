import { join } from 'node:path'
import { load } from '@slidev/parser/fs'
import { expect, test } from 'vitest'
import { decodeBlock } from '../components/terminal-block.ts'
import { root } from '../scripts/root.ts'
import { firstTerminals } from '../setup/first-terminals.ts'

type Load = (id: string) => Promise<string>

test('every slide with a machine of small files has its first terminal ready to be asked for', async () => {
  const plugin = firstTerminals(root)
  const text = await (plugin.load as unknown as Load)('\0virtual:first-terminals')
  const blocks = Object.entries(JSON.parse(text.replace('export default ', '')) as Record<string, string>).map(([no, block]) => [Number(no), decodeBlock(block)] as const)
  const { slides } = await load({ userRoot: root, roots: [root] }, join(root, 'slides.md'))
  const live = slides.flatMap(({ content }, index) => /^```terminal(?![^\n]*\bstatic\b)[^\n]*\bfixture=/m.test(content) ? [index + 1] : [])
  expect(blocks.map(([no]) => no)).toEqual(live)
  for (const [, { fixture, transcript, rows, columns }] of blocks) {
    expect(fixture).toBeDefined()
    expect(transcript.steps).toEqual([])
    expect(Math.min(rows, columns)).toBeGreaterThan(3)
  }
})
