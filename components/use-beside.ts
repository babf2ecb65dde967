import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Session, TreeEntry } from '../engine/host/session.ts'
import { bytesAsSource } from '../engine/archive/byte-source.ts'
import { ZipError } from '../engine/archive/zip-error.ts'
import type { PexMap } from '../engine/pex/map-pex.ts'
import { fromBase64, type TerminalBlock } from './terminal-block.ts'

export interface Beside {
  entries: ComputedRef<TreeEntry[]>
  /** The tree before the first step. */
  before: ComputedRef<TreeEntry[]>
  /** The bytes of the file whose anatomy is shown. */
  bytes: ComputedRef<Uint8Array | undefined>
  /** What its bytes are for, of a .pex file. */
  map: ComputedRef<PexMap | undefined>
}

interface Seen {
  entries: TreeEntry[]
  before: TreeEntry[]
  bytes?: Uint8Array
  map?: PexMap
}

/** What stands beside a terminal: its directory's tree and a file's bytes, as they are in the live machine; where there is none, the block's stills. */
export function useBeside({ options, stills }: TerminalBlock, step: Ref<number>, directory: string, live: Ref<boolean>, session: ShallowRef<Session | undefined>): Beside {
  const { beside } = options
  const seen = shallowRef<Seen>()
  let stop: (() => void) | undefined

  function watchSession(session: Session) {
    let version = ''
    let bytes: Uint8Array | undefined
    let map: PexMap | undefined
    /** The script has typed nothing yet when a session's first tree comes. */
    let before: TreeEntry[] | undefined
    stop = session.watch(directory, async entries => {
      before ??= entries
      if (beside && 'path' in beside) {
        const entry = entries.find(entry => entry.path === beside.path)
        const now = entry ? `${entry.size} ${entry.mtime}` : ''
        if (now !== version) bytes = entry && await session.readFile(`${directory}/${beside.path}`)
        if (now !== version && beside.kind === 'pex') map = bytes && await mapOf(bytes)
        version = now
      }
      seen.value = { entries, before, bytes, map }
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
    const { entries = [], bytes, map } = stills[step.value] ?? {}
    return { entries, before: stills[0]?.entries ?? [], bytes: bytes === undefined ? undefined : fromBase64(bytes), map }
  })
  const shown = computed(() => live.value ? seen.value ?? still.value : still.value)
  return {
    entries: computed(() => shown.value.entries),
    before: computed(() => shown.value.before),
    bytes: computed(() => shown.value.bytes),
    map: computed(() => shown.value.map),
  }
}

/** A file that is half written, or no zip, has no parts. What reads them comes when there is a file to read. */
async function mapOf(bytes: Uint8Array): Promise<PexMap | undefined> {
  const { mapPex } = await import('./read-archives.ts')
  try {
    return await mapPex(bytesAsSource(bytes))
  } catch (error) {
    if (error instanceof ZipError) return undefined
    throw error
  }
}
