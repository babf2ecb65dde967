import type { Process } from '../machine/process.ts'
import { signals } from '../machine/signals.ts'
import { SystemError } from '../machine/system-error.ts'
import type { PagedText } from './paged-text.ts'
import { pagerAction, pagerHelp, type PagerAction } from './pager-keys.ts'
import { screenRows, type PagerLook } from './pager-view.ts'
import { takeKeys } from './take-keys.ts'

interface Settings {
  ignoreCase: boolean
  numbers: boolean
  colors: boolean
  chop: boolean
  quitAtEnd: boolean
  quitIfOneScreen: boolean
  keepScreen: boolean
}

const standout = (text: string) => `\x1b[7m${text}\x1b[27m`

/**
 * Shows the texts on the terminal of standard output and obeys the keys typed on descriptor `keyboard`, until one says quit. Resolves to 0.
 */
export async function runPager(process: Process, texts: readonly PagedText[], keyboard: number, settings: Settings): Promise<number> {
  const { system, stdout } = process
  const look: PagerLook = {
    rows: 24,
    columns: 80,
    chop: settings.chop,
    numbers: settings.numbers,
    colors: settings.colors,
    highlight: undefined,
  }
  let index = 0
  let top = 0
  let message: string | undefined
  let pattern: { regexp: RegExp; forward: boolean } | undefined
  let text = texts[0]!

  const measure = async () => {
    const size = await system.getWindowSize(stdout.fd)
    look.rows = Math.max(2, size.rows)
    look.columns = Math.max(2, size.columns)
  }

  /** The rows of a page from line `from` on, the first line behind it, and whether the text ends on it. */
  const page = async (from: number) => {
    const rows: string[] = []
    let at = from
    for (; rows.length < look.rows - 1; at++) {
      const line = await text.line(at)
      if (line === undefined) break
      rows.push(...screenRows(line, at + 1, look))
    }
    const ended = rows.length <= look.rows - 1 && (await text.line(at)) === undefined
    return { rows: rows.slice(0, look.rows - 1), next: at, ended }
  }

  const draw = async () => {
    const { rows, ended } = await page(top)
    const lines = Array.from({ length: look.rows - 1 }, (_, at) => `${rows[at] ?? '~'}\x1b[K\n`)
    const name = top === 0 ? text.name + (texts.length > 1 ? ` (file ${index + 1} of ${texts.length})` : '') : ''
    const next = index < texts.length - 1 ? ` - Next: ${texts[index + 1]?.name ?? ''}` : ''
    const prompt =
      message !== undefined ? standout(message) : ended ? standout(`${name ? `${name} ` : ''}(END)${next}`) : name ? standout(name) : ':'
    message = undefined
    await stdout.write(`\x1b[H${lines.join('')}\x1b[K${prompt}`)
    await stdout.flush()
    return ended
  }

  /** The lines that fill a page which ends before line `before`. */
  const pageBefore = async (before: number, rows = look.rows - 1) => {
    let at = before
    for (let left = rows; at > 0; at--) {
      left -= screenRows((await text.line(at - 1)) ?? '', at, look).length
      if (left < 0) break
    }
    return at
  }
  /** Not further than to where the text's last page begins. */
  const down = async (lines: number) => {
    await text.line(top + lines + look.rows)
    const last = text.known === undefined ? Infinity : await pageBefore(text.known)
    top = Math.max(top, Math.min(top + lines, last))
  }

  const readKey = async (): Promise<string> => {
    try {
      const bytes = await system.read(keyboard, 64)
      return bytes.length ? new TextDecoder().decode(bytes.slice()) : 'q'
    } catch (error) {
      // A window that changed its size, or Ctrl-C: draw again.
      if (error instanceof SystemError && error.code === 'EINTR') return '\x0c'
      throw error
    }
  }

  const typed: string[] = []
  const nextKey = async () => {
    if (!typed.length) typed.push(...(await readKey()))
    return typed.shift() ?? ''
  }

  const readAction = async (): Promise<{ action: PagerAction | undefined; count: number | undefined }> => {
    let keys = ''
    let digits = ''
    for (;;) {
      const key = await nextKey()
      if (keys === '' && /\d/.test(key)) {
        digits += key
        continue
      }
      keys += key
      const action = pagerAction(keys)
      if (action !== 'more') return { action, count: digits ? Number(digits) : undefined }
    }
  }

  const readPattern = async (sign: string): Promise<string | undefined> => {
    let typedPattern = ''
    for (;;) {
      await stdout.write(`\r\x1b[K${sign}${typedPattern}`)
      await stdout.flush()
      const key = await nextKey()
      if (key === '\r' || key === '\n') return typedPattern
      if (key === '\x1b' || key === '\x03' || ((key === '\x7f' || key === '\b') && typedPattern === '')) return undefined
      typedPattern = key === '\x7f' || key === '\b' ? typedPattern.slice(0, -1) : key === '\x15' ? '' : typedPattern + key
    }
  }

  const search = async (forward: boolean) => {
    if (!pattern) {
      message = 'No previous regular expression'
      return
    }
    for (let at = forward ? top + 1 : top - 1; at >= 0; at += forward ? 1 : -1) {
      const line = await text.line(at)
      if (line === undefined) break
      if (line.search(pattern.regexp) >= 0) {
        top = at
        return
      }
      await process.breathe()
    }
    message = 'Pattern not found  (press RETURN)'
  }

  const askSearch = async (forward: boolean) => {
    const words = await readPattern(forward ? '/' : '?')
    if (words === undefined) return
    if (words !== '') {
      try {
        const regexp = new RegExp(words, settings.ignoreCase ? 'giu' : 'gu')
        pattern = { regexp, forward }
        look.highlight = regexp
      } catch {
        message = 'Invalid pattern  (press RETURN)'
        return
      }
    }
    if (pattern) pattern.forward = forward
    await search(forward)
  }

  const turnTo = (to: number, none: string) => {
    const other = texts[to]
    if (!other) {
      message = none
      return
    }
    index = to
    text = other
    top = 0
  }

  const act = async (action: PagerAction | undefined, count: number | undefined): Promise<void> => {
    switch (action) {
      case 'line down': return down(count ?? 1)
      case 'line up': top = Math.max(0, top - (count ?? 1)); return
      case 'page down': return down(Math.max(1, (await page(top)).next - top))
      case 'page up': top = await pageBefore(top); return
      case 'half down': return down(Math.floor(look.rows / 2))
      case 'half up': top = await pageBefore(top, Math.floor(look.rows / 2)); return
      case 'first': top = 0; return down((count ?? 1) - 1)
      case 'last': top = count === undefined ? await pageBefore(await text.count()) : 0; return down((count ?? 1) - 1)
      case 'search forward': return askSearch(true)
      case 'search backward': return askSearch(false)
      case 'search again': return search(pattern?.forward ?? true)
      case 'search back again': return search(!(pattern?.forward ?? true))
      case 'where': message = `${text.name || 'standard input'} lines ${top + 1}-${(await page(top)).next}/${await text.count()}`; return
      case 'next file': return turnTo(index + 1, 'No next file  (press RETURN)')
      case 'previous file': return turnTo(index - 1, 'No previous file  (press RETURN)')
      case 'help':
        await stdout.write(`\x1b[H\x1b[J${pagerHelp.join('\n')}\n`)
        await stdout.flush()
        while ((await nextKey()) !== 'q');
        return
      default:
    }
  }

  await measure()
  if (settings.quitIfOneScreen && texts.length === 1) {
    const { rows, ended } = await page(0)
    if (ended) {
      await stdout.write(rows.map((row) => `${row}\n`).join(''))
      return 0
    }
  }
  process.onSignal(signals.SIGINT, () => {})
  process.onSignal(signals.SIGWINCH, () => {})
  const giveBack = await takeKeys(system, keyboard)
  try {
    if (!settings.keepScreen) await stdout.write('\x1b[?1049h\x1b[?1h')
    for (let ended = await draw(); ; ended = await draw()) {
      const { action, count } = await readAction()
      const on = action === 'page down' || action === 'line down'
      if (action === 'quit' || (settings.quitAtEnd && ended && on)) return 0
      await measure()
      await act(action, count)
    }
  } finally {
    await stdout.write(settings.keepScreen ? '\r\x1b[K' : '\x1b[?1l\x1b[?1049l')
    await stdout.flush()
    await giveBack()
  }
}
