/** Re-records test/recorded/shell.json from this system's bash 5.2: `npx tsx scripts/record-shell.ts`. */
import { writeFileSync } from 'node:fs'
import { recordCases } from './record-cases.ts'
import { shellCases, shellFiles } from './shell-cases.ts'

const recording = recordCases(shellCases, shellFiles, Date.UTC(2024, 8, 26, 14, 0, 0))
const text = JSON.stringify(recording, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value), 1)
// The cases ran in directories of their own; on the machine that is the home directory.
writeFileSync(new URL('../test/recorded/shell.json', import.meta.url), `${text.replaceAll(/\/tmp\/record-\w+/g, '/home/user')}\n`)
