import { expect, test } from 'vitest'
import { parseAbbreviatedPlatform } from '../packaging/abbreviated-platform.ts'
import { pyodideTarget } from '../packaging/target.ts'
import { namedTarget } from './named-target.ts'

const readText = () => Promise.reject(new Error('no file is read'))

test('a plain Linux is what --platform makes of it', async () => {
  const { target, flags, assumed } = await namedTarget('linux_x86_64-cp-311-cp311', { readText })
  expect(target).toEqual(parseAbbreviatedPlatform('manylinux2014_x86_64-cp-311-cp311'))
  expect(flags).toEqual(['--platform', 'linux_x86_64-cp-311-cp311'])
  expect(assumed).toBe('linux_x86_64-cp-311-cp311 was taken for manylinux2014_x86_64-cp-311-cp311: a newer glibc has to be named, as in manylinux_2_28_x86_64-cp-311-cp311.')
  expect(await namedTarget('manylinux2014_x86_64-cp-311-cp311', { readText })).not.toHaveProperty('assumed')
})

test('this machine, by each of its names', async () => {
  const machine = { ...pyodideTarget(), description: 'a Python' }
  for (const name of ['machine', 'this machine', 'this-machine', 'current']) {
    expect(await namedTarget(name, { readText, machine })).toEqual({ target: { ...machine, description: 'this machine, Python 3.14' }, flags: [] })
  }
  await expect(namedTarget('current', { readText })).rejects.toThrow('what this machine takes is not known here')
})
