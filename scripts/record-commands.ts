/**
 * Re-records test/recorded/file-commands.json from the real tools of this system (coreutils, findutils, diffutils, tree, file):
 * `npx tsx scripts/record-commands.ts`, as root. It runs in a mount namespace of its own, where uid 1000 is called `user` and has
 * /home/user.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fileCases } from './file-cases.ts'
import { recordCases } from './record-cases.ts'
import { sampleFiles } from './sample-files.ts'

const home = '/home/user'

if (process.argv[2] !== 'inside') {
  const base = mkdtempSync(join(tmpdir(), 'record-'))
  mkdirSync(join(base, 'home/user'), { recursive: true })
  writeFileSync(join(base, 'passwd'), `root:x:0:0:root:/root:/bin/bash\nuser:x:1000:1000:user:${home}:/bin/bash\n`)
  writeFileSync(join(base, 'group'), 'root:x:0:\nuser:x:1000:\n')
  const mounts = 'mount --bind "$0/passwd" /etc/passwd && mount --bind "$0/group" /etc/group && mount --bind "$0/home" /home'
  const { status } = spawnSync(
    'unshare',
    ['-m', 'sh', '-c', `${mounts} && chown -R 1000:1000 /home/user && exec npx tsx "$1" inside`, base, fileURLToPath(import.meta.url)],
    { stdio: 'inherit' },
  )
  rmSync(base, { recursive: true, force: true })
  process.exit(status ?? 1)
}

// Whole seconds: what a real `ls` takes for recent is the same for the machine's clock at the replay.
const now = Math.floor(Date.now() / 1000) * 1000
const recording = recordCases(fileCases, sampleFiles(now), now, { home, withLayout: true })
const path = fileURLToPath(new URL('../test/recorded/file-commands.json', import.meta.url))
writeFileSync(path, `${JSON.stringify(recording, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value), 1)}\n`)
