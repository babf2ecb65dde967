import { describe, expect, test } from 'vitest'
import { createKeyDecoder } from './keys.ts'
import { createEditorMemory, createLineEditor, type Effect } from './line-editor.ts'
import { createScreen } from './screen.ts'

/** Types text (escape sequences included) and shows the line with a bar for the cursor. */
function edit(typed: string, history: string[] = []) {
  const editor = createLineEditor(createEditorMemory(history))
  const decode = createKeyDecoder()
  const effects: Effect[] = decode(typed).map((key) => editor.press(key))
  const { text, cursor, prompt } = editor.view()
  return { line: `${text.slice(0, cursor)}|${text.slice(cursor)}`, prompt, effects: effects.filter(({ type }) => type !== 'none') }
}

describe('keys', () => {
  test('sequences may come in pieces; pasted text is one key', () => {
    const decode = createKeyDecoder()
    expect(decode('a\x1b')).toEqual([{ name: 'a' }])
    expect(decode('[1;5')).toEqual([])
    expect(decode('D\x01\x7f\r\x1bb\x1b[3~')).toEqual(['C-Left', 'C-a', 'Backspace', 'Enter', 'M-b', 'Delete'].map((name) => ({ name })))
    expect(decode('\x1b[200~x\ry\x1b[A\x1b[201~z')).toEqual([{ paste: 'x\ny\x1b[A' }, { name: 'z' }])
  })
})

describe('editing', () => {
  test.each([
    ['moves by characters and words', 'one two three\x01\x1bf\x06\x1b[1;5C\x02', 'one tw|o three'],
    ['kills and yanks; kills in a row join', 'one two three\x17\x17\x19\x19', 'one two threetwo three|'],
    ['kills to both ends', 'abcdef\x02\x02\x0b\x01\x19', 'ef|abcd'],
    ['rotates the kill ring', 'a\x15b\x15c\x15\x19\x1by', 'b|'],
    ['transposes characters and words', 'ab\x14 foo bar\x1bt', 'ba bar foo|'],
    ['changes the case of words', 'one two\x01\x1bu\x1bc', 'ONE Two|'],
    ['deletes what a person sees as one character', 'ae\u0301😀\x7f\x7f', 'a|'],
    ['deletes forward', 'abc\x01\x04\x1b[3~', '|c'],
    ['undoes', 'abc\x15\x1f', 'abc|'],
    ['inserts a control character literally', 'a\x16\x01b', 'a\x01b|'],
    ['keeps newlines of pasted text', '\x1b[200~a\nb\x1b[201~', 'a\nb|'],
  ])('%s', (_, typed, line) => {
    expect(edit(typed).line).toBe(line)
  })

  test('history keeps edits while one moves in it', () => {
    expect(edit('\x10\x10!\x0e\x10', ['one', 'two']).line).toBe('one!|')
    expect(edit('\x1b[A\x1b[A\x1b[A', ['one', 'two'])).toMatchObject({ line: 'one|', effects: [{ type: 'bell' }] })
  })

  test('inserts the last argument of lines before', () => {
    expect(edit('x \x1b.', ['ls a b', 'cat c d']).line).toBe('x d|')
    expect(edit('x \x1b.\x1b.', ['ls a b', 'cat c d']).line).toBe('x b|')
  })

  test('searches backwards as one types', () => {
    expect(edit('\x12e', ['echo one', 'ls', 'echo two'])).toMatchObject({ line: '|echo two', prompt: "(reverse-i-search)`e': " })
    expect(edit('\x12echo\x12', ['echo one', 'ls', 'echo two']).line).toBe('|echo one')
    expect(edit('\x12zz', ['echo'])).toMatchObject({ prompt: "(failed reverse-i-search)`zz': " })
    expect(edit('new\x12ec\x07', ['echo']).line).toBe('new|')
    expect(edit('\x12one\r', ['echo one', 'ls']).effects).toEqual([{ type: 'accept', line: 'echo one' }])
  })

  test('asks for what it cannot do itself', () => {
    expect(edit('\x04').effects).toEqual([{ type: 'end-of-file' }])
    expect(edit('a\x03').effects).toEqual([{ type: 'interrupt' }])
    expect(edit('a\x0c').effects).toEqual([{ type: 'clear' }])
    expect(edit('a\t\t').effects).toEqual([{ type: 'complete', again: false, list: false }, { type: 'complete', again: true, list: false }])
  })
})

