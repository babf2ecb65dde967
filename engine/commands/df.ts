import { command } from './command.ts'
import { sizeText } from './size-text.ts'
import { reportName } from './report.ts'

export const df = command(
  {
    name: 'df',
    usage: '[OPTION]... [FILE]...',
    summary: "Print how much room is left on the file system that holds each FILE; the machine's only one by default.",
    options: {
      '-a, --all': 'all file systems (there is one)',
      '-h, --human-readable': 'sizes in powers of 1024, such as 1023M',
      '-H, --si': 'sizes in powers of 1000, such as 1.1G',
      '-i, --inodes': 'inodes, not blocks',
      '-k': 'blocks of 1024 bytes (the default)',
      '-m': 'blocks of 1048576 bytes',
      '-P, --portability': 'the output format of POSIX',
      '-T, --print-type': 'print the type of the file system',
    },
  },
  async (args, process) => {
    const { system } = process
    const unit = args.latest('h', 'H', 'k', 'm')
    const inodes = args.has('i')
    const show = (bytes: number) =>
      unit === 'h' ? sizeText(bytes) : unit === 'H' ? sizeText(bytes, 1000) : String(Math.ceil(bytes / (unit === 'm' ? 1024 * 1024 : 1024)))
    const sizes = inodes
      ? ['Inodes', 'IUsed', 'IFree', 'IUse%']
      : [unit === 'h' || unit === 'H' ? 'Size' : unit === 'm' ? '1M-blocks' : args.has('P') ? '1024-blocks' : '1K-blocks',
          'Used', unit === 'h' || unit === 'H' ? 'Avail' : 'Available', args.has('P') ? 'Capacity' : 'Use%']
    const rows: string[][] = [['Filesystem', ...(args.has('T') ? ['Type'] : []), ...sizes, 'Mounted on']]
    let status = 0
    for (const name of args.operands.length ? args.operands : ['/']) {
      try {
        await system.stat(name)
        const { bytes, inodes: count, capacity } = await system.statfs(name)
        // Inodes have no limit of their own here: they count as bytes.
        const cells = inodes
          ? ['-', String(count), '-', '-']
          : [show(capacity), show(bytes), show(capacity - bytes), capacity ? `${Math.ceil((bytes / capacity) * 100)}%` : '-']
        rows.push(['machine', ...(args.has('T') ? ['memory'] : []), ...cells, '/'])
      } catch (error) {
        await reportName(process, name, error)
        status = 1
      }
    }
    if (rows.length === 1) return status
    const widths = (rows[0] ?? []).map((_, at) =>
      Math.max(
        at === 0 ? 14 : 5 * Number(at > (args.has('T') ? 1 : 0) && at < rows[0]!.length - 2),
        ...rows.map((row) => row[at]?.length ?? 0),
      ),
    )
    for (const row of rows) {
      const left = args.has('T') ? 2 : 1
      const cells = row.map((cell, at) =>
        at === row.length - 1 ? cell : at < left ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
      )
      await process.stdout.write(`${cells.join(' ')}\n`)
    }
    return status
  },
)
