"""asyncio with the standard library's own loop on selectors: Pyodide puts the browser's in its place, which cannot run until complete here.
It was imported before there were Unix sockets: its streams are made anew with theirs.

Stands in for: the thread that waits for a child's end; the loop looks for it now and then instead.
"""
import asyncio
import importlib
import os
from asyncio import events, streams, subprocess, unix_events

# Seconds between two looks.
PAUSE = 0.01


class ChildWatcher:
    """As much of _ThreadedChildWatcher as the loop uses."""

    def is_active(self):
        return True

    def add_child_handler(self, pid, callback, *args):
        loop = events.get_running_loop()

        def look():
            try:
                ended, status = os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                return callback(pid, 255, *args)
            if ended:
                callback(pid, os.waitstatus_to_exitcode(status), *args)
            else:
                loop.call_later(PAUSE, look)

        loop.call_soon(look)


def install():
    for module in (streams, subprocess):
        importlib.reload(module)
        for name in module.__all__:
            setattr(asyncio, name, getattr(module, name))
        asyncio.__all__ += tuple(name for name in module.__all__ if name not in asyncio.__all__)
    asyncio.run = getattr(asyncio.run, '__wrapped__', asyncio.run)
    unix_events._ThreadedChildWatcher = ChildWatcher
    events._event_loop_policy = None
    events._set_running_loop(None)
