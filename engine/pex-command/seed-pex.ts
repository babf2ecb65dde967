import { PexError } from '../pex/pex-error.ts'
import type { HomePython, PexHome } from './pex-home.ts'

/**
 * For a Python: installs a PEX by the runtime in it, as its first run would, and prints where it then starts. Its arguments: the PEX, how much
 * is told.
 */
const script = `\
import json, os, sys

pex_file, told = sys.argv[1:]
sys.path.insert(0, os.path.join(pex_file, ".bootstrap"))

from pex.interpreter import PythonInterpreter
from pex.layout import ensure_installed
from pex.pex import PEX
from pex.pex_bootstrapper import ensure_venv
from pex.pex_info import PexInfo
from pex.variables import ENV

info = PexInfo.from_pex(pex_file)
python = PythonInterpreter.get()
settings = info.copy()
settings.update(PexInfo.from_env())
if info.venv:
    with ENV.patch(PEX=os.path.realpath(pex_file)):
        start = ensure_venv(PEX(pex_file, interpreter=python)).pex
else:
    start = os.path.join(ensure_installed(pex=pex_file, pex_root=settings.pex_root, pex_hash=info.pex_hash), "__main__.py")
all_of_it = dict(seeded_from=pex_file, pex_root=settings.pex_root, python=python.binary, pex=start)
print(json.dumps(all_of_it) if told == "verbose" else start)
`

/** `--seed`: has a Python fill the caches of a PEX and print how it is started from there; its exit status. Source: pex/bin/pex.py, seed_cache. */
export const seedPex = (path: string, told: string, python: HomePython | undefined, home: PexHome): Promise<number> => {
  if (!python) throw new PexError('--seed needs a Python to unpack the PEX with, and none was found on PATH: leave it out, the first run does the same')
  return home.run(python.path, ['-sE', '-c', script, path, told])
}
