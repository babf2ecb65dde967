import { parseCoreMetadata } from '../../engine/packaging/core-metadata.ts'
import { parseEntryPoints } from '../../engine/packaging/entry-points.ts'
import { PackagingError } from '../../engine/packaging/packaging-error.ts'
import { parsePylock } from '../../engine/packaging/parse-pylock.ts'
import { parseRecord } from '../../engine/packaging/record.ts'
import { formatRequirement, parseRequirement } from '../../engine/packaging/requirement.ts'
import { readRequirementsFile } from '../../engine/packaging/requirements-file.ts'
import { parseScriptMetadata } from '../../engine/packaging/script-metadata.ts'
import type { FuzzTarget } from './fuzz-target.ts'

const text = (input: Uint8Array) => new TextDecoder().decode(input)
const target = (corpus: string[], words: string[], run: FuzzTarget['run']): FuzzTarget => ({
  corpus: async () => corpus.map(each => Buffer.from(each)), words, run, isRefusal: error => error instanceof PackagingError,
})

export const requirements = target(
  ["requests[socks]>=2,<3; python_version < '3.9' and extra == 'x'", 'a @ https://h.example/a.whl ; os_name == "posix"', 'b (~=1.0rc1.post2.dev3+local.1)', 'c===any'],
  ['(', ')', '[', ']', ';', ',', '==', '~=', '===', ' and ', ' or ', ' not in ', '@', "'", '"', '1!', '.*'],
  input => {
    const written = formatRequirement(parseRequirement(text(input)))
    if (formatRequirement(parseRequirement(written)) !== written) throw new Error(`written twice it differs: ${written}`)
  },
)

export const requirementsFiles = target(
  ['-r more.txt\n--hash=sha256:00\na==1 \\\n  --hash=sha256:ab\n-i https://x.example/ # c\n-e .\n', '${A} --no-binary :all:,b\n--extra-index-url "a b"\n'],
  ['\\\n', '#', '--', '-r ', '${', '}', '"', "'", '-e', '--hash=', ' '],
  input => readRequirementsFile('/r.txt', { read: async path => (path === '/r.txt' ? input : new Uint8Array()), exists: async () => false, directory: '/', environment: { A: 'a' } }),
)

export const metadataFiles = target(
  ['Metadata-Version: 2.1\nName: a\nVersion: 1\nRequires-Dist: b; extra == "c"\nProject-URL: x, y\nKeywords: p,q\n\nBody\n'],
  [':', '\n', '\r\n', '\n ', 'From ', 'Name:', 'Description:', '\xff'],
  input => parseCoreMetadata(input),
)

export const records = target(['a.py,sha256=abc,1\n"b, c.py",,\n'], ['"', ',', '\n', 'sha256='], input => parseRecord(text(input)))

export const entryPoints = target(['[console_scripts]\na = b:c [d]\n'], ['[', ']', '=', ':', '\n'], input => parseEntryPoints(text(input)))

export const lockFiles = target(
  ['lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "a"\nversion = "1"\n[[packages.wheels]]\nname = "a-1-py3-none-any.whl"\nurl = "https://h.example/a-1-py3-none-any.whl"\nhashes = {sha256 = "ab"}\n'],
  ['[[packages]]', '[', ']', '=', '"', '{', '}', '\n', 'nan', '1979-05-27'],
  input => parsePylock(text(input)),
)

export const scripts = target(['# /// script\n# requires-python = ">=3.11"\n# dependencies = ["a"]\n# ///\nprint()\n'], ['# ///', '#', '\n', '"', '[', ']'], input => parseScriptMetadata(text(input)))
