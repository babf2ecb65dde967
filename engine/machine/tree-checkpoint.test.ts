import { describe, expect, test } from 'vitest'
import { byPath, owner } from '../../test/support/by-path.ts'
import { errnoOf } from '../../test/support/errno-of.ts'
import { createRandom, describeTree, perform, randomOperation, type Operation } from '../../test/support/random-operations.ts'
import { reachable } from '../../test/support/reachable.ts'
import type { Checkpoint } from './file-system.ts'
import { S_IFREG } from './stat.ts'
import { createTree } from './tree.ts'

const world = () => {
  const fs = createTree({ now: () => 1_700_000_000_000 })
  return { fs, ...byPath(fs) }
}

describe('a checkpoint', () => {
  test.each([1, 2, 3, 4])('is what the same calls would make again, whenever it is restored (%i)', { timeout: 60_000 }, seed => {
    const random = createRandom(seed)
    const { fs } = world()
    /** The calls that lead to the present state, and the states that were kept. */
    let done: Operation[] = []
    const kept: { checkpoint: Checkpoint; done: Operation[]; picture: string[] }[] = []
    for (let step = 0; step < 1200; step++) {
      const chance = random(40)
      if (chance === 0) {
        kept.push({ checkpoint: fs.checkpoint(), done, picture: describeTree(fs) })
      } else if (chance === 1 && kept.length > 0) {
        const back = kept[random(kept.length)]!
        fs.restore(back.checkpoint)
        done = back.done
        expect(describeTree(fs)).toEqual(back.picture)
      } else {
        const operation = randomOperation(random)
        perform(fs, operation)
        done = [...done, operation]
      }
    }
    expect(kept.length).toBeGreaterThan(10)
    for (const { checkpoint, done, picture } of kept) {
      fs.restore(checkpoint)
      expect(describeTree(fs)).toEqual(picture)
      const again = world()
      for (const operation of done) perform(again.fs, operation)
      expect(describeTree(again.fs)).toEqual(picture)
      expect(again.fs.usage()).toEqual(fs.usage())
    }
  })

  test('shares what did not change: after one write in ten thousand files a handful of objects are new', { timeout: 60_000 }, () => {
    const { fs, mkdir, touch, find } = world()
    for (let d = 0; d < 10; d++) {
      mkdir(`/${d}`)
      for (let f = 0; f < 1000; f++) touch(`/${d}/${f}`, `content of ${f}`)
    }
    const news = (act: () => void) => {
      const before = reachable(fs.checkpoint())
      act()
      return [...reachable(fs.checkpoint())].filter(object => !before.has(object)).length
    }
    expect(reachable(fs.checkpoint()).size).toBeGreaterThan(30_000)
    // The picture, and its list of orphans.
    const nothing = news(() => undefined)
    expect(nothing).toBe(2)
    // A branch and its slots on each of at most four levels, the inode, the page, the bytes, the owner.
    expect(news(() => fs.write(find('/5/500'), 0, new Uint8Array(1)))).toBeLessThan(nothing + 13)
    expect(news(() => touch('/5/new'))).toBeLessThan(nothing + 25)
    expect(news(() => fs.restore(fs.checkpoint()))).toBe(nothing)
  })

  test('of a large file shares its pages', () => {
    const { fs, touch } = world()
    const f = touch('/f')
    fs.write(f, 0, new Uint8Array(100 * 65_536))
    const before = reachable(fs.checkpoint())
    fs.write(f, 5_000_000, new Uint8Array(1))
    const buffers = [...reachable(fs.checkpoint())].filter(object => object instanceof Uint8Array)
    expect(buffers).toHaveLength(100)
    expect(buffers.filter(buffer => !before.has(buffer))).toHaveLength(1)
  })

  test('may be restored in another tree, which goes its own way', () => {
    const one = world()
    one.touch('/f', 'shared')
    const other = world()
    const f = other.touch('/gone')
    other.fs.restore(one.fs.checkpoint())
    expect(describeTree(other.fs)).toEqual(describeTree(one.fs))
    other.fs.write(other.find('/f'), 0, new TextEncoder().encode('SH'))
    one.fs.write(one.find('/f'), 2, new TextEncoder().encode('ARED'))
    expect([one.text('/f'), other.text('/f')]).toEqual(['shARED', 'SHared'])
    expect(other.touch('/new')).toBeGreaterThan(f)
  })

  test('counts: every change makes the generation grow, and a restore too; reads do not', () => {
    const { fs, mkdir, touch, symlink, link, rename, unlink, rmdir, stat, text, names } = world()
    const f = touch('/f', 'x')
    let last = fs.generation
    const grows = (act: () => void) => {
      act()
      const grew = fs.generation > last
      last = fs.generation
      return grew
    }
    const checkpoint = fs.checkpoint()
    const changes = [
      () => mkdir('/d'), () => symlink('/l', 'f'), () => link('/f', '/g'), () => rename('/g', '/h'), () => unlink('/h'), () => rmdir('/d'),
      () => fs.write(f, 0, new Uint8Array(1)), () => fs.truncate(f, 0), () => fs.chmod(f, 0o600), () => fs.chown(f, 1, 1),
      () => fs.utimes(f, 1, 1), () => fs.restore(checkpoint),
    ]
    expect(changes.map(grows)).toEqual(changes.map(() => true))
    const reads = [() => stat('/f'), () => text('/f'), () => names('/'), () => fs.checkpoint(), () => fs.retain(f), () => fs.release(f)]
    expect(reads.map(grows)).toEqual(reads.map(() => false))
  })
})

