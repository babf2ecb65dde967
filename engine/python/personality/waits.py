"""os's calls that tell how children ended, and what processor time they took.

Stands in for: wait*, times and the macros on wait(2)'s status word, which are stubs inside the wasm or missing.
"""
import os
import posix
import time

from _machine_personality import call, put_built_ins, restarting


def encoded(status):
    """wait(2)'s status word."""
    kind = status['kind']
    if kind == 'exited':
        return status['status'] << 8
    if kind == 'signaled':
        return status['signal']
    if kind == 'stopped':
        return status['signal'] << 8 | 0x7f
    return 0xffff


def waitpid(pid, options, /):
    status = restarting('wait', pid, options)
    return (0, 0) if status is None else (status['pid'], encoded(status))


def wait():
    return waitpid(-1, 0)


def wait4(pid, options, /):
    before = call('times')['children']
    pid, status = waitpid(pid, options)
    used = (call('times')['children'] - before) / 1000
    import resource
    return pid, status, resource.struct_rusage((used, 0.0) + (0,) * 14)


def wait3(options, /):
    return wait4(-1, options)


def times():
    used = call('times')
    return os.times_result((used['own'] / 1000, 0.0, used['children'] / 1000, 0.0, time.monotonic()))


def exitcode(status):
    if status & 0x7f == 0:
        return status >> 8 & 0xff
    if status & 0xff == 0x7f:
        raise ValueError(f'process stopped by delivery of signal {status >> 8 & 0xff}')
    return -(status & 0x7f)


def install():
    put_built_ins({
        'waitpid': waitpid, 'wait': wait, 'wait3': wait3, 'wait4': wait4, 'times': times,
        'WIFEXITED': lambda status: status & 0x7f == 0, 'WEXITSTATUS': lambda status: status >> 8 & 0xff,
        'WIFSIGNALED': lambda status: 0 < status & 0x7f < 0x7f, 'WTERMSIG': lambda status: status & 0x7f,
        'WIFSTOPPED': lambda status: status & 0xff == 0x7f, 'WSTOPSIG': lambda status: status >> 8 & 0xff,
        'WIFCONTINUED': lambda status: status == 0xffff, 'WCOREDUMP': lambda status: False, 'waitstatus_to_exitcode': exitcode,
    }, posix, os)
    for module in (posix, os):
        module.WNOHANG, module.WUNTRACED, module.WCONTINUED = 1, 2, 8
