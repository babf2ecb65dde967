import '@xterm/xterm/css/xterm.css'
import type { IDisposable, ITheme, Terminal } from '@xterm/xterm'
import { nextTick, onScopeDispose, ref, watch, type Ref } from 'vue'
import { joinBytes } from '../engine/bytes/join-bytes.ts'
import { darkTerminal, lightTerminal } from '../styles/terminal-palette.ts'
import { blinkCursor } from './blink-cursor.ts'
import { characterWidths } from './character-widths.ts'
import { createPromptColours } from './colour-prompt.ts'
import { FACE, loadXterm } from './load-xterm.ts'

export interface Geometry {
  columns: number
  rows: number
  /** Pixels of the slide's canvas: the font's size and a row's height. */
  font: number
  line: number
}

/** Width of a character of Fira Code, in em: 1200 of its 1950 units. */
export const CHARACTER = 1200 / 1950
/** Leaves the terminal, and enters it from its panel. Escape and Tab belong to the programs in it. */
export const LEAVE_KEY = 'F6'
/** What clickers send. Where the terminal has no use for them they go to the deck, or a speaker who has typed stands with a dead clicker. */
const TURN_KEYS = ['PageDown', 'PageUp']
const NORMAL_SCREEN = new TextEncoder().encode('\x1b[?1047l')
const FACES = `"${FACE}", Sparkles, monospace`

export interface UsedTerminal {
  /** Loads xterm and puts a terminal into the box, once. */
  start(): Promise<void>
  stop(): void
  print(bytes: Uint8Array): void
  clear(): void
  focus(): void
  /** Rows of output above the visible ones. */
  above: Ref<number>
}

/**
 * A terminal in `box`, which is as large as the geometry says in slide pixels. xterm computes with real pixels and its mouse goes wrong under
 * a CSS scale, so it is made `scale` times larger and scaled back by the box.
 */
