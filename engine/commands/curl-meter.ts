/** curl's progress meter, as it stands when a transfer begins and when it is over. */
export interface MeterCounts {
  /** Expected, where the server said so. */
  total: number | undefined
  received: number
  toSend: number
  sent: number
  milliseconds: number
}

export const meterHeading =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
  '                                 Dload  Upload   Total   Spent    Left  Speed\n'

const noTime = '--:--:--'

/** One state, to be put over the one before. */
export function meterLine({ total, received, toSend, sent, milliseconds }: MeterCounts): string {
  const speed = (count: number) => amount(milliseconds > 0 ? Math.floor((count * 1000) / milliseconds) : 0)
  const part = (count: number, of: number) => String(of > 0 ? Math.floor((count * 100) / of) : 0).padStart(3)
  const expected = total ?? received
  const all = expected + toSend
  const seconds = Math.floor(milliseconds / 1000)
  const spent = seconds === 0 ? noTime : new Date(seconds * 1000).toISOString().slice(11, 19).replace(/^0/, ' ')
  const counts = [[received + sent, all, all], [received, expected, received], [sent, toSend, sent]] as const
  return `\r${counts.map(([done, of, shown]) => `${part(done, of)} ${amount(shown)}`).join('  ')}  ` +
    `${speed(received)}  ${speed(sent)} ${noTime} ${spent} ${noTime} ${speed(received + sent).padStart(6)}`
}

/** Five columns; from 100,000 on with a unit. */
function amount(count: number): string {
  if (count < 100_000) return String(count).padStart(5)
  const kibi = Math.floor(count / 1024)
  if (kibi < 10_000) return `${kibi}K`.padStart(5)
  const mebi = kibi / 1024
  return `${mebi < 100 ? (Math.floor(mebi * 10) / 10).toFixed(1) : Math.floor(mebi)}M`.padStart(5)
}
