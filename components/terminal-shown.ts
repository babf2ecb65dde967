const NAME = 'terminal-shown'

/** Tells the page's first script, which is no module and shares nothing with the deck's, that a terminal is there to be typed into. */
export function tellTerminalShown() {
  dispatchEvent(new Event(NAME))
}

/** Resolves with the page's first terminal, or after `milliseconds`: not every slide has one. */
export function terminalShown(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    addEventListener(NAME, () => resolve(), { once: true })
    setTimeout(resolve, milliseconds)
  })
}
