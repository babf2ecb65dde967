"""asyncio with the standard library's own loop: Pyodide puts the browser's in its place, which cannot run until complete here."""
import asyncio
import asyncio.events
import sys


def install():
    asyncio.events._event_loop_policy = None
    asyncio._set_running_loop(None)
    asyncio.events._set_event_loop_policy(None)
