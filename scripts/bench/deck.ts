/** The built deck beside the same deck whose terminals are plain code blocks: first paint, first usable terminal, Python on screen. */
import { execFile } from 'node:child_process'
import { mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-chromium'
import { launch } from '../../test/support/launch.ts'
import { nativePython } from '../../test/support/native-python.ts'
import { findBrowser } from '../find-browser.ts'
import { root } from '../root.ts'
import { serveStatic } from '../serve-static.ts'
import { median, sideBySide, type Row } from './row.ts'

const rounds = 7
const run = promisify(execFile)
const cache = join(root, '.cache', 'bench')
const maxAge = 3600
/** Milliseconds for what the last round left to end. */
const PAUSE = 1500
const program = 'import sys; print(int(sys.argv[1]) * 1000 + 7)'
const makeZip = `echo '${program}' > __main__.py; zip -q counted.zip __main__.py; echo made-$((6*7))`

export async function* rows(): AsyncGenerator<Row> {
  const live = await serveStatic(await buildDeck(root, 'live'), { isolate: true, maxAge })
  const plain = await serveStatic(await buildDeck(await plainSource(), 'plain'), { isolate: true, maxAge })
  const browser = await launch(await findBrowser())
  const native = await nativePython({ '__main__.py': `${program}\n` })
  await native.run('-m', 'zipfile', '-c', 'counted.zip', '__main__.py')
  try {
    const tab = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage()
    for (const { url } of [live, plain]) {
      await visit(tab, url)
      await tab.waitForLoadState('networkidle')
    }
    if (await tab.locator('iframe, .terminal-box').count()) throw new Error('the deck without terminals has machines after all')
    const paint = await sideBySide(rounds, () => firstPaint(tab, live.url), () => firstPaint(tab, plain.url))
    yield { what: 'deck: first contentful paint, warm HTTP cache, vs the deck without terminals', goal: 1.3, unit: 'ms', ...paint }

    await visit(tab, live.url)
    const number = await tab.waitForSelector('.terminal-box', { state: 'attached' }).then(box =>
      box.evaluate(box => Number(/slidev-page-(\d+)/.exec(box.closest('[class*="slidev-page-"]')?.className ?? '')?.[1])))
    const slide = `.slidev-page-${number}`
    const pythons: number[] = []
    const lives: number[] = []
    let count = 0
    await tab.addInitScript(useAtOnce, { slide, plain: plain.url, line: 'echo shell-$((6*7))', expected: 'shell-42' })
    const visitTerminal = async () => {
      await visit(tab, `${live.url}#/${number}`)
      return used(tab, 'answer')
    }
    const usable = await sideBySide(rounds, async () => {
      const { answer, live } = await visitTerminal()
      lives.push(live)
      pythons.push((await answered(tab, slide, `python -c "print(${++count} * 1000 + 7)"`, `${count}007`)).at)
      return answer
    }, async () => {
      await visit(tab, `${plain.url}#/${number}`)
      return (await used(tab, 'moved')).moved
    })
    yield {
      what: `deck: page open at #/${number} to a shell command's output on screen, vs the deck without terminals there until a key press moves it on`,
      goal: 1.3,
      unit: 'ms',
      note: `both used by a script in the page, after the frame that shows their slide's content; the prompt was there after ${median(lives).toPrecision(3)} ms`,
      ...usable,
    }
    yield {
      what: `deck: page open at #/${number} to Python's first output on screen`,
      goal: 'report',
      unit: 'ms',
      ours: median(pythons),
      note: 'typed when the shell had answered',
    }

    await visitTerminal()
    await answered(tab, slide, makeZip, 'made-42')
    const screen = await sideBySide(rounds, async () => {
      await tab.waitForTimeout(PAUSE)
      return (await answered(tab, slide, `python counted.zip ${++count}`, `${count}007`)).took
    }, () => native.firstByte('counted.zip', '7'))
    yield {
      what: `deck: Enter on \`python counted.zip\` to its output in xterm's rows, warm, vs native python ${native.version} from process start`,
      goal: 1,
      unit: 'ms',
      ...screen,
    }
  } finally {
    await browser.close()
    await live.close()
    await plain.close()
    await native.close()
  }
}

/** From an empty page, as a reader comes. */
async function visit(tab: Page, url: string) {
  await tab.goto('about:blank')
  await tab.waitForTimeout(PAUSE)
  await tab.goto(url, { waitUntil: 'commit' })
}

async function firstPaint(tab: Page, url: string): Promise<number> {
  await visit(tab, url)
  const entry = await tab.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime)
  return entry.jsonValue() as Promise<number>
}

/** When, in ms since the page's opening, a person could first have used the deck: see `useAtOnce`. */
interface Used {
  /** A key press has moved the deck on. */
  moved: number
  /** The slide's terminal shows its prompt. */
  live: number
  /** The output of a command that was typed then is on screen. */
  answer: number
}

