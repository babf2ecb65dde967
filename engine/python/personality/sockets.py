"""What CPython leaves out of _socket on this platform; all else of it is CPython's own C, on the kernel's sockets.

Stands in for: setsockopt (a stub inside the wasm), socketpair, AF_UNIX and its addresses, SO_REUSEADDR and SO_REUSEPORT, gethostname,
gethostbyname_ex, services and interfaces by name, and the numbers of errors that connect_ex and SO_ERROR tell (C's are WASI's).
"""
import errno
import functools
import importlib
import os
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


def getsockopt(self, level, optname, buflen=0, /):
    """C's tells the error of a socket as its library numbers it."""
    if (level, optname, buflen) == (_socket.SOL_SOCKET, _socket.SO_ERROR, 0):
        return call('getsockopt', self.fileno(), level, optname)[0]
    return _C.getsockopt(self, level, optname, *([buflen] if buflen else []))


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
    if len(bytes(path)) > (108 if bytes(path[:1]) == b'\0' else 107):
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


def connect_unix(self, address, /):
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


def getservbyname(servicename, protocolname=None, /):
    kind = {None: 0, 'tcp': _socket.SOCK_STREAM, 'udp': _socket.SOCK_DGRAM}
    try:
        if not servicename.isdecimal():
            return _socket.getaddrinfo(None, servicename, _socket.AF_INET, kind[protocolname])[0][4][1]
    except (_socket.gaierror, KeyError):
        pass
    raise OSError('service/proto not found')


def getservbyport(port, protocolname=None, /):
    if not 0 <= port <= 0xffff:
        raise OverflowError('getservbyport: port must be 0-65535.')
    name = _socket.getnameinfo(('127.0.0.1', port), _socket.NI_NUMERICHOST)[1]
    if name.isdecimal() or protocolname not in (None, 'tcp', 'udp'):
        raise OSError('port/proto not found')
    return name


def if_nameindex():
    return [(1, 'lo')]


def if_nametoindex(name, /):
    if os.fsencode(name) != b'lo':
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
    return 1


def if_indextoname(index, /):
    if not isinstance(index, int):
        raise TypeError(f"'{type(index).__name__}' object cannot be interpreted as an integer")
    if index < 0:
        raise ValueError('Cannot convert negative int')
    if index >= 2 ** 32:
        raise OverflowError('Python int too large to convert to C unsigned int')
    if index != 1:
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))
    return 'lo'


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


def install(load):
    """`load` loads a personality file: outside.py, once there is a socket.socket that is whole."""
    for name, value in {'AF_UNIX': AF_UNIX, 'SO_REUSEADDR': 2, 'SO_REUSEPORT': 15}.items():
        setattr(_socket, name, value)
    for function in (
        socketpair, gethostname, gethostbyname_ex, getservbyname, getservbyport, if_nameindex, if_nametoindex, if_indextoname,
    ):
        setattr(_socket, function.__name__, sys._native(function.__name__, function))
    # Where it is there already it took what it found.
    known = sys.modules.get('socket')
    socket = importlib.reload(known) if known else importlib.import_module('socket')
    for function in (setsockopt, getsockopt, connect_ex):
        setattr(socket.socket, function.__name__, Method(function.__name__, function, False))
    connect_outside = load('outside').install(lambda name, function: Method(name, function, False))

    def connect(self, address, /):
        (connect_unix if _family(self) == AF_UNIX else connect_outside)(self, address)

    socket.socket.connect = Method('connect', connect, False)
    for function in (bind, getsockname, getpeername):
        setattr(socket.socket, function.__name__, Method(function.__name__, function, True))
    socket.socket._accept = Method('_accept', accept, True)
