"""os.fork, which needs a copy of a running interpreter: it is refused, but for a server that forks a worker.

A server that listens and then forks (gunicorn's arbiter) leaves all serving to its child. So the process itself becomes that child: fork
returns 0, once, and the parent that would watch over it is missing. Anything else would go wrong silently, and raises OSError.
"""
import errno
import os
import posix
import sys

from _machine_personality import call, put_built_ins

SOL_SOCKET, SO_ACCEPTCONN = 1, 30
REASON = 'fork is not possible here: a running interpreter cannot be copied (subprocess and posix_spawn work)'

before, in_child = [], []


def listens(fd):
    try:
        return call('getsockopt', fd, SOL_SOCKET, SO_ACCEPTCONN)[0] == 1
    except OSError:
        return False


def register_at_fork(*, before=None, after_in_parent=None, after_in_child=None):
    given = [function for function in (before, after_in_parent, after_in_child) if function is not None]
    if not given:
        raise TypeError('At least one argument is required.')
    for function in given:
        if not callable(function):
            raise TypeError(f"'{type(function).__name__}' object is not callable")
    if before is not None:
        globals()['before'].append(before)
    if after_in_child is not None:
        in_child.append(after_in_child)


def install(facts):
    """`facts`: see processes.py. A worker's parent is the process that it was."""
    def fork():
        sys.audit('os.fork')
        if 'parent' in facts or not any(listens(fd) for fd in range(3, 256)):
            raise OSError(errno.ENOSYS, REASON)
        for function in reversed(before):
            function()
        facts['parent'] = facts['pid']
        for function in in_child:
            function()
        return 0

    put_built_ins({'fork': fork, 'register_at_fork': register_at_fork}, posix, os)