/**
 * Runs in the page before anything of it, and uses it as soon as that does something. In the deck with terminals it types `line` and Enter at
 * the first prompt, in the deck `plain` it presses the key for "next" when the slide's content is shown. It looks right after each frame was
 * drawn: what a frame shows counts from that frame on, in both decks. No driver's time is in it.
 */
function useAtOnce({ slide, plain, line, expected }: { slide: string; plain: string; line: string; expected: string }) {
  if (self !== top) return
  const began = location.href
  const used: Partial<Used> = {}
  Object.assign(globalThis, { used })
  const { port1: drawn, port2: frame } = new MessageChannel()
  // Methods: a function with a name of its own does not survive the way into the page.
  const person = {
    look() {
      const shown = document.querySelector(`${slide} .slidev-layout`)?.getBoundingClientRect().width
      if (!began.startsWith(plain)) person.useTerminal()
      else if (location.href !== began) used.moved ??= performance.now()
      else if (shown)
        for (const kind of ['keydown', 'keyup']) dispatchEvent(new KeyboardEvent(kind, { key: 'ArrowRight', code: 'ArrowRight' }))
      if (!used.moved && !used.answer) person.wait()
    },
    wait() {
      requestAnimationFrame(() => frame.postMessage(undefined))
    },
    useTerminal() {
      const keys = document.querySelector<HTMLTextAreaElement>(`${slide} .terminal-box:not(.waiting) textarea`)
      const rows = document.querySelector(`${slide} .xterm-rows`)?.textContent ?? ''
      if (keys && !used.live && rows.includes('$')) {
        used.live = performance.now()
        keys.focus()
        keys.dispatchEvent(new InputEvent('input', { data: line, inputType: 'insertText', bubbles: true }))
        for (const kind of ['keydown', 'keyup']) keys.dispatchEvent(new KeyboardEvent(kind, { key: 'Enter', keyCode: 13, bubbles: true }))
      }
      if (used.live && rows.includes(expected)) used.answer = performance.now()
    },
  }
  drawn.onmessage = () => person.look()
  person.wait()
}

/** Waits for `what`, and answers with all. */
async function used(tab: Page, what: keyof Used): Promise<Used> {
  const found = await tab.waitForFunction(what => {
    const { used } = globalThis as unknown as { used: Used }
    return used[what] && used
  }, what, { timeout: 60_000 })
  return found.jsonValue() as Promise<Used>
}

/** Types a line and presses Enter; `expected` in xterm's rows is the answer: when it came, in ms since the opening, and after Enter. */
async function answered(tab: Page, slide: string, line: string, expected: string): Promise<{ at: number; took: number }> {
  const answer = await tab.evaluateHandle(([slide, expected]) => {
    const rows = document.querySelector(`${slide} .xterm-rows`)
    if (!rows) throw new Error(`${slide} has no terminal that runs`)
    const entered = new Promise<number>(resolve => document.addEventListener('keydown', event => {
      if (event.key === 'Enter') resolve(performance.now())
    }, { capture: true }))
    const drawn = new Promise<number>(resolve => {
      const observer = new MutationObserver(() => {
        if (!rows.textContent.includes(expected)) return
        observer.disconnect()
        resolve(performance.now())
      })
      observer.observe(rows, { childList: true, subtree: true, characterData: true })
    })
    return { done: Promise.all([entered, drawn]) }
  }, [slide, expected] as const)
  await tab.focus(`${slide} .terminal-box textarea`)
  await tab.keyboard.insertText(line)
  await tab.keyboard.press('Enter')
  const [entered, drawn] = await answer.evaluate(({ done }) => done)
  return { at: drawn, took: drawn - entered }
}

/** The deck's sources with every `terminal` fence an ordinary code block, and without the script that starts machines; all else is the same files. */
async function plainSource(): Promise<string> {
  const source = join(cache, 'source')
  await rm(source, { recursive: true, force: true })
  await mkdir(join(source, 'pages'), { recursive: true })
  for (const name of await readdir(root))
    if (!['.git', '.cache', 'dist', 'pages', 'slides.md', 'index.html'].includes(name)) await symlink(join(root, name), join(source, name))
  for (const name of ['slides.md', ...(await readdir(join(root, 'pages'))).map(page => `pages/${page}`)]) {
    const text = await readFile(join(root, name), 'utf8')
    await writeFile(join(source, name), text.replace(/^```terminal\b.*$/gm, '```console'))
  }
  const page = await readFile(join(root, 'index.html'), 'utf8')
  await writeFile(join(source, 'index.html'), page.replace(/.*id="early-machines".*\n/, ''))
  return source
}

async function buildDeck(source: string, name: string): Promise<string> {
  const out = join(cache, name)
  await run(join(root, 'node_modules', '.bin', 'slidev'), ['build', '--base', './', '--out', out], { cwd: source, maxBuffer: 2 ** 26 })
  return out
}
