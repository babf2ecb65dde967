const seconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86400 }

/** Milliseconds of `1.5`, `10s`, `2m`, `1h`, `1d`, `infinity`; undefined where it is no duration (sleep, timeout). */
export function parseDuration(text: string): number | undefined {
  const match = /^([+]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?)([smhd]?)$/i.exec(text)
  if (!match) return undefined
  const amount = /^inf/i.test(match[1]!) ? Infinity : Number(match[1])
  return amount * seconds[match[2]!]! * 1000
}
