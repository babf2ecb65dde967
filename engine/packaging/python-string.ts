const simple: Record<string, string> = {
  '\\': '\\', "'": "'", '"': '"', '\n': '', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v',
}

const escape = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(\r\n|[^]?))/gu

/**
 * The value of a Python string literal in one pair of quotes, without prefix; `undefined` where Python finds a syntax error.
 * `\N{...}` counts as one: the names of Unicode's characters are not at hand.
 */
export const readPythonString = (literal: string): string | undefined => {
  const body = literal.slice(1, -1)
  if (body.includes('\0') || /[\n\r]/.test(body.replace(/\\\\|\\(?:\r\n|[\n\r])/g, ''))) return undefined
  let valid = true
  const value = body.replace(escape, (whole, octal?: string, two?: string, four?: string, eight?: string, other?: string) => {
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8))
    const digits = two ?? four ?? eight
    if (digits !== undefined) {
      const code = parseInt(digits, 16)
      if (code <= 0x10ffff) return String.fromCodePoint(code)
    }
    if (other === '\r\n' || other === '\r') return ''
    if (digits !== undefined || other === undefined || other === '' || 'xuUN'.includes(other)) valid = false
    return simple[other ?? ''] ?? whole
  })
  return valid ? value : undefined
}
