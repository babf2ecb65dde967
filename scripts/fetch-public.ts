/** A machine's way out where no page serves it: the deck's own package index, from the files in public/. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createOutsideFetch } from '../engine/host/create-outside-fetch.ts'
import { root } from './root.ts'

export const fetchPublic: typeof fetch = createOutsideFetch({
  assets: 'https://deck.invalid/',
  isOpen: () => false,
  async fetch(input) {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    const bytes = await readFile(join(root, 'public', decodeURIComponent(pathname))).catch(() => undefined)
    return bytes
      ? new Response(new Uint8Array(bytes), { headers: { 'Content-Length': String(bytes.length) } })
      : new Response('Not found\n', { status: 404 })
  },
})
