"""Linux's errno numbers at the Python level. C below keeps its own (WASI's); native-functions.ts translates what C raises.

Stands in for: nothing that is missing, but `errno`, `os.strerror` and the map from numbers to OSError's subclasses speak WASI otherwise.
"""
import errno
import gc
import os
import sys


def install(linux):
    """`linux`: name -> (number, words), the table of engine/machine/errno.ts."""
    own = {name: number for name, number in vars(errno).items() if name.startswith('E') and isinstance(number, int)}
    number_of = {number: linux[name][0] for name, number in own.items() if name in linux}

    # OSError(number, ...) finds its subclass in a dict that only C holds.
    for found in gc.get_objects():
        if type(found) is dict and found.get(own['ENOENT']) is FileNotFoundError and found.get(own['EEXIST']) is FileExistsError:
            subclasses = {number_of[number]: subclass for number, subclass in found.items() if number in number_of}
            found.clear()
            found.update(subclasses)

    for name in own:
        delattr(errno, name)
    errno.errorcode.clear()
    for name, (number, _) in linux.items():
        setattr(errno, name, number)
        errno.errorcode[number] = name
    for alias, name in (('EWOULDBLOCK', 'EAGAIN'), ('ENOTSUP', 'EOPNOTSUPP'), ('EDEADLOCK', 'EDEADLK')):
        setattr(errno, alias, linux[name][0])

    words = {number: text for number, text in linux.values()}

    def strerror(code, /):
        return 'Success' if code == 0 else words.get(code, f'Unknown error {code}')

    import posix
    os.strerror = posix.strerror = sys._native('strerror', strerror)
