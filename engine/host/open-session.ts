/** The machines' end of one session: a machine, its shell on a terminal, and what the page asks of them. */
import { programs as commands } from '../commands/programs.ts'
import type { ByteStream } from '../machine/byte-stream.ts'
import { hostsByFetch } from '../http/hosts-by-fetch.ts'
import { CHANGE_LOG } from '../machine/change-log.ts'
import { createMachine } from '../machine/create-machine.ts'
import type { Checkpoint } from '../machine/file-system.ts'
import type { ForeignProgram, Machine, TerminalPort } from '../machine/machine.ts'
import type { Command } from '../machine/process.ts'
import type { WindowSize } from '../machine/system-calls.ts'
import { watchTree } from '../machine/watch-tree.ts'
import { createShell } from '../shell/create-shell.ts'
import type { ShellState } from '../shell/shell-state.ts'
import { freePath } from './free-path.ts'
import { gatherOutput } from './gather-output.ts'
import { layFixture } from './lay-fixture.ts'
import { createPromptMarks } from './prompt-marks.ts'
import type { Fixture, SessionState, TreeEntry } from './session.ts'

/** Output that the page has not taken in yet, in bytes, before programs that print have to wait. */
const WINDOW = 256 * 1024
/** A command that runs longer than this (milliseconds) is named in the session's state. */
const SOON = 150

export interface OpenSession {
  input(text: string): void
  resize(size: WindowSize): void
  taken(bytes: number): void
  checkpoint(): number | undefined
  endServers(): Promise<string[]>
  restore(checkpoint: number): Promise<void>
  readFile(path: string): Uint8Array
  writeFile(path: string, bytes: Uint8Array, keep: boolean): string
  watch(directory: string, listener: (entries: TreeEntry[]) => void): () => void
  connect(port: number): Promise<ByteStream>
  watchPort(port: number, listener: (listening: boolean) => void): () => void
  close(): Promise<void>
}

export interface SessionEvents {
  output(bytes: Uint8Array): void
  state(state: SessionState): void
}

export const environment = {
  HOME: '/home/user',
  USER: 'user',
  LOGNAME: 'user',
  SHELL: '/bin/bash',
  PATH: '/home/user/.local/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin',
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
  LANG: 'C.UTF-8',
  PS1: '$ ',
}

/** What all machines of a page share. `python` may still be loading: a process that starts it early waits for it. */
export interface Shared {
  readonly python: ForeignProgram
  readonly fetch: typeof fetch
}

