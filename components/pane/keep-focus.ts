/**
 * The keyboard is the person's to give: a page that takes it by itself gives it back to where it was. A click in a frame is known by the
 * pointer being over it, or by what `wasPressed` answers (not every browser tells a page where the pointer is in a frame of another
 * process); the Tab key by itself. Answers how to end this.
 */
export function keepFocus(frame: HTMLIFrameElement, wasPressed: () => Promise<boolean>): () => void {
  if (panes.size === 0) watch(true)
  panes.set(frame, wasPressed)
  return () => {
    panes.delete(frame)
    if (panes.size === 0) watch(false)
  }
}

/** All of the page: whichever of them has the focus, somebody else had it before, and only once is it taken back. */
const panes = new Map<Element, () => Promise<boolean>>()
let before: Element | null = null
let byTab = false

function watch(begin: boolean) {
  before = document.activeElement
  byTab = false
  const change = begin ? 'addEventListener' : 'removeEventListener'
  window[change]('focusin', entered, true)
  window[change]('keydown', pressed, true)
  window[change]('blur', left)
}

function entered({ target }: Event) {
  if (!(target instanceof Element) || panes.has(target)) return
  before = target
  byTab = false
}

function pressed(event: Event) {
  byTab = event instanceof KeyboardEvent && event.key === 'Tab'
}

/** Once it is known who has it now: another window may. */
const left = () => void setTimeout(() => void takeBack())

const isGiven = () => !document.hasFocus() || byTab || document.querySelector('iframe:hover') !== null

async function takeBack() {
  if (isGiven() || (await Promise.all(Array.from(panes.values(), ask => ask()))).includes(true) || isGiven()) return
  // The element that had the focus may still be the active one for Chromium, while the keys go to a frame: the frame has to lose it first.
  for (const frame of panes.keys()) (frame as HTMLElement).blur()
  window.focus()
  if (!(before instanceof HTMLElement) || !before.isConnected) return
  before.blur()
  before.focus({ preventScroll: true })
}
