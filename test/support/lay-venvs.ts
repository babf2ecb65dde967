import { chmodSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { nodeDigests } from '../../bin/node-digests.ts'
import { bytesAsSource } from '../../engine/archive/byte-source.ts'
import { installWheel } from '../../engine/install/install-wheel.ts'
import { openWheel } from '../../engine/install/wheel.ts'
import { formatRecord, parseRecord } from '../../engine/packaging/record.ts'
import { fetchWheels } from '../../scripts/fetch-wheels.ts'
import type { CommandPlace } from './command-home.ts'
import { oddWheelName } from './odd-wheel.ts'

const laidAt = new Date('2020-05-04T03:02:01Z')

/** Where the parts of an installed tree lie in an environment. */
const places: readonly [inTree: string, inVenv: string][] = [
  ['.prefix/bin/', 'bin/'], ['.prefix/data/', ''], ['.prefix/include/site/pythonX.Y/', 'include/site/python3.11/'],
  ['.prefix/platlib/', 'lib/python3.11/site-packages/'], ['.prefix/purelib/', 'lib/python3.11/site-packages/'], ['', 'lib/python3.11/site-packages/'],
]

/** A wheel in an environment, as installers leave it: scripts with the environment's Python, RECORD with what was added. `asPex`: as pex does. */
const layWheel = async (venv: string, wheel: string, asPex: boolean): Promise<void> => {
  const open = await openWheel(basename(wheel), bytesAsSource(new Uint8Array(readFileSync(wheel))))
  const scripts = { callable: () => '#!python\n', module: () => '#!python\n' }
  const { tree } = await installWheel(open, { digests: nodeDigests, scripts })
  const distInfo = `${open.prefix}.dist-info`
  const site = join(venv, 'lib/python3.11/site-packages')
  const at = (path: string): string => {
    const [inTree, inVenv] = places.find(([begin]) => path.startsWith(begin))!
    return join(venv, inVenv, path.slice(inTree.length))
  }
  const rows = parseRecord(new TextDecoder().decode(await tree.get(`${distInfo}/RECORD`)!.read()))
    .filter(({ path }) => tree.has(path) && (asPex || !path.includes('.pex-info/'))).map(row => ({ ...row, path: relative(site, at(row.path)) }))
  const added = ['INSTALLER', 'REQUESTED', 'direct_url.json'].map(name => `${distInfo}/${name}`)
  const write = (path: string, bytes: Uint8Array | string, executable = false) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    chmodSync(path, executable ? 0o755 : 0o644)
    utimesSync(path, laidAt, laidAt)
  }
  for (const [path, file] of tree) {
    if (path === '.layout.json' || (path.includes('.pex-info/') && !asPex)) continue
    const bytes = Buffer.from(await file.read())
    const isScript = path.startsWith('.prefix/bin/')
    const begins = isScript && bytes.subarray(0, 9).toString('latin1') === '#!python\n'
    write(at(path), begins ? Buffer.concat([Buffer.from(`#!${venv}/bin/python\n`), bytes.subarray(9)]) : bytes, file.executable || isScript)
  }
  for (const path of added) write(join(site, path), path.endsWith('json') ? `{"archive_info": {}, "url": "file:///${basename(wheel)}"}` : 'pip\n')
  const compiled = { path: '__pycache__/six.cpython-311.pyc', hash: '', size: '' }
  write(join(site, `${distInfo}/RECORD`), formatRecord([...added.map(path => ({ path, hash: '', size: '' })), compiled, ...rows]))
}

/**
 * Environments `one` and `two` in the directory `venvs` of a place. `python` is the Python that they are of; without it a file stands for it,
 * which the place's home knows.
 */
export const layVenvs = async ({ base, links }: CommandPlace, python?: string): Promise<void> => {
  const wheels = fetchWheels()
  const projects = ['requests', 'certifi', 'charset_normalizer', 'idna', 'urllib3', 'jmespath', 'jupyterlab_pygments', 'zope_interface'].map(name => wheels.get(name)!)
  const contents = { one: [...projects, join(links, oddWheelName)], two: ['mira', 'vega', 'deneb'].map(name => join(links, `${name}-1.0-py3-none-any.whl`)) }
  for (const [name, held] of Object.entries(contents)) {
    const venv = join(base, 'venvs', name)
    mkdirSync(join(venv, 'bin'), { recursive: true })
    if (python === undefined) writeFileSync(join(venv, 'bin/python'), '', { mode: 0o755 })
    else symlinkSync(python, join(venv, 'bin/python'))
    writeFileSync(join(venv, 'pyvenv.cfg'), `home = ${dirname(python ?? venv)}\ninclude-system-site-packages = false\nversion = 3.11.7\n`)
    for (const wheel of held) await layWheel(venv, wheel, basename(wheel).startsWith('jmespath'))
  }
}
