/** System calls on processes that do not wait. */
import { loadExecutable } from './executable.ts'
import type { Image } from './image.ts'
import { Killed } from './killed.ts'
import type { Kernel } from './kernel.ts'
import { initPid } from './process-table.ts'
import { deliverUnblocked, sendSignal } from './send-signal.ts'
import { signals } from './signals.ts'
import { joinGroup, spawn } from './spawn.ts'
import { startProgram } from './start-program.ts'
import type { SystemCalls } from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

type ProcessCalls = Pick<
  SystemCalls,
  | 'spawn' | 'exec' | 'kill' | 'times' | 'getpid' | 'getppid' | 'getpgid' | 'setpgid' | 'getsid' | 'setsid' | 'getuid'
  | 'sigaction' | 'sigprocmask' | 'sigpending' | 'alarm' | 'processes'
>

const highestSignal = 64

export function processCalls(kernel: Kernel, task: Task, image: Image): ProcessCalls {
  const { processes } = kernel
  const other = (pid: number | undefined) => (pid ? processes.get(pid) : task)
  const targets = (pid: number): Task[] => {
    if (pid > 0) return [processes.get(pid)]
    if (pid === -1) return processes.all().filter((each) => each.pid !== initPid && each !== task)
    return processes.group(pid === 0 ? task.pgid : -pid)
  }

  return {
    spawn: (request) => spawn(kernel, task, request).pid,
    exec(path, argv, env) {
      const executable = loadExecutable(kernel, task, task.cwd.path(), path, argv, env)
      task.descriptors.closeOnExec()
      for (const [signal, action] of [...task.actions]) if (action === 'handle') task.actions.delete(signal)
      image.kill()
      task.used.before += image.used()
      startProgram(kernel, task, executable, env)
      throw new Killed()
    },
    kill(pid, signal) {
      if (!(Number.isInteger(signal) && signal >= 0 && signal <= highestSignal)) throw new SystemError('EINVAL')
      const found = targets(pid)
      if (found.length === 0) throw new SystemError('ESRCH')
      if (pid === initPid) throw new SystemError('EPERM')
      if (signal !== 0) for (const target of found) sendSignal(kernel, target, signal, task.pid)
    },
    times: () => ({ own: task.used.before + image.used(), children: task.used.children }),
    getpid: () => task.pid,
    getppid: () => task.parent.pid,
    getpgid: (pid) => other(pid).pgid,
    setpgid(pid, pgid) {
      const target = other(pid)
      if (target !== task && target.parent !== task) throw new SystemError('ESRCH')
      if (pgid < 0) throw new SystemError('EINVAL')
      if (target.sid !== task.sid) throw new SystemError('EPERM')
      joinGroup(kernel, target, pgid)
    },
    getsid: (pid) => other(pid).sid,
    setsid() {
      if (processes.group(task.pid).length > 0) throw new SystemError('EPERM')
      task.sid = task.pgid = task.pid
      task.terminal = undefined
      return task.sid
    },
    getuid: () => ({ ...task.cred }),
    sigaction(signal, action) {
      const fixed = signal === signals.SIGKILL || signal === signals.SIGSTOP
      if (!(Number.isInteger(signal) && signal > 0 && signal <= highestSignal) || (fixed && action !== 'default')) {
        throw new SystemError('EINVAL')
      }
      const old = task.actions.get(signal) ?? 'default'
      if (action === 'default') task.actions.delete(signal)
      else task.actions.set(signal, action)
      if (action === 'ignore' && !task.blocked.has(signal)) task.pending.delete(signal)
      return old
    },
    sigprocmask(blocked) {
      const old = [...task.blocked]
      if (!blocked) return old
      if (!blocked.every((signal) => Number.isInteger(signal) && signal > 0 && signal <= highestSignal)) throw new SystemError('EINVAL')
      task.blocked = new Set(blocked.filter((signal) => signal !== signals.SIGKILL && signal !== signals.SIGSTOP))
      deliverUnblocked(kernel, task)
      return old
    },
    sigpending: () => [...task.pending.keys()].filter((signal) => task.blocked.has(signal)).sort((a, b) => a - b),
    alarm(milliseconds, interval = 0) {
      if (!(milliseconds >= 0 && interval >= 0)) throw new SystemError('EINVAL')
      return task.alarm.set(milliseconds, interval)
    },
    processes: () =>
      processes.all().map((each) => ({
        pid: each.pid,
        ppid: each.pid === initPid ? 0 : each.parent.pid,
        pgid: each.pgid,
        sid: each.sid,
        uid: each.cred.uid,
        tty: each.terminal?.path,
        state: each.state === 'zombie' ? 'Z' : each.state === 'stopped' ? 'T' : each === task || each.image.sleeping.size === 0 ? 'R' : 'S',
        startedAt: each.startedAt,
        cpu: each.used.before + each.image.used(),
        argv: [...each.argv],
      })),
  }
}
