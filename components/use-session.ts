import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Session, SessionState } from '../engine/host/session.ts'
import type { WindowSize } from '../engine/machine/system-calls.ts'
import { loadFixture } from './load-fixture.ts'
import { keepWarm, machineHost } from './machine-host.ts'

export interface UsedSession {
  session: ShallowRef<Session | undefined>
  state: ShallowRef<SessionState | undefined>
  /** Why there is no session: one line. */
  failure: Ref<string | undefined>
}

/** A session on the fixture for as long as `open` says so: closed and forgotten in between, and with the component. */
export function useSession(fixture: string, directory: string | undefined, size: WindowSize, open: Ref<boolean>): UsedSession {
  const session = shallowRef<Session>()
  const state = shallowRef<SessionState>()
  const failure = ref<string>()
  let attempt = 0
  let stop: (() => void) | undefined

  function close() {
    attempt++
    stop?.()
    stop = undefined
    session.value?.close()
    session.value = undefined
    state.value = undefined
  }

  /** The scripts are about Python: a machine without it would print something else than they promise. */
  function giveUp() {
    close()
    failure.value = 'Python could not be loaded'
  }

  watch(open, async wanted => {
    if (!wanted) return close()
    const mine = ++attempt
    failure.value = undefined
    try {
      const host = machineHost()
      stop = host.onPython(python => { if (python === 'failed') giveUp() })
      if (host.python === 'failed') return giveUp()
      const stored = await loadFixture(fixture)
      const opened = await host.open({ ...stored, directory: directory ?? stored.directory }, size)
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
  }, { immediate: true })
  onScopeDispose(close)
  return { session, state, failure }
}
