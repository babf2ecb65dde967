/**
 * The keyboard is the person's to give: a page that takes it by itself gives it back to where it was. A click in a frame is known by the
 * pointer being over it, or by what `wasPressed` answers (not every browser tells a page where the pointer is in a frame of another
 * process); the Tab key by itself. Answers how to end this.
 */
export function keepFocus(frame: HTMLIFrameElement, wasPressed: () => Promise<boolean>): () => void {
  let before = document.activeElement
  let byTab = false
  const entered = ({ target }: FocusEvent) => {
    if (!(target instanceof Element) || target === frame) return
    before = target
    byTab = false
  }
  const pressed = (event: KeyboardEvent) => { byTab = event.key === 'Tab' }
  const isGiven = () => !document.hasFocus() || byTab || document.querySelector('iframe:hover') !== null
  const takeBack = async () => {
    // A click in another pane is no less a person's.
    if (isGiven() || (await Promise.all(Array.from(askers, ask => ask()))).includes(true) || isGiven()) return
    // The element that had the focus may still be the active one for Chromium, while the keys go to a frame: it has to lose it first.
    frame.blur()
    window.focus()
    if (!(before instanceof HTMLElement) || !before.isConnected) return
    before.blur()
    before.focus({ preventScroll: true })
  }
  // Once it is known who has it now: another window may.
  const left = () => void setTimeout(() => void takeBack())
  askers.add(wasPressed)
  window.addEventListener('focusin', entered, true)
  window.addEventListener('keydown', pressed, true)
  window.addEventListener('blur', left)
  return () => {
    askers.delete(wasPressed)
    window.removeEventListener('focusin', entered, true)
    window.removeEventListener('keydown', pressed, true)
    window.removeEventListener('blur', left)
  }
}

/** Of all panes of the page. */
const askers = new Set<() => Promise<boolean>>()
