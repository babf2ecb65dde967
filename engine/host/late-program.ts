/** Stands in for a program whose files are still on their way: a process that starts it waits, and can be killed while it waits. */
import type { ForeignProcess, ForeignProgram, ForeignStart } from '../machine/machine.ts'

export interface LateProgram {
  readonly program: ForeignProgram
  arrived(program: ForeignProgram): void
  /** It will never come: processes end with status 126 and `reason` on stderr. */
  failed(reason: string): void
}

export function createLateProgram(): LateProgram {
  let state: { program: ForeignProgram } | { reason: string } | undefined
  const waiting = new Set<() => void>()

  const settle = (next: NonNullable<typeof state>) => {
    state = next
    for (const go of waiting) go()
    waiting.clear()
  }

  function begin(start: ForeignStart): ForeignProcess {
    if (state && 'program' in state) return state.program.start(start)
    const reason = state?.reason ?? ''
    const line = new TextEncoder().encode(`${start.argv[0] ?? start.path}: cannot start: ${reason}\n`)
    void Promise.resolve(start.system.write(2, line)).finally(() => start.exit(126))
    return { signal: () => undefined, signalled: false, terminate: () => undefined }
  }

  return {
    program: {
      start(start) {
        if (state) return begin(start)
        let inner: ForeignProcess | undefined
        const go = () => { inner = begin(start) }
        waiting.add(go)
        return {
          signal: signal => inner?.signal(signal),
          get signalled() { return inner?.signalled ?? false },
          used: () => inner?.used?.() ?? 0,
          terminate: () => {
            waiting.delete(go)
            inner?.terminate()
          },
        }
      },
    },
    arrived: program => settle({ program }),
    failed: reason => settle({ reason }),
  }
}
