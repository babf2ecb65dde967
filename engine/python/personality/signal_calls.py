"""signal's calls that the kernel has a part in: it must know which signals this process handles, ignores or leaves alone.

Stands in for: sigaction's effect outside the wasm, alarm, setitimer, getitimer, pause, raise, the mask of blocked signals and what waits for
those; and for select, whose C fails without an error number where a signal interrupts it, and finds nothing wrong with a closed descriptor.
Delivery is CPython's own.
"""
import _signal
import errno
import os
import select
import signal
import sys
import time

from _machine_personality import call, put_built_ins, restarting

_c_signal = _signal.signal


def set_handler(signalnum, handler, /):
    old = _c_signal(signalnum, handler)
    number = int(signalnum)
    action = 'ignore' if handler == _signal.SIG_IGN else 'default' if handler == _signal.SIG_DFL else 'handle'
    call('sigaction', number, action)
    return old


def raise_signal(signalnum, /):
    call('kill', os.getpid(), int(signalnum))


def _numbers(signals):
    numbers = [int(number) for number in signals]
    for number in numbers:
        if not 0 < number < signal.NSIG:
            raise ValueError(f'signal number {number} out of range [1; {signal.NSIG - 1}]')
    return numbers


def pthread_sigmask(how, mask, /):
    given, old = set(_numbers(mask)), set(call('sigprocmask'))
    if how == signal.SIG_BLOCK:
        new = old | given
    elif how == signal.SIG_UNBLOCK:
        new = old - given
    elif how == signal.SIG_SETMASK:
        new = given
    else:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    if new != old:
        call('sigprocmask', sorted(new))
    return old


def sigpending():
    return set(call('sigpending'))


def sigwait(sigset, /):
    return restarting('sigtimedwait', _numbers(sigset), -1)['signal']


def _siginfo(taken):
    # SI_USER is 0, SI_KERNEL 0x80.
    pid = taken['pid']
    return signal.struct_siginfo((taken['signal'], 0 if pid else 0x80, 0, pid, os.getuid() if pid else 0, 0, 0))


def sigwaitinfo(sigset, /):
    return _siginfo(restarting('sigtimedwait', _numbers(sigset), -1))


def sigtimedwait(sigset, timeout, /):
    if timeout < 0:
        raise ValueError('timeout must be non-negative')
    numbers = _numbers(sigset)
    end = time.monotonic() + timeout
    while True:
        try:
            taken = call('sigtimedwait', numbers, max(timeout, 0) * 1000)
            return taken and _siginfo(taken)
        except InterruptedError:
            timeout = end - time.monotonic()


def pause():
    try:
        while True:
            call('sleep', 2 ** 31 - 1)
    except InterruptedError:
        pass


def alarm(seconds, /):
    _interval[0] = 0.0
    return -int(-call('alarm', seconds * 1000) // 1000)


def setitimer(which, seconds, interval=0.0, /):
    if which != signal.ITIMER_REAL:
        raise signal.ItimerError(22, 'Invalid argument')
    before = _interval[0]
    _interval[0] = float(interval)
    left = call('alarm', seconds * 1000, interval * 1000)
    return left / 1000, before if left else 0.0


def getitimer(which, /):
    if which != signal.ITIMER_REAL:
        raise signal.ItimerError(22, 'Invalid argument')
    # There is no call that only looks: it is set anew to what was left.
    left = call('alarm', 0)
    if left:
        call('alarm', left, _interval[0] * 1000)
    return left / 1000, _interval[0] if left else 0.0


_interval = [0.0]
_c_select = select.select


def interrupted_select(rlist, wlist, xlist, timeout=None, /):
    end = None if timeout is None else time.monotonic() + timeout
    while True:
        try:
            ready = _c_select(rlist, wlist, xlist, timeout)
            if not any(ready):
                for file in (*rlist, *wlist, *xlist):
                    os.fstat(file if isinstance(file, int) else file.fileno())
            return ready
        except OSError as error:
            if error.errno:
                raise
        if end is not None:
            timeout = max(0, end - time.monotonic())


def sleep(seconds, /):
    if not isinstance(seconds, (int, float)) and not hasattr(seconds, '__index__') and not hasattr(seconds, '__float__'):
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
    if seconds != seconds:
        raise ValueError('Invalid value NaN (not a number)')
    if seconds < 0:
        raise ValueError('sleep length must be non-negative')
    end = time.monotonic() + seconds
    left = seconds
    while True:
        try:
            return call('sleep', max(left, 0) * 1000)
        except InterruptedError:
            left = end - time.monotonic()


def install():
    _signal.signal = sys._native('signal', set_handler)
    # The module signal wraps these: it calls _signal's.
    put_built_ins({function.__name__: function for function in (pthread_sigmask, sigpending, sigwait)}, _signal)
    functions = (pause, alarm, setitimer, getitimer, raise_signal, sigwaitinfo, sigtimedwait)
    put_built_ins({function.__name__: function for function in functions}, _signal, signal)
    select.select = sys._native('select', interrupted_select)
    time.sleep = sys._native('sleep', sleep)
