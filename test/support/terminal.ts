/** Commands on a terminal: a machine with one, whose output is collected. */
import { createMachine } from '../../engine/machine/create-machine.ts'
import type { Command, Process } from '../../engine/machine/process.ts'
import { nextTurn } from '../../engine/machine/turn.ts'
import { asPrograms } from './machine.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (data: Uint8Array) => new TextDecoder().decode(data)
export const size = { rows: 24, columns: 80 }

/** Shows each line that it reads as <line>. */
export const cat: Command = async (_args, { stdin, stdout }) => {
  for await (const line of stdin.lines()) await stdout.write(`<${text(line)}>`)
  return 0
}
const spin: Command = async (_args, { breathe }) => {
  for (;;) await breathe()
}
const hang: Command = async (_args, { system }) => {
  await system.sleep(Infinity)
  return 0
}
export const child = (name: string) => ({ path: `/usr/bin/${name}`, argv: [name], env: {} })

/** A machine with one terminal; all that it shows is collected. */
export function terminalMachine(commands: Record<string, Command>) {
  const machine = createMachine({ programs: asPrograms({ cat, spin, hang, ...commands }) })
  const terminal = machine.openTerminal(size)
  let shown = ''
  terminal.onOutput = (output) => {
    shown += text(output)
  }
  return {
    machine,
    terminal,
    shown: () => shown,
    start: (name: string) => machine.start({ ...child(name), terminal }),
    type: (typed: string) => terminal.input(bytes(typed)),
    /** Until what is asked for is true; the test's own limit ends a wait in vain. */
    until: async (condition: () => boolean) => {
      while (!condition()) await nextTurn()
    },
  }
}

/** Runs `run` as the leader of the terminal's session. */
export async function asLeader<T>(run: (process: Process, world: ReturnType<typeof terminalMachine>) => Promise<T>, commands: Record<string, Command> = {}) {
  let outcome: { value: T } | { error: unknown } | undefined
  const world = terminalMachine({
    ...commands,
    leader: async (_args, process) => {
      outcome = await run(process, world).then((value) => ({ value }), (error: unknown) => ({ error }))
      return 0
    },
  })
  const status = await world.start('leader').ended
  if (!outcome) throw new Error(`the leader itself ended: ${JSON.stringify(status)}`)
  if ('error' in outcome) throw outcome.error
  return outcome.value
}
