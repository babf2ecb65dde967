import { ref, watch, type Ref } from 'vue'
import type { Session } from '../engine/host/session.ts'

/**
 * Ends the servers of a slide that is left, unless its block keeps them. Tells what was ended, in one line. When the slide is
 * there again, `onReturn` brings them back, and there is nothing to tell any more, but where it is `left` as it is.
 */
export function useServersEnd({ session, active, keep, left, onReturn }: {
  session: Ref<Session | undefined>
  active: Ref<boolean>
  keep: boolean
  left(): boolean
  onReturn(): void
}): Ref<string | undefined> {
  const ended = ref<string>()
  let ending: Promise<void> | undefined

  async function end(here: Session) {
    // Machines that have ended have no servers.
    const lines = await here.endServers().catch(() => [])
    if (lines.length) ended.value = `ended with its slide: ${lines.join(', ')}`
  }

  function comeBack() {
    if (!ended.value || !active.value || left()) return
    ended.value = undefined
    onReturn()
  }

  // At once: the session may be closed in the same moment.
  watch(active, now => {
    if (keep) return
    if (now) return void ending?.then(comeBack)
    ended.value = undefined
    ending = session.value && end(session.value)
  }, { flush: 'sync' })
  return ended
}
