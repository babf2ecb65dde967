const NAME = 'terminal-shown'
/** Milliseconds that Python leaves to the deck and its first terminal: a shell that answers comes first. */
const COURTESY = 1500

/** Tells the page's first script, which is no module and shares nothing with the deck's, that a terminal is there to be typed into. */
export function tellTerminalShown() {
  dispatchEvent(new Event(NAME))
}

/** And milliseconds after a terminal was shown: what is typed into it at once is answered before. */
const FIRST_ANSWER = 150

/** Resolves with the page's next terminal, or a little later without one: not every slide has a terminal. */
export function terminalShown(): Promise<void> {
  return new Promise(resolve => {
    addEventListener(NAME, () => setTimeout(resolve, FIRST_ANSWER), { once: true })
    setTimeout(resolve, COURTESY)
  })
}
