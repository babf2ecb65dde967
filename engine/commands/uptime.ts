import { formatTime, timeZone } from '../shell/format-time.ts'
import { command } from './command.ts'

/** procps' uptime. The machine is up since its first process; it keeps no load averages, so it shows none. */
export const uptime = command(
  {
    name: 'uptime',
    usage: '[options]',
    summary: 'Tell how long the machine has been running.',
    options: { '-p, --pretty': 'show uptime in pretty format', '-s, --since': 'system up since' },
  },
  async (args, process) => {
    const table = await process.system.processes()
    const now = process.now()
    const since = Math.min(now, ...table.map((one) => one.startedAt))
    const zone = timeZone(process.env.TZ)
    const minutes = Math.floor((now - since) / 60_000)
    const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
    const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`
    if (args.has('s')) await process.stdout.write(`${formatTime('%F %T', since, zone)}\n`)
    else if (args.has('p')) {
      const parts = [days && plural(days, 'day'), hours && plural(hours, 'hour'), plural(rest, 'minute')].filter(Boolean)
      await process.stdout.write(`up ${parts.join(', ')}\n`)
    } else {
      const clock = hours ? `${String(hours).padStart(2)}:${String(rest).padStart(2, '0')}` : `${rest} min`
      const up = days ? `${plural(days, 'day')}, ${clock}` : clock
      const users = new Set(table.filter((one) => one.tty !== undefined).map((one) => one.tty)).size
      await process.stdout.write(` ${formatTime('%T', now, zone)} up ${up},  ${plural(users, 'user')}\n`)
    }
    return 0
  },
)
