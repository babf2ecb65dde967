import type { Arguments } from './parse-arguments.ts'
import type { PexHome } from './pex-home.ts'

/** Text for `-o`: its file, which is there whole or not at all; without a name, or with `-`, standard output. */
export const writeText = async (text: string, options: Arguments, { files, output }: PexHome): Promise<void> => {
  const path = options.value('output') ?? '-'
  if (path === '-') return output.write(text)
  async function* once() {
    yield new TextEncoder().encode(text)
  }
  return files.write(path, once(), 0o666)
}
