"""Connections to other hosts, which the browser makes: why one was refused or cut, and TLS.

The kernel refuses and resets what it may not or cannot serve, and has words for it: they are the exception's. Encrypting is the browser's:
after a handshake of one empty record the kernel asks by https, and the browser verifies the host. So ssl here is for clients of the
outside only.

Stands in for: ssl's handshake, which waits for an event loop of Node's here, and the time limits of its connections.
"""
import socket
import ssl

import _socket

MSG_ERRQUEUE = 0x2000
HANDSHAKE = b'\x16\x03\x01\0\0'
REASON = 'no TLS between programs of this machine: it has no keys of its own, and the browser encrypts only to the outside'
_C = _socket.socket


def is_here(host):
    return host.startswith('127.') or host in ('', '0.0.0.0', 'localhost')


def explained(name):
    """A method of C's with the kernel's reason in place of the system's words."""
    c_method = getattr(_C, name)

    def method(self, *args):
        try:
            return c_method(self, *args)
        except OSError as error:
            try:
                reason = _C.recv(self, 4096, MSG_ERRQUEUE).decode()
            except OSError:
                raise error from None
            raise OSError(error.errno, reason) from None
    return method


receive, receive_into, send, send_all, connect_explained = map(explained, ('recv', 'recv_into', 'send', 'sendall', 'connect'))


class Outside(socket.socket):
    """What a socket.socket becomes when it is connected to another host."""

    __slots__ = ()


Outside.__name__ = Outside.__qualname__ = 'socket'
Outside.__module__ = 'socket'


def connect(self, address, /):
    if type(self) is not socket.socket or is_here(address[0]):
        return _C.connect(self, address)
    self.__class__ = Outside
    connect_explained(self, address)


def handshake(self, block=False):
    if self._server_side or is_here(self.getpeername()[0]):
        raise ssl.SSLError(1, REASON)
    send_all(self, HANDSHAKE)


def with_time_limit(wrap):
    def wrap_socket(self, sock, *args, **options):
        limit = sock.gettimeout()
        made = wrap(self, sock, *args, **options)
        made.settimeout(limit)
        return made
    return wrap_socket


def install(make_method):
    """`make_method`: a method that leaves no frame, of a name of C's and a function."""
    methods = {'recv': receive, 'recv_into': receive_into, 'send': send, 'sendall': send_all}
    for name, function in methods.items():
        setattr(Outside, name, make_method(name, function))
    connection = ssl.SSLSocket
    connection.recv = lambda self, buflen=1024, flags=0: receive(self, buflen, flags)
    connection.recv_into = lambda self, buffer, nbytes=None, flags=0: receive_into(self, buffer, nbytes or len(buffer), flags)
    connection.read = lambda self, len=1024, buffer=None: receive(self, len) if buffer is None else receive_into(self, buffer, len)
    connection.send = lambda self, data, flags=0: send(self, data, flags)
    connection.write = lambda self, data: send(self, data)
    connection.sendall = lambda self, data, flags=0: send_all(self, data, flags)
    connection.do_handshake = handshake
    ssl.HAS_NEVER_CHECK_COMMON_NAME = True
    ssl.SSLContext.wrap_socket = with_time_limit(ssl.SSLContext.wrap_socket)
    return connect
