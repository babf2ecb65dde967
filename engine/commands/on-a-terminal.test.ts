import { describe, expect, test } from 'vitest'
import { exitStatus, home, readFile, usualEnvironment, writeFiles, type TestFile } from '../../test/support/machine.ts'
import { createMachine } from '../machine/create-machine.ts'
import { programs } from './programs.ts'

const limit = { timeout: 30_000 }

/** A command on a terminal of its own. `settled` resolves when it waits for keys, or has ended. */
function begin(argv: string[], files: Record<string, TestFile>, size = { rows: 6, columns: 40 }) {
  const machine = createMachine({ programs })
  writeFiles(machine.fs, files)
  const terminal = machine.openTerminal(size)
  let shown = ''
  const decoder = new TextDecoder()
  terminal.onOutput = (bytes) => {
    shown += decoder.decode(bytes, { stream: true })
  }
  const start = (argv: string[]) => machine.start({ path: `/usr/bin/${argv[0]}`, argv, env: usualEnvironment, cwd: home, terminal }).ended.then(exitStatus)
  const done = start(argv)
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return {
    machine,
    done,
    start,
    /** Types the keys and resolves with what is printed from then on, when `text` is in it. */
    async type(keys: string, text: string) {
      shown = ''
      terminal.input(new TextEncoder().encode(keys))
      await until(() => shown.includes(text))
      return shown
    },
    async shows(text: string) {
      await until(() => shown.includes(text))
      return shown
    },
    output: () => shown,
    resize: terminal.resize.bind(terminal),
  }
}

describe('ls', () => {
  // Recorded from coreutils' ls on a pseudo-terminal of 40 columns.
  test('goes down the columns of the window, and quotes', limit, async () => {
    const { done, output } = begin(['ls'], {
      'a b': '',
      one: '',
      two: '',
      three: '',
      four: '',
      five: '',
      six: '',
      seven: '',
      eight: '',
      nine: '',
    })
    expect(await done).toBe(0)
    expect(output()).toBe("'a b'\t five   nine   seven   three\r\n eight\t four   one    six     two\r\n")
  })
  test('colours where asked for auto', limit, async () => {
    const { done, output } = begin(['ls', '--color=auto'], { 'dir/': {}, plain: '' })
    expect(await done).toBe(0)
    expect(output()).toBe('\x1b[0m\x1b[01;34mdir\x1b[0m  plain\r\n')
  })
})

test('rm asks before a write-protected file', limit, async () => {
  const run = begin(['rm', 'kept'], { kept: { bytes: 'x', mode: 0o444 } })
  expect(await run.shows('? ')).toBe("rm: remove write-protected regular file 'kept'? ")
  await run.type('n\n', '\n')
  expect(await run.done).toBe(0)
  expect(run.machine.fs.resolve(`${home}/kept`).ino).toBeDefined()
})

test('find warns of an option behind tests', limit, async () => {
  const run = begin(['find', '.', '-name', 'x', '-maxdepth', '1'], {})
  expect(await run.done).toBe(0)
  expect(run.output()).toContain('find: warning: you have specified the global option -maxdepth after the argument -name')
})

test('tail -f prints what is appended, and Ctrl-C ends it', limit, async () => {
  const run = begin(['tail', '-f', '-s', '0.05', 'log'], { log: 'first\n' })
  await run.shows('first')
  const { fs } = run.machine
  const { ino } = fs.resolve(`${home}/log`)
  fs.write(ino!, 6, new TextEncoder().encode('second\n'))
  await run.shows('second')
  fs.truncate(ino!, 0)
  await run.shows('tail: log: file truncated')
  await run.type('\x03', '^C')
  expect(await run.done).toBe(130)
})