describe('a restore under open files', () => {
  test('leaves a file that the checkpoint does not know to whoever holds it, and nobody else', () => {
    const { fs, mkdir, touch, text, names } = world()
    const checkpoint = fs.checkpoint()
    const usage = fs.usage()
    const f = touch('/f', 'held')
    const d = mkdir('/d')
    touch('/d/inside')
    fs.retain(f)
    fs.retain(d)
    fs.restore(checkpoint)
    expect(names('/')).toEqual([])
    expect(text(f)).toBe('held')
    fs.write(f, 0, new TextEncoder().encode('HELD'))
    const other = touch('/other', 'other')
    expect([text(f), text(other), other === f]).toEqual(['HELD', 'other', false])
    expect([fs.stat(f).nlink, fs.stat(d).nlink, fs.readdir(d)]).toEqual([0, 0, []])
    expect(errnoOf(() => fs.create(d, 'x', { mode: S_IFREG, ...owner }))).toBe('ENOENT')
    fs.release(f)
    fs.release(d)
    expect(errnoOf(() => fs.stat(f))).toBe('ESTALE')
    fs.unlink(fs.root, 'other')
    expect(fs.usage()).toEqual(usage)
  })

  test('gives a held file that the checkpoint knows its content back', () => {
    const { fs, touch, unlink, text } = world()
    const f = touch('/f', 'then')
    const checkpoint = fs.checkpoint()
    fs.retain(f)
    fs.write(f, 0, new TextEncoder().encode('now '))
    unlink('/f')
    fs.restore(checkpoint)
    expect([text(f), fs.stat(f).nlink]).toEqual(['then', 1])
    fs.release(f)
    expect(text('/f')).toBe('then')
  })

  test('keeps an unlinked file of the checkpoint only while it is still held', () => {
    const { fs, touch, unlink, text } = world()
    const usage = fs.usage()
    const f = touch('/f', 'held')
    fs.retain(f)
    unlink('/f')
    const checkpoint = fs.checkpoint()
    fs.restore(checkpoint)
    expect(text(f)).toBe('held')
    fs.release(f)
    expect(fs.usage()).toEqual(usage)
    fs.restore(checkpoint)
    expect(errnoOf(() => fs.stat(f))).toBe('ESTALE')
    expect(fs.usage()).toEqual(usage)
  })

  test('a release without a retain is loud', () => {
    const { fs, touch } = world()
    const f = touch('/f')
    fs.retain(f)
    fs.release(f)
    expect(() => fs.release(f)).toThrow(`inode ${f} was released more often than it was retained`)
  })
})
