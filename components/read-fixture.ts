import type { Fixture, FixtureFile } from '../engine/host/session.ts'

/** public/demos/NAME/fixture.json: a `Fixture` whose files' bytes stand beside it, under their own paths. */
interface StoredFixture extends Omit<Fixture, 'name' | 'files'> {
  /** Modes are octal text, dates ISO 8601. */
  files: { path: string; mode?: string; mtime?: string; target?: string }[]
}

/** Puts a stored fixture together; `read` gets the bytes of a path in the fixture's own directory. */
export async function readFixture(name: string, read: (path: string) => Promise<Uint8Array>): Promise<Fixture> {
  const stored = JSON.parse(new TextDecoder().decode(await read('fixture.json'))) as StoredFixture
  const files = await Promise.all(stored.files.map(async ({ path, mode, mtime, target }): Promise<FixtureFile> => ({
    path,
    target,
    bytes: path.endsWith('/') || target !== undefined ? new Uint8Array() : await read(path),
    mode: mode === undefined ? undefined : Number.parseInt(mode, 8),
    mtime: mtime === undefined ? undefined : Date.parse(mtime),
  })))
  return { ...stored, name, files }
}
