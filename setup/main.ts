import { getSlide, slides } from '@slidev/client/logic/slides.ts'
import { defineAppSetup } from '@slidev/types'
import { loadXterm } from '../components/load-xterm.ts'
import { machineHost, openOn } from '../components/machine-host.ts'
import { registerServiceWorker } from '../components/register-service-worker.ts'
import { openAhead } from '../components/session-ahead.ts'
import { decodeBlock } from '../components/terminal-block.ts'
import { terminalShown } from '../components/terminal-shown.ts'
import firstTerminals from 'virtual:first-terminals'

export default defineAppSetup(({ router }) => {
  // The dev server sends the isolation headers itself.
  if (import.meta.env.PROD) registerServiceWorker(import.meta.env.BASE_URL)
  // Slidev asks for it when the deck is on screen.
  const { no = '1' } = router.resolve(location.hash.slice(1)).params
  void getSlide(String(no))?.load()
  if (!globalThis.earlyMachines) return
  const first = firstTerminals[String(no)]
  const block = first ? decodeBlock(first) : undefined
  if (block?.fixture) openAhead(block, openOn(block.fixture, block))
  else machineHost()
  // A deck's first slide is its title: that is painted sooner without.
  if (no !== '1') loadXterm().catch(() => undefined)
  mountNeighbours(terminalShown())
})

/** Slidev mounts the slides beside the current one with it: they come after its terminal. */
function mountNeighbours(when: Promise<unknown>) {
  const waiting = slides.value.map(({ meta }) => meta.slide.frontmatter).filter(({ preload }) => preload === undefined)
  for (const frontmatter of waiting) frontmatter.preload = false
  void when.then(() => {
    for (const frontmatter of waiting) delete frontmatter.preload
  })
}
