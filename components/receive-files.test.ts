import { expect, test } from 'vitest'
import { receiveFiles } from './receive-files.ts'

const state = { cwd: '/home/user', atPrompt: true, command: undefined, status: 0, waiting: false }

test('names are told as a shell reads them; what cannot be read or written is told, and the others arrive', async () => {
  const written = new Map<string, string>()
  const session = {
    state,
    writeFile: async (path: string, bytes: Uint8Array, keep?: boolean) => {
      if (path.endsWith('full')) throw new Error(`${path}: No space left on device`)
      const free = keep && written.has(path) ? `${path}-1` : path
      written.set(free, new TextDecoder().decode(bytes))
      return free
    },
  }
  const directory = Object.assign(new File([], 'a directory'), { arrayBuffer: () => Promise.reject(new Error('NotReadableError')) })
  const given = [new File(['1'], 'my file.pex'), directory, new File(['2'], 'full'), new File(['3'], '-c'), new File(['4'], '-c')]
  expect(await receiveFiles(session, given)).toEqual({
    typed: '\'my file.pex\' ./-c ./-c-1',
    problem: 'a directory cannot be read: it has changed since, or is a directory. Choose it again.',
  })
  expect([...written]).toEqual([['/home/user/my file.pex', '1'], ['/home/user/-c', '3'], ['/home/user/-c-1', '4']])
  expect(await receiveFiles(session, [new File(['2'], 'full')])).toEqual({ typed: '', problem: '/home/user/full: No space left on device' })
})
