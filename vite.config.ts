import { defineConfig } from 'vite'
import { earlyMachines } from './setup/early-machines.ts'
import { firstTerminals } from './setup/first-terminals.ts'
import { plainDeck } from './setup/plain-deck.ts'

/** Python's processes block on shared memory, which a browser lends only to an isolated page. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
}

export default defineConfig({
  plugins: [earlyMachines(import.meta.dirname), firstTerminals(import.meta.dirname), plainDeck(import.meta.dirname)],
  server: { headers: isolation },
  preview: { headers: isolation },
  // Found late by the dev server otherwise, which then reloads the page in the middle of the first visit.
  optimizeDeps: {
    include: ['@xterm/xterm', 'fflate', '@noble/hashes/legacy.js', '@noble/hashes/sha2.js'],
    exclude: ['pyodide'],
  },
})
