import { join } from 'node:path'
import { load } from '@slidev/parser/fs'
import type { Plugin } from 'vite'

const FENCE = /^```[^\n]*\n([^]*?)^```$/gm
const STYLE = `#app { display: none }
html, body { height: auto; overflow: auto; color: var(--deck-ink) }
noscript { display: block; max-width: 90ch; margin: auto; padding: 1em; overflow-wrap: anywhere }
noscript h2 { margin: 1em 0 0.5em; font-weight: 600 }
noscript pre { font-family: var(--deck-mono); font-variant-ligatures: none; white-space: pre-wrap }`

/** The deck for readers without JavaScript: titles, transcripts and listings, into the page's <noscript>. */
export function plainDeck(root: string): Plugin {
  return {
    name: 'plain-deck',
    async transformIndexHtml(html) {
      const { slides } = await load({ userRoot: root, roots: [root] }, join(root, 'slides.md'))
      const parts = slides.map(({ title = '', content }, index) => {
        const listings = [...content.matchAll(FENCE)].map(([, listing = '']) => `<pre>${escaped(listing)}</pre>`)
        return `<h2>${index + 1}. ${title.replace(/<[^>]*>|\\/g, '')}</h2>${listings.join('')}`
      })
      // As a function: a listing's $ signs mean nothing here.
      return html.replace('</noscript>', () => `<style>${STYLE}</style>\n${parts.join('\n')}\n</noscript>`)
    },
  }
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
