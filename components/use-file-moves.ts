import { ref, type Ref } from 'vue'
import type { Session } from '../engine/host/session.ts'
import { receiveFiles } from './receive-files.ts'
import { saveFile } from './save-file.ts'
import { useFileDrop, type FileDrop } from './use-file-drop.ts'

export interface FileMoves extends FileDrop {
  /** What could not be done, in one line, until the next file. */
  problem: Ref<string | undefined>
  /** Gives a file of the directory to the person. */
  save(path: string): Promise<void>
}

/** Files between a person and a machine. What is dropped goes into the shell's directory, and as other terminals do, `type` gets the names. */
export function useFileMoves({ session, directory, type }: { session: Ref<Session | undefined>; directory: string; type(names: string): void }): FileMoves {
  const problem = ref<string>()

  const { over, listeners } = useFileDrop(async files => {
    const here = session.value
    if (!here) return
    const received = await receiveFiles(here, files)
    if (here !== session.value) return
    problem.value = received.problem
    if (received.typed) type(`${received.typed} `)
  })

  async function save(path: string) {
    problem.value = undefined
    try {
      const bytes = await session.value?.readFile(`${directory}/${path}`)
      if (bytes) saveFile(path.replace(/.*\//, ''), bytes)
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error)
    }
  }

  return { over, listeners, problem, save }
}
