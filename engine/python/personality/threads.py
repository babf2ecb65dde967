"""Threads cannot start here: one interpreter has one thread of wasm. CPython says so by itself; this adds the reason."""
import _thread
import sys
import threading

REASON = 'this Python runs in one browser thread; asyncio, subprocess and selectors work'


def refusing(start):
    def start_thread(*args, **options):
        try:
            return start(*args, **options)
        except RuntimeError as error:
            error.add_note(REASON)
            raise
    return sys._native(start.__name__, start_thread)


def install():
    for name in ('start_new_thread', 'start_joinable_thread'):
        function = refusing(getattr(_thread, name))
        setattr(_thread, name, function)
        for holder in ('_start_new_thread', '_start_joinable_thread'):
            if holder == '_' + name and hasattr(threading, holder):
                setattr(threading, holder, function)
