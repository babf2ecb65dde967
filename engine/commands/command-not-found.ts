import type { Command, Process } from '../machine/process.ts'
import { SystemError } from '../machine/system-error.ts'
import { similarNames } from './similar-names.ts'

/** What to do here instead of calling a program that people know from other machines. */
const instead: readonly [names: string, remedy: string][] = [
  ['pex pex3 pex-tools pexec', '`pipx install pex` brings it.'],
  ['pip pip3', '`pex NAME -o FILE.pex` puts a package into a file that runs, `pipx install pex` brings pex.'],
  ['conda mamba poetry uv virtualenv', '`python -m venv --without-pip DIRECTORY` makes an environment, `pex NAME -o FILE.pex` a file with packages in it.'],
  ['apt apt-get apk brew dnf pacman snap yum', 'This machine has what is in /usr/bin and /opt/bin; pipx installs pex, and nothing else is installed.'],
  ['doas su sudo', 'Nobody is root here: /home/user and /tmp are yours.'],
  ['ed emacs joe micro pico vi vim code', '`nano FILE` edits a file.'],
  ['info man', '`NAME --help` tells how a command is used, `help NAME` does for the shell\'s own.'],
  ['awk gawk perl ruby lua php', '`python -c`, `cut`, `sed` and `grep` are here.'],
  ['bzip2 gunzip gzip tar xz zstd', '`zip` and `unzip` are here, and `python -m tarfile` and `python -m gzip`.'],
  ['wget', '`curl -O URL` fetches a file.'],
  ['htop top', '`ps` lists what runs.'],
  ['bc cal', '`python -c` calculates, `python -m calendar` prints one.'],
  ['node npm npx', 'The programs of this machine are its commands and Python.'],
  ['cc gcc git make docker podman ssh scp sftp rsync ping', 'This machine is in a web page: `ls /usr/bin /opt/bin` shows what it has.'],
  ['class def from import print', 'That is Python: `python` opens its prompt.'],
  ['cls', '`clear` does that here.'],
  ['copy xcopy', '`cp` does that here.'],
  ['del erase', '`rm` does that here.'],
  ['dir', '`ls` does that here.'],
  ['md', '`mkdir` does that here.'],
  ['move ren', '`mv` does that here.'],
]

/** As many as one looks at. */
const most = 3

/** `command-not-found -- NAME`, which the shell's command_not_found_handle runs: bash's words, and what there is instead, where something is. */
export const commandNotFound: Command = async (args, process) => {
  const name = args.at(-1) ?? ''
  const remedy = instead.find(([names]) => names.split(' ').includes(name))?.[1]
  await process.stderr.write(`bash: ${name}: command not found\n${remedy ?? (await guess(name, process))}`.trimEnd() + '\n')
  return 127
}

async function guess(name: string, process: Process): Promise<string> {
  const names = similarNames(name, await programNames(process))
  return names.length && names.length <= most ? `Did you mean ${names.map((each) => `\`${each}\``).join(' or ')}?` : ''
}

async function programNames({ env, system }: Process): Promise<Set<string>> {
  const names = new Set<string>()
  for (const directory of (env.PATH ?? '').split(':')) {
    try {
      for (const { name } of await system.readdir(directory)) names.add(name)
    } catch (error) {
      if (!(error instanceof SystemError)) throw error
    }
  }
  return names
}
