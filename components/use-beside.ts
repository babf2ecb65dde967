import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { Session, TreeEntry } from '../engine/host/session.ts'
import type { FenceOptions } from '../engine/transcript/fence-options.ts'
import { loadFixture } from './load-fixture.ts'

export interface Beside {
  /** The watched directory's name. */
  name: ComputedRef<string>
  entries: ShallowRef<TreeEntry[]>
  /** The bytes of the file whose anatomy is shown. */
  bytes: ShallowRef<Uint8Array | undefined>
}

/** What stands beside a terminal: its directory's tree and a file's bytes, as they are in the machine now, or in the fixture before. */
export function useBeside(beside: FenceOptions['beside'], fixture: string | undefined, session: ShallowRef<Session | undefined>): Beside {
  const directory = ref('')
  const entries = shallowRef<TreeEntry[]>([])
  const bytes = shallowRef<Uint8Array>()
  let stop: (() => void) | undefined

  async function lay(name: string) {
    const stored = await loadFixture(name)
    directory.value = stored.directory
    if (session.value) return watchSession(session.value)
    entries.value = stored.files.map(({ path, bytes, mode, mtime, target }) => ({
      path: path.replace(/\/$/, ''),
      type: path.endsWith('/') ? 'directory' : target === undefined ? 'file' : 'symlink',
      mode: mode ?? (path.endsWith('/') ? 0o755 : 0o644),
      size: bytes.length,
      mtime: mtime ?? 0,
      target,
    }))
  }

  function watchSession(session: Session) {
    stop?.()
    let seen = ''
    stop = session.watch(directory.value, async now => {
      entries.value = now
      if (beside?.kind !== 'anatomy') return
      const entry = now.find(entry => entry.path === beside.path)
      const version = entry ? `${entry.size} ${entry.mtime}` : ''
      if (version === seen) return
      seen = version
      bytes.value = entry ? await session.readFile(`${directory.value}/${beside.path}`) : undefined
    })
  }

  if (beside && fixture) {
    // Without the fixture there is no session either, and the terminal says why.
    lay(fixture).catch(() => undefined)
    watch(session, now => {
      stop?.()
      stop = undefined
      if (now && directory.value) watchSession(now)
    })
    onScopeDispose(() => stop?.())
  }
  return { name: computed(() => directory.value.replace(/.*\//, '')), entries, bytes }
}
