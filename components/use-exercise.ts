import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { Session } from '../engine/host/session.ts'
import { createExercise, withoutRemark } from './exercise.ts'
import { createScriptPlayer } from './script-player.ts'
import type { TerminalBlock } from './terminal-block.ts'
import type { UsedPlayer } from './use-script-player.ts'
import { openSession } from './use-session.ts'

/** What a person who has the keyboard may do now: a few words, and the script's next command. */
export interface Task {
  lead: string
  command?: string
}

/**
 * While a person has the keyboard: what the script would do next, and whether what they typed has done it. A step that is done goes a click
 * on. The judge is a second machine, on which the script is played as far as that; it is started by the first line that might be right.
 */
export function useExercise({ block, session, player, active, reach }: {
  block: TerminalBlock
  session: Ref<Session | undefined>
  player: UsedPlayer
  active: Ref<boolean>
  reach(step: number): void
}): ComputedRef<Task | undefined> {
  const { steps } = block.transcript
  const missed = ref<string>()
  /** By the person: one who takes over when the script has ended has nothing to be told. */
  const finished = ref(false)
  const following = computed(() => player.state.hand && active.value ? session.value : undefined)

  watch(following, (mine, _before, onCleanup) => {
    missed.value = undefined
    finished.value = false
    if (!mine) return
    const judge = createJudge(block)
    const exercise = createExercise({
      steps,
      session: mine,
      position: () => player.state.position,
      difference: async count => {
        const { machineDifference } = await import('./read-archives.ts')
        return machineDifference(mine, await judge.after(count), block.directory)
      },
      onDone(count) {
        finished.value = count === steps.length
        player.reached(count)
        reach(count)
      },
      onMissed: reason => { missed.value = reason },
    })
    onCleanup(() => {
      exercise.close()
      judge.close()
    })
  })
  return computed(() => {
    if (!following.value || !steps.length) return undefined
    const next = steps[player.state.position]
    if (!next) return finished.value ? { lead: 'all steps are done' } : undefined
    return { lead: missed.value === undefined ? 'your turn' : `not yet: ${missed.value}`, command: withoutRemark(next.command).replaceAll('\n', ' ⏎ ') }
  })
}

/** The script's own machine, played without a terminal. */
function createJudge(block: TerminalBlock) {
  let opened: Promise<{ session: Session; player: ReturnType<typeof createScriptPlayer> }> | undefined

  async function open() {
    const session = await openSession(block)
    const player = createScriptPlayer({
      steps: block.transcript.steps,
      session,
      print: () => undefined,
      clear: () => undefined,
      onChange: () => undefined,
      typing: () => false,
    })
    await player.begin()
    return { session, player }
  }

  return {
    /** The machine after so many steps of the script. */
    async after(count: number): Promise<Session> {
      opened ??= open()
      const { session, player } = await opened
      await player.goTo(count, false)
      return session
    },
    close() {
      opened?.then(({ session, player }) => {
        player.close()
        session.close()
      }, () => undefined)
    },
  }
}