export async function openSession(fixture: Fixture, initialSize: WindowSize, { python, fetch }: Shared, events: SessionEvents): Promise<OpenSession> {
  let size = initialSize
  let terminal: TerminalPort
  let leader = 0
  let shellState: ShellState | undefined
  let unread = 0
  let drained: (() => void) | undefined
  /** Terminals that are being taken down: what their shells still do is of no interest. */
  const ended = new WeakSet<TerminalPort>()
  const checkpoints: { files: Checkpoint; shell: ShellState | undefined; status: number }[] = []
  const state: SessionState = { cwd: fixture.directory, atPrompt: false, command: undefined, status: 0, waiting: false }
  const output = gatherOutput(bytes => events.output(bytes))
  const env = { ...environment, ...fixture.env }

  /** The session's own shell starts from a remembered state and tells its state at each prompt; every other bash is an ordinary one. */
  const plainShell = createShell()
  let leaderShell: Command = plainShell
  const shell: Command = (args, process) => (process.pid === leader ? leaderShell : plainShell)(args, process)

  const machine: Machine = createMachine({
    programs: {
      ...commands,
      bash: { path: '/usr/bin/bash', links: ['/usr/bin/sh'], program: { kind: 'command', run: shell } },
      'python3.14': { path: '/opt/bin/python3.14', links: ['/opt/bin/python3', '/opt/bin/python'], program: { kind: 'foreign', program: python } },
    },
    changes: new Int32Array(new SharedArrayBuffer(CHANGE_LOG)),
    fetch,
    outside: hostsByFetch(fetch),
  })
  await layFixture(machine, fixture, env)

  let closed = false
  const changed = (change: Partial<SessionState>) => {
    if (closed || !Object.entries(change).some(([key, value]) => state[key as keyof SessionState] !== value)) return
    Object.assign(state, change)
    output.flush()
    events.state({ ...state })
  }

  function startShell(initial: ShellState | undefined) {
    shellState = undefined
    unread = 0
    drained = undefined
    const here = machine.openTerminal(size)
    terminal = here
    const marks = createPromptMarks(mark => {
      if (mark.kind === 'input') changed({ atPrompt: true, command: undefined })
      else if (mark.kind === 'command') {
        changed({ atPrompt: false, command: undefined })
        setTimeout(nameCommand, SOON)
      }
      else if (mark.kind === 'done') changed({ status: mark.status })
      else if (mark.kind === 'directory') changed({ cwd: mark.path })
    })
    here.onOutput = bytes => {
      if (ended.has(here)) return
      output.add(bytes)
      marks(bytes)
      unread += bytes.length
      if (unread > WINDOW) return new Promise<void>(resolve => { drained = resolve })
    }
    const nameCommand = () => {
      if (!ended.has(here) && !state.atPrompt) changed({ command: here.foreground()?.argv.join(' ') })
    }
    here.onWaiting = waiting => {
      if (ended.has(here)) return
      changed({ waiting: waiting && !state.atPrompt })
      nameCommand()
    }
    leaderShell = createShell({ initial, onPrompt: now => { shellState = now } })
    const shellProcess = machine.start({ path: '/bin/bash', argv: ['bash'], env, cwd: initial?.cwd ?? fixture.directory, terminal: here })
    leader = shellProcess.pid
    // `exit` at the prompt must not leave a dead panel: a new shell takes the old one's place, as a terminal window would be reopened.
    void shellProcess.ended.then(() => {
      if (!ended.has(here)) startShell(undefined)
    })
  }

  async function endAll() {
    const old = terminal
    output.flush()
    ended.add(old)
    old.onOutput = undefined
    old.onWaiting = undefined
    drained?.()
    leader = 0
    await machine.killAll()
    old.hangup()
  }

  startShell(undefined)

  return {
    input: text => terminal.input(new TextEncoder().encode(text)),
    resize: next => {
      size = next
      terminal.resize(next)
    },
    taken: bytes => {
      unread = Math.max(0, unread - bytes)
      if (unread > WINDOW / 2) return
      drained?.()
      drained = undefined
    },
    // The shell is the one that always runs.
    checkpoint: () => machine.running > 1 ? undefined : checkpoints.push({ files: machine.checkpoint(), shell: shellState, status: state.status }) - 1,
    endServers: machine.endServers,
    async restore(number) {
      const checkpoint = checkpoints[number]
      if (!checkpoint) throw new Error(`no checkpoint ${number}: there are ${checkpoints.length}`)
      await endAll()
      machine.restore(checkpoint.files)
      Object.assign(state, { atPrompt: false, command: undefined, waiting: false, status: checkpoint.status })
      startShell(checkpoint.shell)
    },
    readFile: path => {
      const { ino } = machine.fs.resolve(path)
      if (ino === undefined) throw new Error(`${path}: No such file or directory`)
      return machine.fs.read(ino, 0, machine.fs.stat(ino).size)
    },
    writeFile: (wanted, bytes, keep) => {
      const path = keep ? freePath(machine.fs, wanted) : wanted
      const { parent, name, ino } = machine.fs.resolve(path)
      const file = ino ?? machine.fs.create(parent, name, { mode: 0o100644, uid: 1000, gid: 1000 })
      machine.fs.truncate(file, 0)
      machine.fs.write(file, 0, bytes)
      return path
    },
    watch: (directory, listener) => watchTree(machine, directory, listener),
    connect: machine.connect,
    watchPort: machine.watchPort,
    async close() {
      closed = true
      await endAll()
    },
  }
}
