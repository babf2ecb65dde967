import type { Fixture, FixtureFile } from '../engine/host/session.ts'

/** public/demos/NAME/fixture.json: a `Fixture` whose files' bytes stand beside it, under their own paths. */
interface StoredFixture extends Omit<Fixture, 'name' | 'files'> {
  files: { path: string; mode?: string; mtime?: string; target?: string }[]
}

const loaded = new Map<string, Promise<Fixture>>()

/** Fetches a fixture once. Modes are octal text and dates ISO 8601 in the stored form. Rejects with one line that names the fixture. */
export function loadFixture(name: string): Promise<Fixture> {
  const known = loaded.get(name)
  if (known) return known
  const loading = load(name)
  loaded.set(name, loading)
  // A failed fetch may succeed at the next visit.
  loading.catch(() => loaded.delete(name))
  return loading
}

async function load(name: string): Promise<Fixture> {
  const base = `${import.meta.env.BASE_URL}demos/${name}`
  const stored = await (await get(`${base}/fixture.json`, name)).json() as StoredFixture
  const files = await Promise.all(stored.files.map(async ({ path, mode, mtime, target }): Promise<FixtureFile> => ({
    path,
    target,
    bytes: path.endsWith('/') || target !== undefined ? new Uint8Array() : new Uint8Array(await (await get(`${base}/${path}`, name)).arrayBuffer()),
    mode: mode === undefined ? undefined : Number.parseInt(mode, 8),
    mtime: mtime === undefined ? undefined : Date.parse(mtime),
  })))
  return { ...stored, name, files }
}

async function get(url: string, name: string): Promise<Response> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`fixture ${name}: ${url} answered ${response.status}`)
  return response
}
