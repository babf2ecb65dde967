import type { Command, Process } from '../machine/process.ts'
import { carryOut } from './zip-carry-out.ts'
import { collectFiles } from './zip-collect.ts'
import { readExisting, type Existing } from './zip-existing.ts'
import { ZipFailure } from './zip-failure.ts'
import { parseZipOptions, WrongZipUsage, type ZipOptions } from './zip-options.ts'
import { planAddition, planDeletion, type ZipPlan } from './zip-plan.ts'
import { testArchive } from './zip-test-archive.ts'
import { zipUsage } from './zip-usage.ts'

/** `zip`, Zip 3.0 of Info-ZIP: makes archives, adds to them, takes out of them. */
export const zip: Command = async (args, process) => {
  let say = (text: string) => process.stdout.write(text)
  try {
    const options = parseZipOptions(args)
    const toOutput = options.file === '-' || (options.file === undefined && !(await process.system.isatty(process.stdout.fd)))
    if (options.help || (options.file === undefined && !toOutput)) {
      await say(zipUsage)
      return 0
    }
    if (toOutput) say = (text) => process.stderr.write(text)
    return await run(process, options, toOutput, say)
  } catch (error) {
    if (error instanceof WrongZipUsage) {
      // Nothing is known yet about where the archive goes; zip writes this to its messages' place all the same.
      await (args.some((arg) => /^-[a-zA-Z]*@/.test(arg)) ? process.stderr : process.stdout).write(new ZipFailure(16, error.message).text)
      return 16
    }
    if (!(error instanceof ZipFailure)) throw error
    await say(error.text)
    return error.status
  }
}

type Say = (text: string) => Promise<void>

const archivePath = (given: string) => (given.slice(given.lastIndexOf('/') + 1).includes('.') ? given : `${given}.zip`)

async function run(process: Process, options: ZipOptions, toOutput: boolean, say: Say): Promise<number> {
  const warn = (text: string) => say(`\tzip warning: ${text}\n`)
  const path = toOutput ? '-' : archivePath(options.file!)
  const existing = toOutput ? undefined : await readExisting(process, path, warn)
  try {
    const names = options.namesFromInput
      ? [...options.names, ...(await inputLines(process))]
      : toOutput && !options.names.length
        ? ['-']
        : options.names
    const plan = await makePlan(process, options, path, names, existing, warn)
    if (plan === undefined) return options.test && existing ? testArchive(process, path, path, say) : 12
    return await carryOut(process, options, path, plan, existing, say)
  } finally {
    await existing?.opened.close()
  }
}

const inputLines = async (process: Process) =>
  new TextDecoder()
    .decode(await process.stdin.all())
    .split('\n')
    .filter((line) => line !== '')

/** Undefined where nothing is to be done and nothing more is to be said. */
async function makePlan(
  process: Process,
  options: ZipOptions,
  path: string,
  names: readonly string[],
  existing: Existing | undefined,
  warn: Say,
): Promise<ZipPlan | undefined> {
  const entries = existing?.archive.entries ?? []
  if (options.action === 'delete') {
    if (!existing) await warn(`${path} not found or empty`)
    const plan = planDeletion(entries, names)
    if (existing) for (const pattern of plan.unmatched) await warn(`name not matched: ${pattern}`)
    if (plan.changes === 0) throw new ZipFailure(12, path)
    return plan
  }
  const collected = await collectFiles(process, options, names, existing?.stat)
  for (const warning of collected.warnings) await warn(warning)
  if (collected.clash) {
    const [first, second, name] = collected.clash
    const indent = ' '.repeat(21)
    const reason = options.junkPaths ? `\n${indent}this may be a result of using -j` : ''
    await warn(`  first full name: ${first}\n${indent} second full name: ${second}\n${indent}name in zip file repeated: ${name}${reason}`)
    throw new ZipFailure(16, 'cannot repeat names in zip file')
  }
  const plan = planAddition(entries, collected.found, options.action)
  if (plan.changes > 0 || (options.askComment && existing)) return plan
  if (options.action !== 'add' && collected.found.length) return undefined
  if (options.test && existing) return undefined
  throw new ZipFailure(12, options.recurse && names.length ? `try: zip -r ${path} . -i ${names.join(' ')}` : path)
}
