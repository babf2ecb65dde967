import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Session, SessionState } from '../engine/host/session.ts'
import type { WindowSize } from '../engine/machine/system-calls.ts'
import { loadFixture } from './load-fixture.ts'
import { machineHost } from './machine-host.ts'

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

  function close() {
    attempt++
    session.value?.close()
    session.value = undefined
    state.value = undefined
  }

  watch(open, async wanted => {
    if (!wanted) return close()
    const mine = ++attempt
    failure.value = undefined
    try {
      const host = machineHost()
      const stored = await loadFixture(fixture)
      const opened = await host.open({ ...stored, directory: directory ?? stored.directory }, size)
      if (mine !== attempt) return opened.close()
      opened.onState(next => { state.value = next })
      state.value = opened.state
      session.value = opened
    } catch (error) {
      if (mine === attempt) failure.value = error instanceof Error ? error.message : String(error)
    }
  }, { immediate: true })
  onScopeDispose(close)
  return { session, state, failure }
}
