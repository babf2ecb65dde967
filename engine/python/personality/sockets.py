"""What CPython leaves out of _socket on this platform; all else of it is CPython's own C, on the kernel's sockets.

Stands in for: setsockopt (a stub inside the wasm), socketpair, AF_UNIX and its addresses, SO_REUSEADDR and SO_REUSEPORT, gethostname,
gethostbyname_ex, and the number that connect_ex returns (C's is WASI's).
"""
import errno
import functools
import importlib
import select
import struct
import sys

import _socket

from _machine_personality import call, restarting

AF_UNIX = 1
_C = _socket.socket
_family = _C.family.__get__


def setsockopt(self, level, optname, value, optlen=None, /):
    if value is None:
        value = bytes(optlen)
    elif optlen is not None:
        raise TypeError('socket option should be integer, bytes-like object or None')
    elif isinstance(value, int):
        value = struct.pack('i', value)
    data = bytes(value)
    data += bytes(-len(data) % 4)
    call('setsockopt', self.fileno(), level, optname, list(struct.unpack(f'{len(data) // 4}i', data)))


def connect_ex(self, address, /):
    try:
        self.connect(address)
    except _socket.gaierror:
        raise
    except TimeoutError as error:
        return error.errno or errno.EAGAIN
    except OSError as error:
        if error.errno is None:
            raise
        return error.errno
    return 0


def _unix(path):
    if isinstance(path, str):
        path = path.encode(sys.getfilesystemencoding(), 'surrogateescape')
    elif not isinstance(path, (bytes, bytearray, memoryview)):
        raise TypeError(f'a bytes-like object is required, not {type(path).__name__!r}')
    if len(bytes(path)) > 107:
        raise OSError('AF_UNIX path too long')
    return {'family': AF_UNIX, 'path': bytes(path).decode()}


def _shown(address):
    path = address['path']
    return path.encode() if path.startswith('\0') else path


def _wait(self, events):
    """The socket's own time limit: C waits in the same way."""
    timeout = self.gettimeout()
    if not timeout:
        return
    watched = select.poll()
    watched.register(self.fileno(), events)
    if not watched.poll(timeout * 1000):
        raise TimeoutError('timed out')


def bind(self, address, /):
    call('bind', self.fileno(), _unix(address))


def connect(self, address, /):
    restarting('connect', self.fileno(), _unix(address))


def accept(self, /):
    _wait(self, select.POLLIN)
    accepted = restarting('accept', self.fileno(), _socket.SOCK_CLOEXEC)
    return accepted['fd'], _shown(accepted['address'])


def getsockname(self, /):
    return _shown(call('getsockname', self.fileno()))


def getpeername(self, /):
    return _shown(call('getpeername', self.fileno()))


def socketpair(family=AF_UNIX, type=_socket.SOCK_STREAM, proto=0):
    first, second = call('socketpair', int(family), int(type) | _socket.SOCK_CLOEXEC, proto)
    return _C(family, type, proto, first), _C(family, type, proto, second)


def gethostname():
    return call('uname')[1]


def gethostbyname_ex(hostname, /):
    rows = _socket.getaddrinfo(hostname, None, _socket.AF_INET, _socket.SOCK_STREAM, 0, _socket.AI_CANONNAME)
    return rows[0][3] or hostname, [], [row[4][0] for row in rows]


class Method:
    """A method of socket.socket that leaves no frame in tracebacks. `unix_only`: all others have C's."""

    def __init__(self, name, function, unix_only):
        self.c, self.unix_only = getattr(_C, name), unix_only
        self.native = sys._native(name, function)

    def __get__(self, instance, owner=None):
        if instance is None:
            return self.c
        if self.unix_only and _family(instance) != AF_UNIX:
            return self.c.__get__(instance)
        return functools.partial(self.native, instance)


def install():
    for name, value in {'AF_UNIX': AF_UNIX, 'SO_REUSEADDR': 2, 'SO_REUSEPORT': 15}.items():
        setattr(_socket, name, value)
    for function in (socketpair, gethostname, gethostbyname_ex):
        setattr(_socket, function.__name__, sys._native(function.__name__, function))
    # Where it is there already it took what it found.
    known = sys.modules.get('socket')
    socket = importlib.reload(known) if known else importlib.import_module('socket')
    for function in (setsockopt, connect_ex):
        setattr(socket.socket, function.__name__, Method(function.__name__, function, False))
    for function in (bind, connect, getsockname, getpeername):
        setattr(socket.socket, function.__name__, Method(function.__name__, function, True))
    socket.socket._accept = Method('_accept', accept, True)
