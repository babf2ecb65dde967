/** The shapes of a worker's calls: a message of any other shape is refused before it reaches the kernel. */
import { AF_INET, AF_UNIX } from '../machine/socket-numbers.ts'
import type { CallName } from './protocol.ts'

type Check = (value: unknown) => boolean

const whole: Check = value => Number.isSafeInteger(value)
const number: Check = value => typeof value === 'number' && Number.isFinite(value)
const text: Check = value => typeof value === 'string' && !value.includes('\0')
const path: Check = value => text(value) && (value as string).length < 1 << 16
const bytes: Check = value => value instanceof Uint8Array
const flag: Check = value => typeof value === 'boolean'
const optional = (check: Check): Check => value => value === undefined || check(value)
const time: Check = value => value === null || value === undefined || number(value)
const oneOf = (...values: unknown[]): Check => value => values.includes(value)
const list = (check: Check): Check => value => Array.isArray(value) && value.every(check)
const recordOf = (check: Check): Check => value => isRecord(value) && Object.values(value).every(check)
const shape = (fields: Record<string, Check>): Check => value =>
  isRecord(value) && Object.entries(fields).every(([name, check]) => check(value[name]))
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const termios = shape({ iflag: whole, oflag: whole, cflag: whole, lflag: whole, cc: list(whole) })
const spawnRequest = shape({
  path, argv: list(text), env: recordOf(text), cwd: optional(path), fds: optional(recordOf(whole)), pgid: optional(whole),
  foreground: optional(whole), newSession: optional(flag), ignore: optional(list(whole)), umask: optional(whole),
})
const internetAddress = shape({ family: oneOf(AF_INET), host: text, port: whole })
const unixAddress = shape({ family: oneOf(AF_UNIX), path: value => typeof value === 'string' })
const address: Check = value => internetAddress(value) || unixAddress(value)

const lockRange = shape({ kind: oneOf('read', 'write', 'unlock'), whence: whole, start: whole, length: whole })

const calls: Record<CallName, Check[]> = {
  lookUp: [path, flag], openWhole: [path, whole, whole, flag], mkdirWhole: [path, whole, list(path)],
  renameWhole: [path, path, list(path)], listWhole: [path], readModules: [path, path], makeFile: [path, whole, bytes], spawnChild: [spawnRequest, flag],
  open: [path, whole, optional(whole)], close: [whole], read: [whole, whole], write: [whole, bytes], pread: [whole, whole, whole],
  pwrite: [whole, bytes, whole], lseek: [whole, whole, whole], dup: [whole, optional(whole), optional(flag)],
  dup2: [whole, whole, optional(flag)], pipe: [optional(whole)], pipeSize: [whole, optional(whole)], getFlags: [whole],
  setFlags: [whole, shape({ status: optional(whole), closeOnExec: optional(flag) })],
  stat: [path], lstat: [path], fstat: [whole], access: [path, whole], mkdir: [path, optional(whole)], rmdir: [path], unlink: [path],
  rename: [path, path], link: [path, path], symlink: [path, path], readlink: [path], realpath: [path], mkfifo: [path, optional(whole)],
  chmod: [path, whole], fchmod: [whole, whole], chown: [path, whole, whole, optional(flag)], utimes: [path, time, time, optional(flag)],
  futimes: [whole, time, time], truncate: [path, whole], ftruncate: [whole, whole], readdir: [path], freaddir: [whole], readdirStats: [path],
  readFiles: [path, list(text), whole], chdir: [path],
  fchdir: [whole], getcwd: [], umask: [optional(whole)], statfs: [path], flock: [whole, whole],
  setLock: [whole, lockRange, flag], getLock: [whole, lockRange],
  spawn: [spawnRequest], exec: [path, list(text), recordOf(text)], wait: [whole, optional(whole)], times: [], kill: [whole, whole], getpid: [],
  getppid: [], getpgid: [optional(whole)], setpgid: [whole, whole], getsid: [optional(whole)], setsid: [], getuid: [],
  sigprocmask: [optional(list(whole))], sigpending: [], sigtimedwait: [list(whole), number],
  sigaction: [whole, oneOf('default', 'ignore', 'handle')], alarm: [number, optional(number)], sleep: [number],
  poll: [list(shape({ fd: whole, events: whole })), number], processes: [],
  isatty: [whole], ttyname: [whole], tcgetattr: [whole], tcsetattr: [whole, oneOf('now', 'drain', 'flush'), termios], tcgetpgrp: [whole],
  tcsetpgrp: [whole, whole], getWindowSize: [whole], setWindowSize: [whole, shape({ rows: whole, columns: whole })], available: [whole],
  socket: [whole, whole, optional(whole)], socketpair: [whole, whole, optional(whole)], bind: [whole, address], listen: [whole, whole],
  accept: [whole, optional(whole)], connect: [whole, address], getsockname: [whole], getpeername: [whole],
  send: [whole, bytes, optional(whole), optional(address)], receive: [whole, whole, optional(whole)], shutdown: [whole, whole],
  resolve: [path], getsockopt: [whole, whole, whole], setsockopt: [whole, whole, whole, list(whole)], sockets: [],
}

/** Throws a TypeError that names the call and the argument. */
export function checkArguments(message: object): { name: CallName; args: unknown[] } {
  const { name, args } = message as { name?: unknown; args?: unknown }
  if (typeof name !== 'string' || !Object.hasOwn(calls, name)) throw new TypeError(`no system call is named ${String(name)}`)
  const checks = calls[name as CallName]
  if (!Array.isArray(args) || args.length > checks.length) throw new TypeError(`${name}: wrong number of arguments`)
  checks.forEach((check, index) => {
    if (!check(args[index])) throw new TypeError(`${name}: argument ${index + 1} is malformed`)
  })
  return { name: name as CallName, args }
}
