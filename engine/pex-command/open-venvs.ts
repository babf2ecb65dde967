import type { Arguments } from './parse-arguments.ts'
import { absolutePath, joinPath } from './paths.ts'
import type { HomePython, PexHome } from './pex-home.ts'
import { UsageError } from './usage-error.ts'

/** An environment of a Python on a POSIX system: what `python -m venv` makes. */
export interface Venv {
  /** As messages name it. */
  readonly path: string
  readonly python: HomePython
  /** Both are absolute, without symlinks. */
  readonly prefix: string
  readonly sitePackages: string
}

const wrong = (problem: string) => new UsageError(`argument --venv-repository: ${problem}`)

const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'))

const openVenv = async (path: string, program: string, home: PexHome): Promise<Venv | undefined> => {
  const { files } = home
  const python = await files.kind(program) === 'file' ? await home.python(program) : undefined
  if (!python) return undefined
  const directory = absolutePath(path, home.directory)
  for (const threads of ['', 't']) {
    const sitePackages = joinPath(directory, 'lib', `python${python.target.markers.python_version}${threads}`, 'site-packages')
    if (await files.kind(sitePackages) !== 'directory') continue
    return { path, python, prefix: await files.realPath(directory), sitePackages: await files.realPath(sitePackages) }
  }
  return undefined
}

const openDirectory = (path: string, home: PexHome) => openVenv(path, joinPath(absolutePath(path, home.directory), 'bin/python'), home)

/** The environment that a Python is the Python of. */
const enclosing = async (program: string, home: PexHome): Promise<Venv | undefined> => {
  const absolute = absolutePath(program, home.directory)
  const directory = parentOf(parentOf(absolute))
  return await home.files.kind(joinPath(directory, 'pyvenv.cfg')) === 'file' ? openVenv(directory, absolute, home) : undefined
}

const current = async (home: PexHome): Promise<Venv> => {
  const python = await home.python()
  const venv = (python && await enclosing(python.path, home)) ?? await openDirectory('.', home)
  if (venv) return venv
  throw wrong([
    'The --venv-repository option was requested but Pex is not currently running from a venv to use as the implicit --venv-repository nor is the current directory a venv.',
    "You'll need to specify the path to a virtual environment directory or virtual environment interpreter as an argument.",
  ].join('\n'))
}

/** The environments of `--venv-repository`: directories, Pythons in them, and without a value the one at hand. Throws UsageError in pex's words. */
export const openVenvs = async (options: Arguments, home: PexHome): Promise<Venv[]> => {
  const venvs: Venv[] = []
  for (const value of options.values('venv_repositories')) {
    if (value === '') {
      venvs.push(await current(home))
      continue
    }
    const kind = await home.files.kind(value)
    if (kind === undefined) throw wrong(`The --venv-repository ${value} does not point to an existing path.`)
    const isProgram = kind === 'file' && await home.files.isExecutable(value)
    const venv = await (isProgram ? enclosing(value, home) : openDirectory(value, home))
    if (!venv) throw wrong(`The --venv-repository ${value} is not a valid virtual environment interpreter path.`)
    venvs.push(venv)
  }
  return venvs
}
