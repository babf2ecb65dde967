const latin1 = (bytes: Uint8Array) => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** pex/executables.py: `python`, `/usr/bin/env python3 -s`, `/opt/pypy3.10/bin/pypy`. What it reads is the line without `#!`. */
const pythonShebang = /^(?:.*[^A-Za-z0-9_])?(?:python|pypy)(?:\d+(?:\.\d+)*)?(?:\.exe)?(?:\s\S|$)/i
/** PEP 263. */
const encodingLine = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/

const lineAt = (bytes: Uint8Array, start: number): { text: string; end: number } => {
  const newline = bytes.indexOf(10, start)
  const end = newline === -1 ? bytes.length : newline + 1
  return { text: latin1(bytes.subarray(start, end)), end }
}

/** The lines that installers write where a shebang would be too long: `sh` runs them, Python takes them for a string. */
const isRedirector = (bytes: Uint8Array, start: number): boolean => {
  let line = lineAt(bytes, start)
  if (encodingLine.test(line.text)) line = lineAt(bytes, line.end)
  return line.text === "'''': pshprs\n" || (/^'''.*exec.+/.test(line.text) && line.text.split("'").length > 4)
}

export const isPythonScript = (bytes: Uint8Array): boolean => {
  if (bytes[0] !== 0x23 || bytes[1] !== 0x21) return false
  const first = lineAt(bytes, 0)
  const interpreter = first.text.slice(2).trim()
  return pythonShebang.test(interpreter) || (interpreter === '/bin/sh' && isRedirector(bytes, first.end))
}

/** A Python script with the placeholder shebang of the binary distribution format, `#!python`, and without a redirector's lines. */
export const withPlaceholderShebang = (bytes: Uint8Array): Uint8Array => {
  let { text, end } = lineAt(bytes, 0)
  let kept = ''
  if (text.trimEnd() === '#!/bin/sh') {
    const second = lineAt(bytes, end)
    end = second.end
    if (encodingLine.test(second.text)) {
      kept = second.text
      end = lineAt(bytes, end).end
    }
    do {
      ;({ text, end } = lineAt(bytes, end))
    } while (text !== '' && !text.endsWith("'''\n"))
  }
  const head = new TextEncoder().encode(`#!python\n${kept}`)
  const script = new Uint8Array(head.length + bytes.length - end)
  script.set(head)
  script.set(bytes.subarray(end), head.length)
  return script
}
