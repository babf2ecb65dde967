"""Records what Linux's sockets do: test/recorded/sockets.json, replayed on the machine's own by engine/machine/sockets.contract.test.ts.

Run as `python3 scripts/record-sockets.py` on Linux. Each case is a list of steps; a step is [operation, socket, ...]. Sockets are named;
ports are shown as the name of the first socket that had them. A result is a value, or the name of an errno.
"""
import errno
import json
import os
import select
import shutil
import socket
import tempfile
import time
from pathlib import Path

TCP, UDP = 'tcp', 'udp'
KINDS = {
    'tcp': (socket.AF_INET, socket.SOCK_STREAM), 'udp': (socket.AF_INET, socket.SOCK_DGRAM),
    'unix': (socket.AF_UNIX, socket.SOCK_STREAM), 'unix-datagram': (socket.AF_UNIX, socket.SOCK_DGRAM),
}
SERVER = [['socket', 'l', 'tcp'], ['bind', 'l', '127.0.0.1', 0], ['listen', 'l', 5]]
PAIR = SERVER + [['socket', 'c', 'tcp'], ['connect', 'c', '127.0.0.1', 'l'], ['accept', 'l', 's']]
UNIX_SERVER = [['socket', 'l', 'unix'], ['bind', 'l', 'sock'], ['listen', 'l', 5]]
UNIX_PAIR = UNIX_SERVER + [['socket', 'c', 'unix'], ['connect', 'c', 'sock'], ['accept', 'l', 's']]
READY = 0x2000 | 1 | 4
DONTWAIT, PEEK, WAITALL = 0x40, 0x2, 0x100


def both_ways(pair):
    """The same story for TCP and for Unix sockets."""
    return {
        'bytes go both ways': pair + [['send', 'c', 'ping'], ['recv', 's', 9], ['send', 's', 'pong'], ['recv', 'c', 9]],
        'a stream has no edges': pair + [['send', 'c', 'ab'], ['send', 'c', 'cd'], ['recv', 's', 3], ['recv', 's', 3]],
        'peek leaves the bytes': pair + [['send', 'c', 'abc'], ['recv', 's', 2, PEEK], ['recv', 's', 9], ['recv', 's', 9, DONTWAIT]],
        'all of them': pair + [['send', 'c', 'abc'], ['recv', 's', 3, WAITALL], ['send', 'c', 'd'], ['shutdown', 'c', 1],
            ['recv', 's', 3, WAITALL]],
        'nothing yet': pair + [['recv', 's', 9, DONTWAIT], ['poll', 's', READY], ['poll', 'c', READY]],
        'half closed': pair + [['shutdown', 'c', 1], ['poll', 's', READY], ['poll', 'c', READY], ['recv', 's', 9], ['recv', 's', 9],
            ['send', 's', 'still'], ['recv', 'c', 9], ['send', 'c', 'x'], ['shutdown', 'c', 1], ['shutdown', 's', 1],
            ['poll', 's', READY], ['poll', 'c', READY], ['recv', 'c', 9]],
        'reading shut': pair + [['shutdown', 's', 0], ['recv', 's', 9], ['poll', 's', READY], ['poll', 'c', READY], ['send', 's', 'x'],
            ['recv', 'c', 9]],
        'both shut': pair + [['shutdown', 's', 2], ['poll', 's', READY], ['recv', 's', 9], ['send', 's', 'x'], ['recv', 'c', 9]],
        'the peer closed': pair + [['send', 's', 'last'], ['close', 's'], ['poll', 'c', READY], ['recv', 'c', 9], ['recv', 'c', 9],
            ['recv', 'c', 9], ['getpeername', 'c']],
        'writes after the peer closed': pair + [['close', 's'], ['send', 'c', 'x'], ['poll', 'c', READY], ['send', 'c', 'x'],
            ['send', 'c', 'x'], ['recv', 'c', 9], ['getpeername', 'c'], ['shutdown', 'c', 2]],
        'closed with data unread': pair + [['send', 'c', 'unread'], ['close', 's'], ['poll', 'c', READY], ['recv', 'c', 9],
            ['recv', 'c', 9], ['send', 'c', 'x']],
        'closed with data unread, the write first': pair + [['send', 'c', 'unread'], ['close', 's'], ['send', 'c', 'x'],
            ['send', 'c', 'x'], ['recv', 'c', 9]],
        'data before the reset': pair + [['send', 'c', 'unread'], ['send', 's', 'data'], ['close', 's'], ['recv', 'c', 9],
            ['recv', 'c', 9], ['recv', 'c', 9]],
        'the error by SO_ERROR': pair + [['send', 'c', 'unread'], ['close', 's'], ['getsockopt', 'c', 1, 4], ['getsockopt', 'c', 1, 4],
            ['recv', 'c', 9]],
        'reset by SO_LINGER': pair + [['linger', 's'], ['close', 's'], ['recv', 'c', 9], ['recv', 'c', 9]],
        'a finished peer that is reset': pair + [['shutdown', 's', 1], ['send', 'c', 'x'], ['close', 's'], ['recv', 'c', 9],
            ['send', 'c', 'x'], ['send', 'c', 'x']],
        'the listener is gone': pair + [['close', 'l'], ['send', 'c', 'x'], ['recv', 's', 9]],
        'on a listening socket': pair + [['recv', 'l', 9], ['send', 'l', 'x'], ['getpeername', 'l'], ['shutdown', 'l', 1],
            ['getsockopt', 'l', 1, 30], ['getsockopt', 'c', 1, 30]],
        'connected means connected': pair + [['connect', 'c', *(['sock'] if pair is UNIX_PAIR else ['127.0.0.1', 'l'])],
            ['listen', 'c', 1], ['accept', 'c', 'x']],
        'as a file': pair + [['write', 'c', 'abc'], ['read', 's', 2], ['fionread', 's'], ['read', 's', 2]],
        'a duplicate keeps it open': pair + [['dup', 's', 'd'], ['close', 's'], ['send', 'd', 'x'], ['recv', 'c', 9], ['close', 'd'],
            ['recv', 'c', 9]],
        'no bytes': pair + [['send', 'c', ''], ['recv', 's', 0], ['recv', 's', 9, DONTWAIT]],
        'a strange shutdown': pair + [['shutdown', 's', 5]],
    }