export function useTerminal(box: Ref<HTMLElement | undefined>, geometry: Geometry, options: {
  scale: Ref<number>
  dark: Ref<boolean>
  still: boolean
  onData(text: string): void
  onLeave(): void
  /** PageDown and PageUp turn the deck's pages now. */
  mayTurn(): boolean
}): UsedTerminal {
  const { columns, rows, font, line } = geometry
  const above = ref(0)
  let terminal: Terminal | undefined
  let blinking: IDisposable | undefined
  let starting: Promise<void> | undefined
  /** Counts the stops: what is opening then comes too late. */
  let attempt = 0
  /** Printed before the terminal was there. */
  let early: Uint8Array[] = []
  const coloured = createPromptColours()

  const theme = (): ITheme => ({ ...(options.dark.value ? darkTerminal : lightTerminal) })

  /** Slidev knows its scale when its observer has seen the first layout: the screen is made before, with the scale that will come. */
  const scaleNow = () => options.scale.value || comingScale(box.value)

  const type = () => {
    const scale = scaleNow()
    const fontSize = font * scale
    return { fontSize, lineHeight: Math.max(1, line * scale / naturalHeight(fontSize)) }
  }

  async function fit() {
    if (!terminal) return
    Object.assign(terminal.options, type())
    await drawn()
    stretch()
  }

  /** xterm rounds cells to whole device pixels; what that adds or takes, a hundredth or so, is stretched away, so that nothing jumps. */
  function stretch() {
    const scale = scaleNow()
    const screen = terminal?.element?.querySelector<HTMLElement>('.xterm-screen')
    if (!screen?.offsetWidth || !terminal?.element) return
    terminal.element.style.transform = `scale(${columns * CHARACTER * font * scale / screen.offsetWidth}, ${rows * line * scale / screen.offsetHeight})`
  }

  async function open() {
    const mine = attempt
    const { Terminal } = await loadXterm()
    // The deck is mounted after its slides.
    await nextTick()
    if (box.value && !document.hidden && !scaleNow()) await laidOut(box.value)
    if (!box.value || mine !== attempt) return
    terminal = new Terminal({
      cols: columns,
      rows,
      fontFamily: FACES,
      ...type(),
      fontWeight: 400,
      fontWeightBold: 600,
      drawBoldTextInBrightColors: false,
      minimumContrastRatio: 5.4,
      cursorBlink: !options.still,
      scrollback: 2000,
      // For the widths.
      allowProposedApi: true,
      theme: theme(),
      // A link printed by a program opens nothing.
      linkHandler: { activate: () => undefined },
    })
    terminal.unicode.register(characterWidths)
    terminal.unicode.activeVersion = characterWidths.version
    terminal.open(box.value)
    const opened = terminal
    opened.element?.style.setProperty('transform-origin', 'top left')
    opened.textarea?.setAttribute('aria-label', `Terminal. ${LEAVE_KEY} leaves it.`)
    // Tab belongs to the shell: who comes by Tab goes past, and enters by the bar's button or the key.
    if (opened.textarea) opened.textarea.tabIndex = -1
    // xterm takes in what is written after input at once, else in a later turn: what has come so far is in the screen's first frame.
    opened.input('')
    // It shows no cursor before it had the focus once, or has left the alternate screen.
    opened.write(joinBytes([NORMAL_SCREEN, ...early.splice(0)]))
    blinking = options.still ? undefined : blinkCursor(opened)
    opened.onData(options.onData)
    opened.attachCustomKeyEventHandler(event => {
      const turns = TURN_KEYS.includes(event.key) && options.mayTurn()
      if (event.key !== LEAVE_KEY && !turns) return true
      if (event.type === 'keydown') options.onLeave()
      return false
    })
    const measure = () => { above.value = opened.buffer.active.viewportY }
    opened.onScroll(measure)
    opened.onWriteParsed(measure)
    // In the frame that lays it out anyway.
    requestAnimationFrame(stretch)
    // A slide that is not the current one is laid out without a size.
    appearing.observe(box.value)
  }

  const appearing = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) void fit() })
  watch(options.scale, fit)
  watch(options.dark, () => { if (terminal) terminal.options.theme = theme() })

  function stop() {
    attempt++
    appearing.disconnect()
    blinking?.dispose()
    terminal?.dispose()
    terminal = undefined
    starting = undefined
    early = []
    above.value = 0
  }
  onScopeDispose(stop)

  return {
    start: () => starting ??= open(),
    stop,
    print: bytes => {
      const shown = coloured(bytes)
      if (terminal) terminal.write(shown)
      else early.push(shown)
    },
    clear: () => {
      early = []
      terminal?.reset()
    },
    focus: () => terminal?.focus(),
    above,
  }
}

/** How much larger than itself a slide is shown, but for a zoom of its own. 0 where it is not laid out. */
function comingScale(box: HTMLElement | undefined): number {
  const slide = box?.closest<HTMLElement>('.slidev-slide-content')
  const container = slide?.parentElement
  if (!slide?.offsetWidth || !container) return 0
  return Math.min(container.clientWidth / slide.offsetWidth, container.clientHeight / slide.offsetHeight)
}

/** Resolves after a frame that has `element` in it, shown or not. */
function laidOut(element: Element): Promise<void> {
  return new Promise(resolve => new IntersectionObserver((_, observer) => {
    observer.disconnect()
    resolve()
  }).observe(element))
}

/** xterm lays out its rows in the frame after the one in which it was told. */
function drawn(): Promise<void> {
  return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))
}

const canvas = document.createElement('canvas').getContext('2d')

/** Height of a line of the face, in px, as xterm takes it: what it multiplies by its line height. Asks for no layout of the page. */
function naturalHeight(size: number): number {
  if (!canvas) throw new Error('this browser draws on no canvas, by which xterm measures characters')
  canvas.font = `${size}px "${FACE}", monospace`
  const { fontBoundingBoxAscent, fontBoundingBoxDescent } = canvas.measureText('W')
  return Math.ceil((fontBoundingBoxAscent + fontBoundingBoxDescent) * devicePixelRatio) / devicePixelRatio
}
