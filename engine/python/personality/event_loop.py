"""asyncio with the standard library's own loop on select: Pyodide puts the browser's in its place, which cannot run until complete here.

Stands in for: the socket pair by which a signal handler wakes the loop, until there are sockets; a pipe does the same.
"""
import asyncio
import os
from asyncio import events, selector_events


class PipeEnd:
    """As much of a socket as the loop uses of its self-pipe."""

    def __init__(self, fd):
        self.fd = fd

    def fileno(self):
        return self.fd

    def setblocking(self, flag):
        os.set_blocking(self.fd, flag)

    def recv(self, size):
        return os.read(self.fd, size)

    def send(self, data):
        return os.write(self.fd, data)

    def close(self):
        os.close(self.fd)


def make_self_pipe(self):
    self._ssock, self._csock = (PipeEnd(fd) for fd in os.pipe())
    self._ssock.setblocking(False)
    self._csock.setblocking(False)
    self._internal_fds += 1
    self._add_reader(self._ssock.fileno(), self._read_from_self)


def install():
    asyncio.run = getattr(asyncio.run, '__wrapped__', asyncio.run)
    selector_events.BaseSelectorEventLoop._make_self_pipe = make_self_pipe
    events._event_loop_policy = None
    events._set_running_loop(None)