CASES = {
    **{f'TCP: {name}': steps for name, steps in both_ways(PAIR).items()},
    **{f'Unix: {name}': steps for name, steps in both_ways(UNIX_PAIR).items()},
    'TCP: names': PAIR + [['getsockname', 'l'], ['getsockname', 'c'], ['getsockname', 's'], ['getpeername', 'c'], ['getpeername', 's'],
        ['getpeername', 'l']],
    'TCP: a new socket': [['socket', 'c', 'tcp'], ['poll', 'c', READY], ['getsockname', 'c'], ['getpeername', 'c'], ['recv', 'c', 9],
        ['send', 'c', 'x'], ['accept', 'c', 's'], ['shutdown', 'c', 2], ['getsockopt', 'c', 1, 4], ['getsockopt', 'c', 1, 3],
        ['getsockopt', 'c', 1, 38], ['getsockopt', 'c', 1, 39], ['getsockopt', 'c', 1, 30], ['getsockopt', 'c', 6, 1]],
    'TCP: refused': SERVER + [['close', 'l'], ['socket', 'c', 'tcp'], ['connect', 'c', '127.0.0.1', 'l'], ['getsockopt', 'c', 1, 4],
        ['connect', 'c', '127.0.0.1', 'l']],
    'TCP: refused without waiting': SERVER + [
        ['close', 'l'], ['socket', 'c', 'tcp'], ['nonblock', 'c'], ['connect', 'c', '127.0.0.1', 'l'], ['poll', 'c', READY],
            ['getsockopt', 'c', 1, 4], ['getsockopt', 'c', 1, 4]],
    'TCP: refused without waiting, told by connect': SERVER + [
        ['close', 'l'], ['socket', 'c', 'tcp'], ['nonblock', 'c'], ['connect', 'c', '127.0.0.1', 'l'],
            ['connect', 'c', '127.0.0.1', 'l']],
    'TCP: refused without waiting, told by recv': SERVER + [
        ['close', 'l'], ['socket', 'c', 'tcp'], ['nonblock', 'c'], ['connect', 'c', '127.0.0.1', 'l'], ['recv', 'c', 9],
            ['recv', 'c', 9]],
    'TCP: connected without waiting': SERVER + [
        ['socket', 'c', 'tcp'], ['nonblock', 'c'], ['connect', 'c', '127.0.0.1', 'l'], ['poll', 'c', READY], ['getsockopt', 'c', 1, 4],
        ['connect', 'c', '127.0.0.1', 'l'], ['connect', 'c', '127.0.0.1', 'l'], ['poll', 'l', READY], ['accept', 'l', 's'],
            ['poll', 'l', READY]],
    'TCP: accepting without waiting': SERVER + [['nonblock', 'l'], ['accept', 'l', 's'], ['poll', 'l', READY]],
    'TCP: an accepted socket waits': SERVER + [['nonblock', 'l'], ['socket', 'c', 'tcp'], ['connect', 'c', '127.0.0.1', 'l'],
        ['accept', 'l', 's'], ['flags', 's']],
    'TCP: closed before it was accepted': SERVER + [['socket', 'c', 'tcp'], ['connect', 'c', '127.0.0.1', 'l'], ['send', 'c', 'x'],
        ['close', 'c'], ['accept', 'l', 's'], ['recv', 's', 9], ['recv', 's', 9]],
    'TCP: never accepted': SERVER + [['socket', 'c', 'tcp'], ['connect', 'c', '127.0.0.1', 'l'], ['close', 'l'], ['recv', 'c', 9],
        ['recv', 'c', 9]],
    'TCP: by any address': [['socket', 'l', 'tcp'], ['bind', 'l', '0.0.0.0', 0], ['listen', 'l', 5], ['getsockname', 'l'],
        ['socket', 'c', 'tcp'], ['connect', 'c', '0.0.0.0', 'l'], ['getpeername', 'c'], ['accept', 'l', 's'], ['getsockname', 's'],
        ['socket', 'd', 'tcp'], ['connect', 'd', '127.0.0.2', 'l'], ['accept', 'l', 't'], ['getsockname', 't'], ['getsockname', 'd'],
        ['getpeername', 'd']],
    'TCP: another loopback address': SERVER + [['socket', 'c', 'tcp'], ['connect', 'c', '127.0.0.2', 'l']],
    'TCP: listening unbound': [['socket', 'l', 'tcp'], ['listen', 'l', 5], ['socket', 'c', 'tcp'], ['connect', 'c', '127.0.0.1', 'l'],
        ['accept', 'l', 's'], ['getsockname', 'l']],
    'TCP: bound but deaf': [['socket', 'l', 'tcp'], ['bind', 'l', '127.0.0.1', 0], ['poll', 'l', READY], ['socket', 'c', 'tcp'],
        ['connect', 'c', '127.0.0.1', 'l']],
    'TCP: listening twice': SERVER + [['listen', 'l', 1], ['connect', 'l', '127.0.0.1', 'l']],
    'TCP: bound twice': SERVER + [['bind', 'l', '127.0.0.1', 0]],
    'TCP: no such address here': [['socket', 'l', 'tcp'], ['bind', 'l', '192.0.2.1', 0]],
    'TCP: a listener shut down': PAIR + [['shutdown', 'l', 0], ['nonblock', 'l'], ['accept', 'l', 'x'], ['socket', 'd', 'tcp'],
        ['connect', 'd', '127.0.0.1', 'l']],
    'ports: in use': SERVER + [['socket', 'm', 'tcp'], ['bind', 'm', '127.0.0.1', 'l'], ['bind', 'm', '0.0.0.0', 'l'],
        ['bind', 'm', '127.0.0.2', 'l']],
    'ports: in use by all addresses': [['socket', 'l', 'tcp'], ['bind', 'l', '0.0.0.0', 0], ['listen', 'l', 1], ['socket', 'm', 'tcp'],
        ['bind', 'm', '127.0.0.1', 'l']],
    'ports: SO_REUSEADDR is not for two that listen': [
        ['socket', 'l', 'tcp'], ['setsockopt', 'l', 1, 2, 1], ['bind', 'l', '127.0.0.1', 0], ['listen', 'l', 1],
            ['socket', 'm', 'tcp'], ['setsockopt', 'm', 1, 2, 1], ['bind', 'm', '127.0.0.1', 'l']],
    'ports: SO_REUSEADDR, bound both, one listens': [
        ['socket', 'l', 'tcp'], ['setsockopt', 'l', 1, 2, 1], ['bind', 'l', '127.0.0.1', 0], ['socket', 'm', 'tcp'],
            ['setsockopt', 'm', 1, 2, 1], ['bind', 'm', '127.0.0.1', 'l'],
        ['listen', 'l', 1], ['listen', 'm', 1]],
    'ports: SO_REUSEADDR on one side only': [
        ['socket', 'l', 'tcp'], ['bind', 'l', '127.0.0.1', 0], ['socket', 'm', 'tcp'], ['setsockopt', 'm', 1, 2, 1],
            ['bind', 'm', '127.0.0.1', 'l']],
    'ports: SO_REUSEPORT is for two that listen': [
        ['socket', 'l', 'tcp'], ['setsockopt', 'l', 1, 15, 1], ['bind', 'l', '127.0.0.1', 0], ['listen', 'l', 1],
            ['socket', 'm', 'tcp'], ['setsockopt', 'm', 1, 15, 1],
        ['bind', 'm', '127.0.0.1', 'l'], ['listen', 'm', 1]],
    'ports: a connection of a closed listener holds its port': PAIR + [['close', 'l'], ['socket', 'm', 'tcp'],
        ['bind', 'm', '127.0.0.1', 'l']],
    'ports: unless both reuse': [
        ['socket', 'l', 'tcp'], ['setsockopt', 'l', 1, 2, 1], ['bind', 'l', '127.0.0.1', 0], ['listen', 'l', 5],
            ['socket', 'c', 'tcp'], ['connect', 'c', '127.0.0.1', 'l'], ['accept', 'l', 's'],
        ['close', 'l'], ['socket', 'm', 'tcp'], ['setsockopt', 'm', 1, 2, 1], ['bind', 'm', '127.0.0.1', 'l'], ['listen', 'm', 1]],
    'ports: TIME_WAIT where the server closed first': PAIR + [['close', 's'], ['close', 'c'], ['close', 'l'], ['socket', 'm', 'tcp'],
        ['bind', 'm', '127.0.0.1', 'l'], ['setsockopt', 'm', 1, 2, 1], ['bind', 'm', '127.0.0.1', 'l']],
    'ports: TIME_WAIT, both reuse': [
        ['socket', 'l', 'tcp'], ['setsockopt', 'l', 1, 2, 1], ['bind', 'l', '127.0.0.1', 0], ['listen', 'l', 5],
            ['socket', 'c', 'tcp'], ['connect', 'c', '127.0.0.1', 'l'], ['accept', 'l', 's'],
        ['close', 's'], ['close', 'c'], ['close', 'l'], ['socket', 'm', 'tcp'], ['setsockopt', 'm', 1, 2, 1],
            ['bind', 'm', '127.0.0.1', 'l'], ['listen', 'm', 1]],
    'ports: free where the client closed first': PAIR + [['close', 'c'], ['recv', 's', 9], ['close', 's'], ['close', 'l'],
        ['socket', 'm', 'tcp'], ['bind', 'm', '127.0.0.1', 'l']],
    'ports: free after a reset': PAIR + [['linger', 's'], ['close', 's'], ['close', 'l'], ['socket', 'm', 'tcp'],
        ['bind', 'm', '127.0.0.1', 'l']],
    'options': [['socket', 'c', 'tcp'], ['setsockopt', 'c', 1, 2, 7], ['getsockopt', 'c', 1, 2], ['setsockopt', 'c', 6, 1, 1],
        ['getsockopt', 'c', 6, 1], ['setsockopt', 'c', 1, 8, 8192],
                ['getsockopt', 'c', 1, 8], ['setsockopt', 'c', 1, 8, 1], ['getsockopt', 'c', 1, 8], ['setsockopt', 'c', 1, 7, 1],
                    ['getsockopt', 'c', 1, 7], ['getsockopt', 'c', 1, 999], ['getsockopt', 'c', 6, 4],
                ['setsockopt', 'c', 1, 9, 1], ['getsockopt', 'c', 1, 9]],
    'kinds: refused': [['make', 'a', 2, 9, 0], ['make', 'a', 2, 1, 17], ['make', 'a', 99, 1, 0], ['make', 'a', 1, 1, 6],
        ['make', 'a', 2, 1, 6], ['make', 'a', 1, 1, 1], ['pair', 'p', 'q', 'tcp']],
    'Unix: a pair': [['pair', 'p', 'q', 'unix'], ['send', 'p', 'hi'], ['recv', 'q', 9], ['getsockname', 'p'], ['getpeername', 'p'],
        ['close', 'q'], ['recv', 'p', 9], ['send', 'p', 'x']],
    'Unix: names': UNIX_PAIR + [['getsockname', 'l'], ['getsockname', 'c'], ['getsockname', 's'], ['getpeername', 'c'],
        ['getpeername', 's'], ['bind', 'l', 'other'], ['socket', 'm', 'unix'], ['bind', 'm', 'sock']],
    'Unix: no such name': [['socket', 'c', 'unix'], ['connect', 'c', 'nothing'], ['poll', 'c', READY], ['recv', 'c', 9],
        ['send', 'c', 'x'], ['accept', 'c', 'x'], ['listen', 'c', 1]],
    'Unix: an old name': UNIX_SERVER + [['close', 'l'], ['socket', 'c', 'unix'], ['connect', 'c', 'sock'], ['socket', 'm', 'unix'],
        ['bind', 'm', 'sock'], ['unlink', 'sock'], ['bind', 'm', 'sock']],
    'Unix: bound but deaf': [['socket', 'l', 'unix'], ['bind', 'l', 'sock'], ['socket', 'c', 'unix'], ['connect', 'c', 'sock']],
    'Unix: the queue is full': [['socket', 'l', 'unix'], ['bind', 'l', 'sock'], ['listen', 'l', 0], ['socket', 'c', 'unix'],
        ['nonblock', 'c'], ['connect', 'c', 'sock'], ['socket', 'd', 'unix'], ['nonblock', 'd'], ['connect', 'd', 'sock'],
        ['accept', 'l', 's'], ['connect', 'd', 'sock']],
    'Unix: not a socket': [['file', 'plain'], ['socket', 'c', 'unix'], ['connect', 'c', 'plain'], ['socket', 'l', 'unix'],
        ['bind', 'l', 'sock'], ['open', 'sock']],
    'Unix: abstract names': [['socket', 'l', 'unix'], ['bind', 'l', '\0pex-pectations'], ['listen', 'l', 1], ['socket', 'c', 'unix'],
        ['connect', 'c', '\0pex-pectations'], ['accept', 'l', 's'], ['send', 'c', 'x'], ['recv', 's', 9], ['getpeername', 'c'],
        ['socket', 'm', 'unix'], ['bind', 'm', '\0pex-pectations'], ['close', 'l'], ['bind', 'm', '\0pex-pectations']],
    'Unix: another kind': [['socket', 'l', 'unix-datagram'], ['bind', 'l', 'sock'], ['socket', 'c', 'unix'], ['connect', 'c', 'sock'],
        ['listen', 'l', 1]],
    'UDP: to and fro': [['socket', 'a', 'udp'], ['bind', 'a', '127.0.0.1', 0], ['socket', 'b', 'udp'],
        ['sendto', 'b', 'hello', '127.0.0.1', 'a'], ['poll', 'a', READY], ['recvfrom', 'a', 9], ['poll', 'a', READY],
        ['sendto', 'a', 'back', '127.0.0.1', 'b'], ['recvfrom', 'b', 9], ['getsockname', 'b']],
    'UDP: datagrams have edges': [['socket', 'a', 'udp'], ['bind', 'a', '127.0.0.1', 0], ['socket', 'b', 'udp'],
        ['connect', 'b', '127.0.0.1', 'a'], ['send', 'b', 'abc'], ['send', 'b', ''], ['send', 'b', 'def'], ['fionread', 'a'],
        ['recv', 'a', 2], ['recv', 'a', 9], ['recv', 'a', 9], ['recv', 'a', 9, DONTWAIT], ['getpeername', 'b'], ['getsockname', 'b']],
    'UDP: nobody there': [['socket', 'a', 'udp'], ['bind', 'a', '127.0.0.1', 0], ['close', 'a'], ['socket', 'b', 'udp'],
        ['sendto', 'b', 'x', '127.0.0.1', 'a'], ['recv', 'b', 9, DONTWAIT], ['connect', 'b', '127.0.0.1', 'a'], ['send', 'b', 'x'],
        ['send', 'b', 'x'], ['send', 'b', 'x'], ['poll', 'b', READY], ['recv', 'b', 9], ['recv', 'b', 9, DONTWAIT]],
    'UDP: without an address': [['socket', 'a', 'udp'], ['send', 'a', 'x'], ['listen', 'a', 1], ['accept', 'a', 'x'],
        ['shutdown', 'a', 2], ['getpeername', 'a'], ['poll', 'a', READY]],
    'UDP: too long': [['socket', 'a', 'udp'], ['bind', 'a', '127.0.0.1', 0], ['connect', 'a', '127.0.0.1', 'a'], ['many', 'a', 65508],
        ['many', 'a', 65507]],
    'UDP: in use': [['socket', 'a', 'udp'], ['bind', 'a', '127.0.0.1', 0], ['socket', 'b', 'udp'], ['bind', 'b', '127.0.0.1', 'a'],
        ['socket', 'c', 'tcp'], ['bind', 'c', '127.0.0.1', 'a']],
    'UDP: only from the peer': [['socket', 'a', 'udp'], ['bind', 'a', '127.0.0.1', 0], ['socket', 'b', 'udp'],
        ['bind', 'b', '127.0.0.1', 0], ['connect', 'a', '127.0.0.1', 'b'], ['socket', 'c', 'udp'],
        ['sendto', 'c', 'stranger', '127.0.0.1', 'a'], ['recv', 'a', 9, DONTWAIT], ['sendto', 'b', 'friend', '127.0.0.1', 'a'],
        ['recv', 'a', 9, DONTWAIT]],
    'Unix datagrams: a pair': [['pair', 'p', 'q', 'unix-datagram'], ['send', 'p', 'ab'], ['send', 'p', 'cd'], ['recv', 'q', 9],
        ['recv', 'q', 9], ['close', 'q'], ['send', 'p', 'x']],
    'Unix datagrams: by name': [['socket', 'a', 'unix-datagram'], ['bind', 'a', 'sock'], ['socket', 'b', 'unix-datagram'],
        ['sendto', 'b', 'hi', 'sock'], ['recvfrom', 'a', 9], ['send', 'b', 'x'], ['bind', 'b', 'back'], ['sendto', 'b', 'hi', 'sock'],
        ['recvfrom', 'a', 9], ['sendto', 'b', 'hi', 'nothing']],
    'not sockets': [['pipe', 'r', 'w'], ['call', 'r', 'listen'], ['call', 'r', 'accept'], ['call', 'r', 'recv'],
        ['call', 'none', 'listen']],
}


