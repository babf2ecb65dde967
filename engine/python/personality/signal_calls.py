"""signal's calls that the kernel has a part in: it must know which signals this process handles, ignores or leaves alone.

Stands in for: sigaction's effect outside the wasm, alarm, setitimer, getitimer, pause; and for select where a signal interrupts it: C's
fails there without an error number. Delivery is CPython's own.
"""
import _signal
import select
import signal
import sys
import time

from _machine_personality import call, restarting

_c_signal = _signal.signal


def set_handler(signalnum, handler, /):
    old = _c_signal(signalnum, handler)
    number = int(signalnum)
    action = 'ignore' if handler == _signal.SIG_IGN else 'default' if handler == _signal.SIG_DFL else 'handle'
    call('sigaction', number, action)
    return old


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
            return _c_select(rlist, wlist, xlist, timeout)
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
    for name, function in {'pause': pause, 'alarm': alarm, 'setitimer': setitimer, 'getitimer': getitimer}.items():
        native = sys._native(name, function)
        setattr(_signal, name, native)
        setattr(signal, name, native)
    select.select = sys._native('select', interrupted_select)
    time.sleep = sys._native('sleep', sleep)
