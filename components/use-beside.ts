import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Session, TreeEntry } from '../engine/host/session.ts'
import { fromBase64, type TerminalBlock } from './terminal-block.ts'

export interface Beside {
  entries: ComputedRef<TreeEntry[]>
  /** The tree before the first step. */
  before: ComputedRef<TreeEntry[]>
  /** The bytes of the file whose anatomy is shown. */
  bytes: ComputedRef<Uint8Array | undefined>
}

interface Seen {
  entries: TreeEntry[]
  before: TreeEntry[]
  bytes?: Uint8Array
}

/** What stands beside a terminal: its directory's tree and a file's bytes, as they are in the live machine; where there is none, the block's stills. */
export function useBeside({ options, stills }: TerminalBlock, step: Ref<number>, directory: string, live: Ref<boolean>, session: ShallowRef<Session | undefined>): Beside {
  const { beside } = options
  const seen = shallowRef<Seen>()
  let stop: (() => void) | undefined

  function watchSession(session: Session) {
    let version = ''
    let bytes: Uint8Array | undefined
    /** The script has typed nothing yet when a session's first tree comes. */
    let before: TreeEntry[] | undefined
    stop = session.watch(directory, async entries => {
      before ??= entries
      if (beside?.kind === 'anatomy') {
        const entry = entries.find(entry => entry.path === beside.path)
        const now = entry ? `${entry.size} ${entry.mtime}` : ''
        if (now !== version) bytes = entry && await session.readFile(`${directory}/${beside.path}`)
        version = now
      }
      seen.value = { entries, before, bytes }
    })
  }

  if (beside) {
    watch(session, now => {
      stop?.()
      stop = undefined
      seen.value = undefined
      if (now) watchSession(now)
    })
    onScopeDispose(() => stop?.())
  }
  const still = computed((): Seen => {
    const { entries = [], bytes } = stills[step.value] ?? {}
    return { entries, before: stills[0]?.entries ?? [], bytes: bytes === undefined ? undefined : fromBase64(bytes) }
  })
  const shown = computed(() => live.value ? seen.value ?? still.value : still.value)
  return {
    entries: computed(() => shown.value.entries),
    before: computed(() => shown.value.before),
    bytes: computed(() => shown.value.bytes),
  }
}
