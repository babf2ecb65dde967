import './blink-cursor.css'
import type { IDisposable, Terminal } from '@xterm/xterm'

/** Milliseconds that the cursor is on, and off: xterm's own. */
const HALF = 500

/**
 * Lets the cursor of an open terminal that has the keys blink, by a class on its element. xterm's own way is an animation, for which a browser
 * makes sixty frames a second, where two will do.
 */
export function blinkCursor({ element, textarea, onCursorMove }: Terminal): IDisposable {
  let timer: ReturnType<typeof setInterval> | undefined
  const on = () => element?.classList.remove('cursor-off')

  /** On again, whoever types sees where. */
  function begin() {
    end()
    timer = setInterval(() => element?.classList.toggle('cursor-off'), HALF)
  }

  function end() {
    clearInterval(timer)
    timer = undefined
    on()
  }

  textarea?.addEventListener('focus', begin)
  textarea?.addEventListener('blur', end)
  const moves = onCursorMove(() => { if (timer !== undefined) begin() })
  return {
    dispose() {
      end()
      moves.dispose()
      textarea?.removeEventListener('focus', begin)
      textarea?.removeEventListener('blur', end)
    },
  }
}
