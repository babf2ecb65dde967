import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Session, SessionState } from '../engine/host/session.ts'
import { loadFixture } from './load-fixture.ts'
import { forgetFailedMachines, keepWarm, machineHost, openOn } from './machine-host.ts'
import { takeAhead } from './session-ahead.ts'
import type { TerminalBlock } from './terminal-block.ts'

export interface UsedSession {
  session: ShallowRef<Session | undefined>
  state: ShallowRef<SessionState | undefined>
  /** Why there is no session: one line. */
  failure: Ref<string | undefined>
  /** Tries again, on new machines where the old ones have ended. */
  restart(): void
}

/** A machine of its own with the block's fixture. Rejects with one line. */
export async function openSession(block: TerminalBlock): Promise<Session> {
  return openOn(block.fixture ?? await loadFixture(block.options.fixture ?? ''), block)
}

/** A session on the block's fixture for as long as `open` says so: closed and forgotten in between, and with the component. */
export function useSession(block: TerminalBlock, open: Ref<boolean>): UsedSession {
  const session = shallowRef<Session>()
  const state = shallowRef<SessionState>()
  const failure = ref<string>()
  let attempt = 0
  let stops: (() => void)[] = []

  function close() {
    attempt++
    for (const stop of stops) stop()
    stops = []
    session.value?.close()
    session.value = undefined
    state.value = undefined
  }

  function giveUp(reason: string) {
    close()
    failure.value = reason
  }
  /** The scripts are about Python: a machine without it would print something else than they promise. */
  const withoutPython = (reason = 'it could not be loaded') => giveUp(`no Python: ${reason}`)

  async function begin() {
    const mine = ++attempt
    failure.value = undefined
    try {
      const host = machineHost()
      stops.push(host.onPython((python, reason) => { if (python === 'failed') withoutPython(reason) }), host.onLost(giveUp))
      if (host.python === 'failed') return withoutPython(host.pythonReason)
      const opened = await (takeAhead(block) ?? openSession(block))
      if (mine !== attempt) return opened.close()
      opened.onState(next => {
        state.value = next
        keepWarm()
      })
      state.value = opened.state
      session.value = opened
    } catch (error) {
      if (mine === attempt) failure.value = error instanceof Error ? error.message : String(error)
    }
  }

  watch(open, wanted => {
    if (wanted) void begin()
    else close()
  }, { immediate: true })
  onScopeDispose(close)
  return {
    session,
    state,
    failure,
    restart() {
      close()
      forgetFailedMachines()
      void begin()
    },
  }
}
