/** System calls whose purpose is to wait: for children, for time, for any of several descriptors. */
import { again, block } from './block.ts'
import { reap } from './end-task.ts'
import type { Image } from './image.ts'
import type { Kernel } from './kernel.ts'
import {
  POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, WCONTINUED, WNOHANG, WUNTRACED, type SystemCalls, type WaitStatus,
} from './system-calls.ts'
import { SystemError } from './system-error.ts'
import type { Task } from './task.ts'

type WaitingCalls = Pick<SystemCalls, 'wait' | 'sleep' | 'poll' | 'sigtimedwait'>

export function waitingCalls(kernel: Kernel, task: Task, image: Image): WaitingCalls {
  const matching = (pid: number) =>
    [...task.children].filter((child) => {
      if (pid > 0) return child.pid === pid
      return pid === -1 || child.pgid === (pid === 0 ? task.pgid : -pid)
    })
  const takeReport = (child: Task, options: number): WaitStatus | undefined => {
    const { report } = child
    if (!report) return undefined
    if (child.state === 'zombie') {
      task.used.children += child.used.before + child.image.used() + child.used.children
      reap(kernel, child)
    } else if (report.kind === 'stopped' ? !(options & WUNTRACED) : !(options & WCONTINUED)) return undefined
    child.report = undefined
    return report
  }

  return {
    wait(pid, options = 0) {
      const attempt = () => {
        const children = matching(pid)
        if (children.length === 0) throw new SystemError('ECHILD')
        for (const child of children) {
          const report = takeReport(child, options)
          if (report) return report
        }
        return options & WNOHANG ? undefined : again
      }
      return block(image, attempt, { queues: [task.childChanged] })
    },
    sleep(milliseconds) {
      if (!(milliseconds >= 0)) throw new SystemError('EINVAL')
      return block<void>(image, () => again, { queues: [], limit: { milliseconds, answer: () => undefined } })
    },
    sigtimedwait(wanted, milliseconds) {
      const attempt = () => {
        const signal = wanted.find((each) => task.pending.has(each))
        if (signal === undefined) return milliseconds === 0 ? undefined : again
        const pid = task.pending.get(signal)!
        task.pending.delete(signal)
        return { signal, pid }
      }
      const limit = milliseconds < 0 ? undefined : { milliseconds, answer: () => undefined }
      return block(image, attempt, { queues: [task.signalCame], limit })
    },
    poll(fds, timeout) {
      const watched = fds.filter(({ fd }) => fd >= 0).map(({ fd, events }) => ({ fd, events, file: task.descriptors.find(fd)?.file }))
      const attempt = () => {
        const ready = watched.flatMap(({ fd, events, file }) => {
          const revents = file ? file.ready(task) & (events | POLLERR | POLLHUP) : POLLNVAL
          return revents ? [{ fd, revents }] : []
        })
        return ready.length > 0 || timeout === 0 ? ready : again
      }
      const queues = watched.flatMap(({ events, file }) => [
        events & POLLIN ? file?.input : undefined,
        // Hang-ups and errors wake both sides.
        events & POLLOUT || !(events & POLLIN) ? file?.output : undefined,
      ])
      return block(image, attempt, { queues, limit: timeout < 0 ? undefined : { milliseconds: timeout, answer: () => [] } })
    },
  }
}