/** As much of a terminal as the drawing needs: wrapping held back at the last column, wide characters, a few CSI sequences. */
function createTerminal(columns: number) {
  const rows: string[][] = [[]]
  let y = 0
  let x = 0
  const row = () => (rows[y] ??= [])
  return {
    write(text: string) {
      for (const [whole] of text.matchAll(/\x1b\[[\d;?]*[A-Za-z]|[^]/gu)) {
        const found = /^\x1b\[(\??\d*)[\d;]*([A-Za-z])$/.exec(whole)
        const count = Number(found?.[1] || 1)
        if (found?.[2] === 'A') y -= count
        else if (found?.[2] === 'B') y += count
        else if (found?.[2] === 'C') x = Math.min(x, columns - 1) + count
        else if (found?.[2] === 'D') x = Math.min(x, columns - 1) - count
        else if (found?.[2] === 'K') row().length = Math.min(x, row().length)
        else if (found?.[2] === 'J') {
          row().length = Math.min(x, row().length)
          rows.length = y + 1
        } else if (found) continue
        else if (whole === '\r') x = 0
        else if (whole === '\b') x = Math.min(x, columns - 1) - 1
        else if (whole === '\n') {
          y++
          x = 0
        } else {
          const width = /[\u3000-\u9fff]|\p{Emoji_Presentation}/u.test(whole) ? 2 : 1
          if (x + width > columns) {
            y++
            x = 0
          }
          row()[x] = whole
          for (let i = 1; i < width; i++) row()[x + i] = ''
          x += width
        }
        if (y < 0 || x < 0) throw new Error('the cursor left the screen')
      }
    },
    text: () => rows.map((cells) => Array.from(cells, (cell) => cell ?? ' ').join('').trimEnd()).join('\n').trimEnd(),
    cursor: () => ({ y, x }),
  }
}

describe('the screen', () => {
  const prompt = '$ '

  test('shows what a fresh drawing shows, whatever is typed, at every width', () => {
    const alphabet = ['a', 'b', '漢', ' ', '\x7f', '\x01', '\x05', '\x02', '\x1bb', '\x17', '\x19', '\x04', '\x10', '\x0e', '\x12', 'e', '\x07', '\x1b[200~l1\nl2\x1b[201~']
    for (let seed = 1; seed <= 60; seed++) {
      let state = seed * 7919
      const random = (n: number) => {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0
        return (state >>> 16) % n
      }
      const columns = 5 + random(12)
      const editor = createLineEditor(createEditorMemory(['echo a long line of history', 'be']))
      const decode = createKeyDecoder()
      const screen = createScreen(prompt, columns)
      const terminal = createTerminal(columns)
      terminal.write(screen.draw(editor.view()))
      for (let i = 0; i < 60; i++) {
        for (const key of decode(alphabet[random(alphabet.length)] ?? '')) editor.press(key)
        terminal.write(screen.draw(editor.view()))
        const fresh = createTerminal(columns)
        fresh.write(createScreen(prompt, columns).draw(editor.view()))
        const context = `seed ${seed} step ${i} width ${columns} ${JSON.stringify(editor.view())}`
        expect(`${context}\n${terminal.text()}`).toBe(`${context}\n${fresh.text()}`)
        expect({ context, ...terminal.cursor() }).toEqual({ context, ...fresh.cursor() })
      }
    }
  })

  test('a fresh drawing wraps at the width, wide characters whole', () => {
    const view = { text: 'abc漢字def', cursor: 9, prompt: undefined, highlight: undefined }
    const terminal = createTerminal(6)
    terminal.write(createScreen(prompt, 6).draw({ ...view, cursor: view.text.length }))
    expect(terminal.text()).toBe('$ abc\n漢字de\nf')
    expect(terminal.cursor()).toEqual({ y: 2, x: 1 })
  })

  test('sends one character for one character typed at the end', () => {
    const screen = createScreen(prompt, 80)
    const view = (text: string) => ({ text, cursor: text.length, prompt: undefined, highlight: undefined })
    screen.draw(view('ech'))
    expect(screen.draw(view('echo'))).toBe('o')
    expect(screen.draw(view('ech'))).toBe('\b\x1b[J')
  })

  test('wraps anew when the window changes', () => {
    const view = { text: 'abcdefgh', cursor: 8, prompt: undefined, highlight: undefined }
    const screen = createScreen(prompt, 20)
    screen.draw(view)
    const terminal = createTerminal(6)
    terminal.write(`$ abcdefgh${screen.resize(6, view)}`)
    expect(terminal.text()).toBe('$ abcd\nefgh')
  })
})
