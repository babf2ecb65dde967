import { onScopeDispose, reactive, ref, watch, type Ref } from 'vue'
import type { Session } from '../engine/host/session.ts'
import type { Step } from '../engine/transcript/transcript.ts'
import { registerTyping } from './hurry.ts'
import { createScriptPlayer, type PlayerState, type ScriptPlayer } from './script-player.ts'
import { tellTerminalShown } from './terminal-shown.ts'

export interface UsedPlayer {
  state: PlayerState
  /** The terminal shows what the script says: until then the static transcript stays. */
  shown: Ref<boolean>
  failure: Ref<string | undefined>
  takeOver(): void
  reached(step: number): void
  giveBack(): void
  reset(): void
}

export interface PlayedOn {
  session: Ref<Session | undefined>
  steps: Step[]
  /** Steps that are to be done now. */
  step: Ref<number>
  /** The slide is the current one: only then does the script follow the clicks. */
  active: Ref<boolean>
  still: boolean
  /** Brings up the screen before the first byte. */
  start(): Promise<void>
  stop(): void
  print(bytes: Uint8Array): void
  clear(): void
}

/** Plays the steps on whichever session there is, following the clicks one after the other. */
export function useScriptPlayer(on: PlayedOn): UsedPlayer {
  const state = reactive<PlayerState>({ position: 0, doing: 'nothing', hand: false })
  const shown = ref(false)
  const failure = ref<string>()
  const player = ref<ScriptPlayer>()
  let raw: ScriptPlayer | undefined

  const failed = (error: unknown) => {
    failure.value = error instanceof Error ? error.message : String(error)
    shown.value = false
  }

  function end() {
    raw?.close()
    raw = undefined
    player.value = undefined
    shown.value = false
  }

  watch(on.session, async session => {
    end()
    failure.value = undefined
    Object.assign(state, { position: 0, doing: 'nothing', hand: false })
    if (!session) return on.stop()
    const made = createScriptPlayer({
      steps: on.steps,
      session,
      print: on.print,
      clear: on.clear,
      onChange: next => Object.assign(state, next),
      typing: () => !on.still,
    })
    raw = made
    try {
      await Promise.all([on.start(), made.begin()])
      if (raw === made) player.value = made
    } catch (error) {
      if (raw === made) failed(error)
    }
  }, { immediate: true })

  watch([on.step, on.active, player], ([step, active, now], [before, wasActive, then]) => {
    if (!raw || !now || !active) return
    const playing = raw
    const clicked = wasActive === true && now === then && step === Number(before) + 1
    playing.goTo(step, clicked).then(() => { if (raw === playing) shown.value = true }, failed)
    // Nothing to catch up with: the prompt is there already.
    if (step === 0) shown.value = true
  }, { immediate: true, flush: 'post' })

  watch(shown, now => { if (now) tellTerminalShown() }, { flush: 'post' })

  const unregister = registerTyping(() => on.active.value && raw?.hurry() === true)
  onScopeDispose(() => {
    unregister()
    end()
    on.stop()
  })

  return {
    state,
    shown,
    failure,
    takeOver: () => raw?.takeOver(),
    reached: step => raw?.reached(step),
    giveBack: () => raw?.giveBack(),
    reset: () => void raw?.reset().catch(failed),
  }
}
