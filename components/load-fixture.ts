import type { Fixture } from '../engine/host/session.ts'
import { readFixture } from './read-fixture.ts'

const loaded = new Map<string, Promise<Fixture>>()

/** Fetches a fixture of public/demos once. Rejects with one line that names the fixture. */
export function loadFixture(name: string): Promise<Fixture> {
  const known = loaded.get(name)
  if (known) return known
  const loading = readFixture(name, async path => {
    const url = `${import.meta.env.BASE_URL}demos/${name}/${path}`
    const response = await fetch(url)
    if (!response.ok) throw new Error(`fixture ${name}: ${url} answered ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  })
  loaded.set(name, loading)
  // A failed fetch may succeed at the next visit.
  loading.catch(() => loaded.delete(name))
  return loading
}