describe('less', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at + 1}`)
  const files = { text: `${lines.join('\n')}\n` }
  const page = (from: number) => lines.slice(from - 1, from + 4).map((line) => `${line}\x1b[K\r\n`).join('')

  test('pages, searches, jumps and leaves the screen as it was', limit, async () => {
    const run = begin(['less', 'text'], files)
    expect(await run.shows('text\x1b[27m')).toContain(page(1))
    expect(await run.type(' ', ':')).toContain(page(6))
    expect(await run.type('b', 'text')).toContain(page(1))
    expect(await run.type('j', ':')).toContain(page(2))
    expect(await run.type('\x1b[A', 'text')).toContain(page(1))
    expect(await run.type('G', '(END)')).toContain(page(16))
    expect(await run.type(' ', '(END)')).toContain(page(16))
    expect(await run.type('7g', ':')).toContain(page(7))
    await run.type('/', '/')
    expect(await run.type('e 12\r', 'line 16')).toContain('lin\x1b[7me 12\x1b[27m')
    expect(await run.type('n', 'Pattern not found')).toContain('lin\x1b[7me 12\x1b[27m')
    await run.type('q', '\x1b[?1049l')
    expect(await run.done).toBe(0)
  })
  test('draws again when the window changes, and stays on Ctrl-C', limit, async () => {
    const run = begin(['less', 'text'], files)
    await run.shows('text\x1b[27m')
    run.resize({ rows: 4, columns: 40 })
    await run.type('j', ':')
    expect(await run.type('\x03', ':')).not.toContain('line 5')
    await run.type('q', '\x1b[?1049l')
    expect(await run.done).toBe(0)
  })
  test('folds long lines or cuts them, and shows control characters', limit, async () => {
    const long = { text: `${'x'.repeat(50)}\n\x01\n` }
    const folded = begin(['less', 'text'], long)
    expect(await folded.shows('END')).toContain(`${'x'.repeat(40)}\x1b[K\r\n${'x'.repeat(10)}\x1b[K\r\n^A\x1b[K`)
    await folded.type('q', '\x1b[?1049l')
    const cut = begin(['less', '-S', 'text'], long)
    expect(await cut.shows('END')).toContain(`${'x'.repeat(40)}\x1b[K\r\n^A\x1b[K`)
    await cut.type('q', '\x1b[?1049l')
  })
  test('overstruck text is bold or underlined', limit, async () => {
    const run = begin(['less', '-F', 'text'], { text: 'N\bNA\bA is _\bx_\by, a\bb\n' })
    expect(await run.done).toBe(0)
    expect(run.output()).toBe('\x1b[1mNA\x1b[22m is \x1b[4mxy\x1b[24m, a^Hb\r\n')
  })
  test('without a name says so, which is no failure', limit, async () => {
    const run = begin(['less'], {})
    expect(await run.done).toBe(0)
    expect(run.output()).toBe('Missing filename ("less --help" for help)\r\n')
  })
  test('-F prints what fits and ends', limit, async () => {
    const run = begin(['less', '-F', 'text'], { text: 'a\nb\n' })
    expect(await run.done).toBe(0)
    expect(run.output()).toBe('a\r\nb\r\n')
  })
})

describe('nano', () => {
  const content = (run: ReturnType<typeof begin>, name: string) => new TextDecoder().decode(readFile(run.machine.fs, name))

  test('a file is changed, saved and left', limit, async () => {
    const run = begin(['nano', 'text'], { text: 'one\ntwo\n' })
    expect(await run.shows('^X Exit')).toContain('\x1b[2;1Hone\x1b[K\x1b[3;1Htwo\x1b[K')
    await run.type('\x1b[B\x1b[Fs\rthree', 'three')
    expect(run.output()).toContain('text  (modified)')
    await run.type('\x0f', 'File to write: text')
    await run.type('\r', '3 lines written')
    expect(content(run, 'text')).toBe('one\ntwos\nthree\n')
    await run.type('\x06', 'Search: ')
    await run.type('tw\r', '\x1b[3;1H\x1b[?25h')
    await run.type('\x1b[6~\x05', '\x1b[4;6H\x1b[?25h')
    await run.type('!\x13', '3 lines written')
    expect(content(run, 'text')).toBe('one\ntwos\nthree!\n')
    await run.type('\x18', '\x1b[?1049l')
    expect(await run.done).toBe(0)
  })
  test('what has changed is not lost unasked', limit, async () => {
    const run = begin(['nano', 'new'], {})
    await run.shows('New file')
    await run.type('x', 'modified')
    await run.type('\x18', 'Save what has changed?')
    await run.type('\x03', 'modified')
    await run.type('\x18', 'Save what has changed?')
    await run.type('y', 'File to write: new')
    await run.type('er/x\r', 'new' + 'er/x: No such file or directory')
    await run.type('\x18', 'Save what has changed?')
    await run.type('n', '\x1b[?1049l')
    expect(await run.done).toBe(0)
    expect(run.machine.fs.resolve(`${home}/new`).ino).toBeUndefined()
  })
  test('a long line is shown where the cursor is, wide characters take two columns', limit, async () => {
    const run = begin(['nano', 'text'], { text: `${'0123456789'.repeat(5)}\n日本\n` })
    await run.shows('^X Exit')
    expect(await run.type('\x05', '\x1b[2;12H')).toContain('\x1b[2;1H90123456789\x1b[K')
    expect(await run.type('\x0e', '\x1b[3;5H')).toContain(`\x1b[2;1H${'0123456789'.repeat(4)}\x1b[K`)
    await run.type('\x18', '\x1b[?1049l')
    expect(await run.done).toBe(0)
  })
  test('tabs and control characters are seen, a search is repeated, arrows come in both modes, the terminal is given back as it was', limit, async () => {
    const run = begin(['nano', 'text'], { text: 'a\tb\x01c\nab\nab\n' })
    expect(await run.shows('^X Exit')).toContain('\x1b[2;1Ha       b^Ac\x1b[K')
    await run.type('\x06', 'Search: ')
    await run.type('ab\r', '\x1b[3;1H\x1b[?25h')
    await run.type('\x06', 'Search [ab]: ')
    await run.type('\r', '\x1b[4;1H\x1b[?25h')
    await run.type('\x1bOA', '\x1b[3;1H\x1b[?25h')
    await run.type('\x18', '\x1b[?1049l')
    expect(await run.done).toBe(0)
    void run.start(['cat'])
    expect(await run.type('seen\r', 'seen\r\nseen\r\n')).toContain('seen')
  })
  test('a byte order mark stays', limit, async () => {
    const run = begin(['nano', 'text'], { text: '\ufeffone\n' })
    await run.shows('^X Exit')
    await run.type('\x13', '1 line written')
    expect([...readFile(run.machine.fs, 'text')].slice(0, 4)).toEqual([0xef, 0xbb, 0xbf, 0x6f])
    await run.type('\x18', '\x1b[?1049l')
    expect(await run.done).toBe(0)
  })
  test('a directory, and bytes that are no text, are not opened', limit, async () => {
    const directory = begin(['nano', 'dir'], { 'dir/': {} })
    await directory.shows('nano: "dir" is a directory')
    expect(await directory.done).toBe(1)
    const bytes = begin(['nano', 'bytes'], { bytes: new Uint8Array([0xff, 0xfe]) })
    await bytes.shows('nano: "bytes" is no text')
    expect(await bytes.done).toBe(1)
  })
})
