import { isSystemFile } from './is-system-file.ts'
import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'

/** Text for `-o`: its file, which is there whole or not at all; without a name, or with `-`, standard output. */
export const writeText = async (text: string, options: Arguments, home: PexHome): Promise<void> => {
  const { files, output } = home
  const path = options.value('output') ?? '-'
  if (path === '-') return output.write(text)
  const bytes = new TextEncoder().encode(text)
  if (await isSystemFile(path, home)) return files.writeInto(path, bytes)
  async function* once() {
    yield bytes
  }
  return files.write(path, once(), 0o666)
}
