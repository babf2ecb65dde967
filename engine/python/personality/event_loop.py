"""asyncio with the standard library's own loop on selectors: Pyodide puts the browser's in its place, which cannot run until complete here."""
import asyncio
from asyncio import events


def install():
    asyncio.run = getattr(asyncio.run, '__wrapped__', asyncio.run)
    events._event_loop_policy = None
    events._set_running_loop(None)
