import type { Command } from '../machine/process.ts'
import type { Termios } from '../machine/system-calls.ts'
import { SystemError } from '../machine/system-error.ts'
import { cc, iflag, lflag, oflag, usualTermios } from '../machine/termios.ts'
import { command } from './command.ts'
import { Failure } from './failure.ts'
import { quoteWord } from './quote-name.ts'

type Field = 'iflag' | 'oflag' | 'lflag'
/** The settings that are one bit each, in the order `stty -a` shows them. */
const bits: readonly [name: string, field: Field, mask: number][] = (
  [
    ['iflag', iflag],
    ['oflag', oflag],
    ['lflag', lflag],
  ] as const
).flatMap(([field, table]) =>
  Object.entries(table)
    .filter(([name]) => name !== 'XTABS')
    .map(([name, mask]): [string, Field, number] => [name.toLowerCase(), field, mask]),
)
/** Control characters that have a name of their own in stty; min and time are numbers. */
const characters = Object.entries(cc).map(([name, index]): [string, number] => [
  name === 'VREPRINT' ? 'rprnt' : name.slice(1).toLowerCase(),
  index,
])

const caret = (code: number) =>
  code === 0 ? '<undef>' : code < 32 ? `^${String.fromCharCode(code + 64)}` : code === 127 ? '^?' : String.fromCharCode(code)

const set = (termios: Termios, name: string, on: boolean): boolean => {
  const found = bits.find(([known]) => known === name)
  if (!found) return false
  const [, field, mask] = found
  termios[field] = on ? termios[field] | mask : termios[field] & ~mask
  return true
}

const parsed = command(
  {
    name: 'stty',
    usage: ['[-F DEVICE | --file=DEVICE] [SETTING]...', '[-F DEVICE | --file=DEVICE] [-a|--all]'],
    summary: 'Print or change terminal characteristics.',
    options: {
      '-a, --all': 'print all current settings in human-readable form',
      '-F, --file=DEVICE': 'open and use the specified DEVICE instead of stdin',
    },
    details:
      'SETTINGs: size, rows N, cols N, sane, raw, cooked, [-]echo, [-]icanon, [-]isig and the other flags\n' +
      'that -a shows, and control characters by name (intr ^C).',
    operandsEndOptions: true,
  },
  async (args, process) => {
    const { system } = process
    const device = args.value('F')
    const fd = device === undefined ? 0 : await system.open(device, 0)
    const name = device ?? 'standard input'
    const unknown = args.operands.find((word) => word.startsWith('--'))
    if (unknown !== undefined) throw new Failure(`invalid argument ${quoteWord(unknown)}`, { usage: true })
    let termios: Termios
    try {
      termios = await system.tcgetattr(fd)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
      throw new Failure(`${device === undefined ? `'${name}'` : name}: ${error.message}`)
    }
    const window = await system.getWindowSize(fd)
    if (args.has('a') || args.operands.length === 0) {
      const flags = (field: Field) =>
        bits
          .filter(([, one]) => one === field)
          .map(([flag, , mask]) => (termios[field] & mask ? flag : `-${flag}`))
          .join(' ')
      const controls = characters.map(
        ([label, index]) => `${label} = ${label === 'min' || label === 'time' ? (termios.cc[index] ?? 0) : caret(termios.cc[index] ?? 0)}`,
      )
      const head = `speed 38400 baud;${args.has('a') ? ` rows ${window.rows}; columns ${window.columns};` : ''} line = 0;\n`
      if (args.has('a'))
        await process.stdout.write(`${head}${controls.join('; ')};\n${flags('iflag')}\n${flags('oflag')}\n${flags('lflag')}\n`)
      else {
        const usual = usualTermios()
        const changed = bits
          .filter(([, field, mask]) => (termios[field] & mask) !== (usual[field] & mask))
          .map(([flag, field, mask]) => (termios[field] & mask ? flag : `-${flag}`))
        await process.stdout.write(head + (changed.length ? `${changed.join(' ')}\n` : ''))
      }
      return 0
    }
    const settings = [...args.operands]
    let touched = false
    for (let word = settings.shift(); word !== undefined; word = settings.shift()) {
      const number = () => {
        const text = settings.shift()
        if (text === undefined) throw new Failure(`missing argument to ${quoteWord(word!)}`, { usage: true })
        if (!/^\d+$/.test(text)) throw new Failure(`invalid integer argument: ${quoteWord(text)}`)
        return Number(text)
      }
      const control = characters.find(([label]) => label === word)
      if (word === 'size') await process.stdout.write(`${window.rows} ${window.columns}\n`)
      else if (word === 'rows') await system.setWindowSize(fd, { ...window, rows: (window.rows = number()) })
      else if (word === 'cols' || word === 'columns') await system.setWindowSize(fd, { ...window, columns: (window.columns = number()) })
      else {
        touched = true
        if (word === 'sane') termios = usualTermios()
        else if (word === 'raw' || word === '-cooked') makeRaw(termios)
        else if (word === 'cooked' || word === '-raw')
          for (const flag of ['brkint', 'icrnl', 'ixon', 'opost', 'icanon', 'isig', 'iexten']) set(termios, flag, true)
        else if (control) {
          const text = control[0] === 'min' || control[0] === 'time' ? String(number()) : settings.shift()
          if (text === undefined) throw new Failure(`missing argument to ${quoteWord(word)}`, { usage: true })
          termios.cc[control[1]] =
            control[0] === 'min' || control[0] === 'time'
              ? Number(text)
              : text === 'undef' || text === '^-'
                ? 0
                : text === '^?'
                  ? 127
                  : text.startsWith('^') && text.length === 2
                    ? text.charCodeAt(1) & 31
                    : text.charCodeAt(0)
        } else if (!set(termios, word.replace(/^-/, ''), !word.startsWith('-')))
          throw new Failure(`invalid argument ${quoteWord(word)}`, { usage: true })
      }
    }
    if (touched) await system.tcsetattr(fd, 'drain', termios)
    return 0
  },
)

function makeRaw(termios: Termios): void {
  termios.iflag = 0
  set(termios, 'opost', false)
  for (const flag of ['icanon', 'isig', 'iexten', 'echo']) set(termios, flag, false)
  termios.cc[cc.VMIN] = 1
  termios.cc[cc.VTIME] = 0
}

/** Settings may begin with a dash (`-echo`) and are no options then. */
export const stty: Command = (args, process) => {
  const at = args.findIndex((arg, index) => !/^(-a|--all|-F.*|--file.*|--help|--version|--)$/.test(arg) && args[index - 1] !== '-F')
  return parsed(
    at === -1 || args.includes('--') || !args[at]!.startsWith('-') ? args : [...args.slice(0, at), '--', ...args.slice(at)],
    process,
  )
}
