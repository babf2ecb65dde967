import { expect, test } from 'vitest'
import type { Program } from './machine.ts'
import { populate } from './populate.ts'
import { isDirectory, S_IFMT } from './stat.ts'
import { createTree } from './tree.ts'
import { user } from './users.ts'

const program: Program = { kind: 'command', run: async () => 0 }

const world = () => {
  const fs = createTree({ now: () => 1_000 })
  populate(fs, {
    ls: { path: '/usr/bin/ls', program },
    bash: { path: '/usr/bin/bash', program, links: ['sh'] },
    python: { path: '/opt/bin/python3.14', program, links: ['python3', '/usr/local/lib/python'] },
  })
  const stat = (path: string, follow = true) => fs.stat(fs.resolve(path, { follow }).ino!)
  const read = (path: string) => new TextDecoder().decode(fs.read(fs.resolve(path).ino!, 0, 10_000))
  const paths = (directory: string): string[] =>
    fs.readdir(fs.resolve(directory).ino!).flatMap(({ name, mode }) => {
      const path = `${directory === '/' ? '' : directory}/${name}`
      return [path, ...(isDirectory(mode) ? paths(path) : [])]
    })
  return { fs, stat, read, paths }
}

test('the world has what programs look for, and no more', () => {
  const { paths, stat } = world()
  const lines = paths('/').map(path => {
    const { mode, uid, rdev } = stat(path, false)
    return `${(mode >>> 0).toString(8).padStart(6, '0')} ${uid} ${path}${rdev ? ` ${rdev >> 8}:${rdev & 255}` : ''}`
  })
  expect(lines.sort()).toMatchInlineSnapshot(`
    [
      "020666 0 /dev/full 1:7",
      "020666 0 /dev/null 1:3",
      "020666 0 /dev/ptmx 5:2",
      "020666 0 /dev/random 1:8",
      "020666 0 /dev/tty 5:0",
      "020666 0 /dev/urandom 1:9",
      "020666 0 /dev/zero 1:5",
      "040555 0 /proc",
      "040700 0 /root",
      "040755 0 /dev",
      "040755 0 /dev/pts",
      "040755 0 /etc",
      "040755 0 /home",
      "040755 0 /opt",
      "040755 0 /opt/bin",
      "040755 0 /run",
      "040755 0 /usr",
      "040755 0 /usr/bin",
      "040755 0 /usr/lib",
      "040755 0 /usr/local",
      "040755 0 /usr/local/bin",
      "040755 0 /usr/local/lib",
      "040755 0 /var",
      "040755 0 /var/log",
      "040755 1000 /home/user",
      "041777 0 /dev/shm",
      "041777 0 /tmp",
      "041777 0 /var/tmp",
      "100644 0 /etc/bash.bashrc",
      "100644 0 /etc/group",
      "100644 0 /etc/hostname",
      "100644 0 /etc/hosts",
      "100644 0 /etc/os-release",
      "100644 0 /etc/passwd",
      "100644 0 /etc/profile",
      "100755 0 /opt/bin/python3.14",
      "100755 0 /usr/bin/bash",
      "100755 0 /usr/bin/ls",
      "120777 0 /bin",
      "120777 0 /dev/fd",
      "120777 0 /dev/stderr",
      "120777 0 /dev/stdin",
      "120777 0 /dev/stdout",
      "120777 0 /opt/bin/python3",
      "120777 0 /usr/bin/sh",
      "120777 0 /usr/local/lib/python",
    ]
  `)
})

test('a program is found by its path, through /bin, and by its links', () => {
  const { fs, read, stat } = world()
  expect(read('/bin/ls')).toBe('\0machine\nls\n')
  expect(stat('/bin/ls').mode & ~S_IFMT).toBe(0o755)
  expect(read('/bin/sh')).toBe('\0machine\nbash\n')
  expect(read('/opt/bin/python3')).toBe('\0machine\npython\n')
  expect(fs.readlink(fs.resolve('/opt/bin/python3', { follow: false }).ino!)).toBe('python3.14')
  expect(read('/usr/local/lib/python')).toBe('\0machine\npython\n')
  expect(fs.resolve('/usr/local/lib/python').path).toBe('/opt/bin/python3.14')
})

test('the user owns the home, may write to /tmp, and may not to /etc', () => {
  const { fs, read } = world()
  expect(read('/etc/passwd')).toContain(`user:x:${user.uid}:${user.gid}:user:/home/user:/bin/bash`)
  expect(read('/etc/hostname')).toBe('talk\n')
  for (const path of ['/home/user', '/tmp', '/var/tmp', '/dev/null']) fs.access(fs.resolve(path, { cred: user }).ino!, 6, user)
  for (const path of ['/', '/etc', '/usr/bin', '/opt/bin', '/etc/passwd']) {
    expect(() => fs.access(fs.resolve(path).ino!, 2, user), path).toThrow('Permission denied')
  }
  expect(() => fs.resolve('/root/x', { cred: user })).toThrow('Permission denied')
})
