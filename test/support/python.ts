/** Python for tests in Node: everything that set-up makes, made again where the working tree has changed. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { programs } from '../../engine/commands/programs.ts'
import { CHANGE_LOG } from '../../engine/machine/change-log.ts'
import { createMachine } from '../../engine/machine/create-machine.ts'
import type { Machine, MachineOptions } from '../../engine/machine/machine.ts'
import type { WaitStatus } from '../../engine/machine/system-calls.ts'
import { SystemError } from '../../engine/machine/system-error.ts'
import { createPython, type Python } from '../../engine/python/create-python.ts'
import type { CreateWorker } from '../../engine/python/pool.ts'
import { createShell } from '../../engine/shell/create-shell.ts'
import { bundleWorker } from '../../scripts/bundle-worker.ts'
import { keepMade } from '../../scripts/keep-made.ts'
import { makeSnapshot, snapshotInputs } from '../../scripts/make-snapshot.ts'
import { packStdlib, stdlibInputs } from '../../scripts/pack-stdlib.ts'
import { pyodideFiles } from '../../scripts/pyodide.ts'
import { root } from '../../scripts/root.ts'
import { home, usualEnvironment, writeFiles, type TestFile } from './machine.ts'
import { nodeWorkers } from './python-workers.ts'

/** `watched` may look at the workers as they come and go. */
export async function startPython(spares = 1, watched: (create: CreateWorker) => CreateWorker = create => create): Promise<Python> {
  const python = createPython({
    module: await WebAssembly.compile(await readFile(pyodideFiles.wasm)),
    stdlib: shared(await made('public/pyodide/stdlib.bin', await stdlibInputs(), packStdlib)),
    snapshot: shared(await made('public/pyodide/snapshot.bin', await snapshotInputs(), makeSnapshot)),
    createWorker: watched(nodeWorkers(await bundleWorker())),
    spares,
  })
  await python.ready
  return python
}

/** What set-up makes, from the working tree. */
async function made(path: string, inputs: string[], make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  await keepMade(path, inputs, make)
  return readFile(join(root, path))
}

function shared(bytes: Uint8Array): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(bytes.length)
  new Uint8Array(memory).set(bytes)
  return memory
}

/** A machine with every command, the shell and Python. */
export function machineWithPython(python: Python, wayOut: Pick<MachineOptions, 'fetch' | 'outside'> = {}): Machine {
  return createMachine({
    programs: {
      ...programs,
      bash: { path: '/usr/bin/bash', links: ['/usr/bin/sh'], program: { kind: 'command', run: createShell() } },
      'python3.14': { path: '/opt/bin/python3.14', links: ['/opt/bin/python3', '/opt/bin/python'], program: { kind: 'foreign', program: python } },
    },
    changes: new Int32Array(new SharedArrayBuffer(CHANGE_LOG)),
    ...wayOut,
  })
}

export interface LineResult {
  ended: WaitStatus
  stdout: string
  stderr: string
}

function known(machine: Machine, path: string) {
  try {
    const place = machine.fs.resolve(path)
    return place.ino === undefined ? undefined : place
  } catch (error) {
    if (error instanceof SystemError) return undefined
    throw error
  }
}

/** Runs a line as `bash -c` would, in /home/user/demo with these files, with no input. */
export async function runLine(machine: Machine, line: string, files: Record<string, TestFile> = {}): Promise<LineResult> {
  const [out, err, demo] = [`${home}/stdout`, `${home}/stderr`, `${home}/demo`]
  for (const path of [out, err, ...Object.keys(files).map(name => `${demo}/${name}`)]) {
    const place = known(machine, path)
    if (place) machine.fs.unlink(place.parent, place.name)
  }
  writeFiles(machine.fs, { ...files, [out]: '', [err]: '', [`${demo}/`]: '' }, demo)
  const { ended } = machine.start({
    path: '/bin/bash',
    argv: ['bash', '-c', `{ eval "$LINE"; } < /dev/null > ${out} 2> ${err}`],
    env: { ...usualEnvironment, LINE: line },
    cwd: demo,
  })
  const status = await ended
  const text = (path: string) => {
    const { ino } = machine.fs.resolve(path)
    return new TextDecoder().decode(machine.fs.read(ino ?? machine.fs.root, 0, 1 << 24))
  }
  return { ended: status, stdout: text(out), stderr: text(err) }
}
