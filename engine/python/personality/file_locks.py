"""fcntl.flock, on the kernel's locks of whole files.

Stands in for: flock(2), which inside the wasm succeeds and locks nothing.
"""
import fcntl
import sys

from _machine_personality import restarting


def descriptor(file):
    """PyObject_AsFileDescriptor."""
    if not isinstance(file, int):
        fileno = getattr(file, 'fileno', None)
        if fileno is None:
            raise TypeError('argument must be an int, or have a fileno() method.')
        file = fileno()
        if not isinstance(file, int):
            raise TypeError('fileno() returned a non-integer')
    if file < 0:
        raise ValueError(f'file descriptor cannot be a negative integer ({file})')
    return int(file)


def flock(fd, operation, /):
    fd = descriptor(fd)
    if not hasattr(operation, '__index__'):
        raise TypeError(f"'{type(operation).__name__}' object cannot be interpreted as an integer")
    sys.audit('fcntl.flock', fd, operation)
    restarting('flock', fd, int(operation))


def install():
    fcntl.flock = sys._native('flock', flock)