class Runner:
    def __init__(self):
        self.sockets = {}
        self.ports = {}
        self.gone = {}

    def run(self, step):
        operation, *args = step
        try:
            result = getattr(self, 'do_' + operation)(*args)
        except OSError as error:
            return {'ENOTSUP': 'EOPNOTSUPP'}.get(name := errno.errorcode[error.errno], name)
        return result.decode() if isinstance(result, bytes) else result

    def address(self, place):
        if len(place) == 1:
            return place[0]
        host, port = place
        return host, port if isinstance(port, int) else self.ports[port]

    def shown(self, address):
        if isinstance(address, bytes):
            address = address.decode()
        if not isinstance(address, tuple):
            return address or ''
        host, port = address
        return [host, next((name for name, known in self.ports.items() if known == port), 'new') if port else 0]

    def note(self, name):
        address = self.sockets[name].getsockname()
        if isinstance(address, tuple) and address[1] and name not in self.ports and address[1] not in self.ports.values():
            self.ports[name] = address[1]

    def do_socket(self, name, kind):
        self.sockets[name] = socket.socket(*KINDS[kind])

    def do_make(self, name, *numbers):
        socket.socket(*numbers).close()

    def do_pair(self, first, second, kind):
        self.sockets[first], self.sockets[second] = socket.socketpair(*KINDS[kind])

    def do_bind(self, name, *place):
        self.sockets[name].bind(self.address(place))
        self.note(name)

    def do_listen(self, name, backlog):
        self.sockets[name].listen(backlog)
        self.note(name)

    def do_accept(self, name, new):
        fd, address = self.sockets[name]._accept()
        self.sockets[new] = socket.socket(fileno=fd)
        return self.shown(address)

    def do_connect(self, name, *place):
        try:
            self.sockets[name].connect(self.address(place))
        finally:
            self.note(name)

    def do_send(self, name, text, flags=0):
        return self.sockets[name].send(text.encode(), flags)

    def do_many(self, name, size):
        return self.sockets[name].send(bytes(size))

    def do_recv(self, name, size, flags=0):
        return self.sockets[name].recv(size, flags)

    def do_sendto(self, name, text, *place):
        sent = self.sockets[name].sendto(text.encode(), self.address(place))
        self.note(name)
        return sent

    def do_recvfrom(self, name, size):
        data, address = self.sockets[name].recvfrom(size)
        return [data.decode(), self.shown(address)]

    def do_write(self, name, text):
        return os.write(self.sockets[name].fileno(), text.encode())

    def do_read(self, name, size):
        return os.read(self.sockets[name].fileno(), size)

    def do_fionread(self, name):
        import array, fcntl, termios
        count = array.array('i', [0])
        fcntl.ioctl(self.sockets[name].fileno(), termios.FIONREAD, count)
        return count[0]

    def do_dup(self, name, new):
        self.sockets[new] = self.sockets[name].dup()

    def do_shutdown(self, name, how):
        self.sockets[name].shutdown(how)

    def do_close(self, name):
        self.sockets.pop(name).close()

    def do_nonblock(self, name):
        os.set_blocking(self.sockets[name].fileno(), False)

    def do_flags(self, name):
        return 'blocking' if os.get_blocking(self.sockets[name].fileno()) else 'non-blocking'

    def do_linger(self, name):
        self.sockets[name].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\1\0\0\0\0\0\0\0')

    def do_poll(self, name, events):
        watched = select.poll()
        watched.register(self.sockets[name].fileno(), events)
        return next((revents for _, revents in watched.poll(0)), 0)

    def do_getsockname(self, name):
        return self.shown(self.sockets[name].getsockname())

    def do_getpeername(self, name):
        return self.shown(self.sockets[name].getpeername())

    def do_getsockopt(self, name, level, option):
        value = self.sockets[name].getsockopt(level, option)
        return errno.errorcode.get(value, value) if (level, option) == (1, 4) else value

    def do_setsockopt(self, name, level, option, value):
        self.sockets[name].setsockopt(level, option, value)

    def do_file(self, path):
        Path(path).touch()

    def do_open(self, path):
        os.open(path, os.O_RDONLY)

    def do_unlink(self, path):
        os.unlink(path)

    def do_pipe(self, reader, writer):
        self.fds = dict(zip((reader, writer), os.pipe()))

    def do_call(self, name, call):
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        fd = self.fds.get(name, 900)
        done = {'listen': lambda: libc.listen(fd, 1), 'accept': lambda: libc.accept(fd, None, None), 'recv': lambda: libc.recv(fd, None,
            0, 0)}[call]()
        if done < 0:
            raise OSError(ctypes.get_errno(), '')
        return done


def record(steps):
    directory = tempfile.mkdtemp()
    os.chdir(directory)
    runner = Runner()
    results = []
    for step in steps:
        results.append(runner.run(step))
        time.sleep(0.003)
    for each in runner.sockets.values():
        each.close()
    os.chdir('/')
    shutil.rmtree(directory)
    return results


if __name__ == '__main__':
    target = Path(__file__).resolve().parent.parent / 'test' / 'recorded' / 'sockets.json'
    rows = [json.dumps({'name': name, 'steps': steps, 'results': record(steps)}, ensure_ascii=True) for name, steps in CASES.items()]
    target.write_text('[\n' + ',\n'.join(rows) + '\n]\n')
    print(f'{len(rows)} cases in {target.name}')
