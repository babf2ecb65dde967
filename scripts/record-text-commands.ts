/** Re-records test/recorded/text-commands.json from the GNU tools of this system: `npx tsx scripts/record-text-commands.ts`. */
import { writeFileSync } from 'node:fs'
import { recordCases } from './record-cases.ts'
import { textCases, textFiles } from './text-cases.ts'

const now = Date.UTC(2024, 8, 26, 14, 0, 0)
const recording = recordCases(textCases, textFiles, now)
const path = new URL('../test/recorded/text-commands.json', import.meta.url)
writeFileSync(path, `${JSON.stringify(recording, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value), 1)}\n`)
