import type { EntryRun } from '../archive/entry-run.ts'
import { hex } from '../bytes/hex.ts'
import type { Digests } from '../install/digests.ts'
import type { InstalledWheel } from '../install/install-wheel.ts'
import { fileOf, type Tree, type TreeFile } from '../install/tree-file.ts'
import { prepareBootstrap } from './bootstrap.ts'
import { codeHash } from './code-hash.ts'
import { findConsoleScript } from './console-script.ts'
import { distributionHash } from './distribution-hash.ts'
import { bootCode } from './main-script.ts'
import type { PackedBootstrap, PackedDistribution } from './packed-distribution.ts'
import { PexError } from './pex-error.ts'
import { completeSettings, pexInfoText, type PexInfo, type PexSettings } from './pex-info.ts'
import { bootstrapDirectory, dependenciesDirectory, importHook, infoName, type PexTree } from './pex-tree.ts'
import type { Runtime } from './runtime.ts'
import { shBootScript, type TargetPython } from './sh-boot.ts'

export interface PexInput {
  runtime: Runtime
  digests: Digests
  python: TargetPython
  /** Packed ones, and what gives a packed bootstrap: only for a zipapp, to which sources add nothing in their directories. */
  distributions: readonly (InstalledWheel | PackedDistribution)[]
  bootstrap?: (includesTools: boolean) => Promise<PackedBootstrap | undefined>
  /** The distributions' files, by file name: they go in instead of the trees. */
  wheels?: ReadonlyMap<string, TreeFile>
  /** Your code: paths relative to the PEX's root. */
  sources?: Tree
  /** `--exe`: a script, which becomes the entry point. */
  executable?: TreeFile | undefined
  /** `script` is `-c`: the console script or script of that name becomes what is started. */
  settings?: PexSettings
  /** Text before the code of `__main__.py`. */
  preamble?: string
  /** `--python-shebang`, with or without `#!`. */
  shebang?: string
  shBoot?: boolean
  layout?: 'zipapp' | 'packed' | 'loose'
  /** PEX-INFO's `distributions` of what `--pex-path` names, by those names. */
  pexPath?: Record<string, Record<string, string>>
}

const encoder = new TextEncoder()

const executableModule = '__pex_executable__'

const userCode = ({ sources = new Map(), executable }: PexInput): Tree => {
  const code = new Map(sources)
  if (executable) addTo(code, `${executableModule}.py`, executable, 'executable')
  return code
}

/** Adds a file to a tree. Throws PexError, in pex's words, where one is already. */
export const addTo = (tree: Tree, path: string, file: TreeFile, fileset: string): void => {
  if (tree.has(path)) throw new PexError(`Trying to add ${path} to fileset(${fileset}) but already in fileset(source)!`)
  tree.set(path, file)
}

const textHash = async (text: string, { sha1 }: Digests): Promise<string> => {
  const hasher = sha1()
  hasher.update(encoder.encode(text))
  return hex(await hasher.digest())
}

const started = ({ settings = {}, executable, distributions }: PexInput): PexSettings => {
  if (executable) return { ...settings, entry_point: executableModule }
  if (settings.script === undefined) return settings
  const { script, ...rest } = settings
  return { ...rest, ...findConsoleScript(script, distributions) }
}

const byName = <T>(entries: Iterable<readonly [string, T]>): Record<string, T> => Object.fromEntries(entries)

/** `#!` and a path, whichever way it was given. */
const asShebang = (text: string) => (text.startsWith('#!') ? text : `#!${text}`)

/** A packed or loose PEX's `__main__.py` that `sh` runs: to Python the script is a string. */
const redirected = (main: string, script: string): string =>
  `#!/bin/sh\n'''': pshprs\n${script.replace(/\n$/, '')}\n'''\n${main.slice(main.indexOf('\n') + 1)}`

/**
 * A pex wheel's runtime, installed wheels, user code and settings -> a PEX's parts, its hashes in PEX-INFO. Source: pex/pex_builder.py. Throws
 * PexError: a script that no distribution has, user code where a generated file goes.
 */
export const assemblePex = async (input: PexInput): Promise<PexTree> => {
  const { runtime, digests, distributions, wheels, python, layout = 'zipapp' } = input
  const settings = completeSettings({ ...started(input), deps_are_wheel_files: wheels !== undefined }, runtime.version)
  const code = userCode(input)
  const { includes_tools: includesTools } = settings
  const bootstrap = await input.bootstrap?.(includesTools) ?? await prepareBootstrap(runtime, { includesTools, digests })
  const parts: [string, Tree | TreeFile | EntryRun, string][] = []
  for (const distribution of distributions) {
    const { fileName, fingerprint } = distribution
    const whole = wheels?.get(fileName)
    if (wheels && !whole) throw new PexError(`${fileName} is to go in as it is, but its file was not given`)
    parts.push(whole ? [fileName, whole, await distributionHash(whole, digests.sha256())] : [fileName, 'run' in distribution ? distribution.run : distribution.tree, fingerprint])
  }
  const unhashed = {
    ...settings,
    bootstrap_hash: bootstrap.hash,
    code_hash: await codeHash(code, digests),
    distributions: byName(parts.map(([name, , hash]) => [name, hash])),
  }
  const info: PexInfo = { ...unhashed, pex_hash: await textHash(pexInfoText(unhashed), digests) }
  const boot = await bootCode(runtime, info)
  const defaultShebang = `#!/usr/bin/env python${python.version.join('.')}`
  const ownShebang = input.shebang && !input.shBoot ? asShebang(input.shebang) : defaultShebang
  const main = `${ownShebang}\n${input.preamble ?? ''}\n${boot}`
  const script = input.shBoot
    ? await shBootScript(runtime, { info, python, layout, digests, shebang: input.shebang, pexPath: input.pexPath })
    : undefined
  const files: Tree = new Map()
  const runs = new Map<string, EntryRun>()
  if ('run' in bootstrap) runs.set(bootstrapDirectory, bootstrap.run)
  else for (const [path, file] of bootstrap.tree) files.set(`${bootstrapDirectory}/${path}`, file)
  for (const [path, file] of code) files.set(path, file)
  addTo(files, infoName, fileOf(encoder.encode(pexInfoText(info))), 'manifest')
  const mainText = script !== undefined && layout !== 'zipapp' ? redirected(main, script) : main
  addTo(files, '__main__.py', fileOf(encoder.encode(mainText), true), 'main')
  addTo(files, importHook, fileOf(encoder.encode(boot)), 'importhook')
  const trees: PexTree['distributions'] = new Map()
  for (const [name, part] of parts) {
    if ('central' in part) runs.set(`${dependenciesDirectory}/${name}`, part)
    else trees.set(name, part)
  }
  return {
    info,
    files,
    distributions: trees,
    runs,
    shebang: script === undefined ? ownShebang : '#!/bin/sh',
    header: layout === 'zipapp' ? script : undefined,
  }
}
