import { join } from 'node:path'
import { load } from '@slidev/parser/fs'
import type { Plugin } from 'vite'
import { encodeBlock } from '../components/terminal-block.ts'
import { carried, readBlock } from './read-block.ts'

const ID = 'virtual:first-terminals'
const FENCE = /^```(terminal\b[^\n]*)\n([^]*?)^```$/gm

/** By slide number, its first live terminal without its text: what a machine can be started from before the slide is there. */
export function firstTerminals(root: string): Plugin {
  return {
    name: 'first-terminals',
    resolveId: id => id === ID ? `\0${ID}` : undefined,
    async load(id) {
      if (id !== `\0${ID}`) return
      const { slides } = await load({ userRoot: root, roots: [root] }, join(root, 'slides.md'))
      const blocks: Record<number, string> = {}
      for (const [index, { content }] of slides.entries()) {
        const first = await firstLive(root, content)
        if (first) blocks[index + 1] = first
      }
      return `export default ${JSON.stringify(blocks)}`
    },
  }
}

async function firstLive(root: string, content: string): Promise<string | undefined> {
  for (const [, info = '', code = ''] of content.matchAll(FENCE)) {
    const block = await readBlock(root, info, code)
    if (!block.fixture || block.options.static) continue
    const fixture = carried(block.fixture)
    return fixture && encodeBlock({ ...block, fixture, transcript: { text: '', steps: [] }, lines: [], stills: [] })
  }
}
