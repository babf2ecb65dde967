/** Brings up an interpreter from nothing, puts the personality in place, and takes its memory. Runs once, when the project is set up. */
import { errnoTable } from '../machine/errno.ts'
import { bootBare, type InterpreterParts } from './boot-bare.ts'
import { takeSnapshot, type Booted } from './boot-interpreter.ts'
import { nameErrorsAsOnLinux } from './name-errors.ts'

/** `sources`: name -> text of the files in personality/. Throws with what Python printed where it fails. */
export async function prepareSnapshot(parts: InterpreterParts, sources: Record<string, string>): Promise<Uint8Array> {
  const { booted, machine, run } = await bootBare(parts)
  run(INSTALL, { sources: JSON.stringify(sources), errnos: JSON.stringify(errnoTable) })
  printVersionAs(booted, run('import sys; sys.version', {}) as string)
  nameErrorsAsOnLinux(booted)
  return takeSnapshot(booted, machine)
}

/** What `python3 -VV` prints: getversion.c keeps it in a buffer, where it would be cut off in the middle of an address. */
function printVersionAs({ interpreter, heap }: Booted, version: string) {
  heap.putString(version, interpreter._Py_GetVersion(), VERSION_SIZE)
}
/** getversion.c: static char version[250]. */
const VERSION_SIZE = 250

const INSTALL = `
import json
def _install():
    texts = json.loads(sources)
    scope = {}
    exec(compile(texts['install'], '<install>', 'exec'), scope)
    scope['install'](texts, json.loads(errnos))
_install()
`
