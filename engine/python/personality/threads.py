"""Threads in an interpreter that has one: a thread runs whole when it is started, before `start` returns.

That is one of the orders that a scheduler may choose, and right for a thread that handles a request, computes, spawns children or
copies a stream. One that would wait for the thread that started it, or serve beside it for ever, cannot be continued later: `start` refuses
it, with the reason.

Stands in for: _thread's start functions and identities, the waiting in threading.Condition (events, queues, semaphores), and the workers of
concurrent.futures.ThreadPoolExecutor, which wait for more.
"""
import _thread
import concurrent.futures.thread as pool
import contextvars
import sys
import threading
import time
from asyncio import base_events, events, tasks

REASON = 'this Python runs in one browser thread, where a thread runs whole when it is started, and this one waits for another'
MAIN = _thread.get_ident()

# The threads that run, each inside the one before; whether the innermost was found to wait for another.
running = [MAIN]
numbers = {'next': MAIN + 1, 'refused': False}


def refuse():
    numbers['refused'] = True
    raise SystemExit


class Wait:
    """The lock that a waiting Condition takes twice: the second time waits for the notification."""

    def __init__(self):
        self.lock = _thread.allocate_lock()
        self.release = self.lock.release

    def acquire(self, blocking=True, timeout=-1):
        if self.lock.acquire(False):
            return True
        if not blocking:
            return False
        if len(running) > 1:
            refuse()
        # Only the handler of a signal can notify now.
        end = time.monotonic() + timeout if timeout >= 0 else None
        while not self.lock.acquire(False):
            left = 60.0 if end is None else end - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(left, 0.05))
        return True


class Handle:
    """_thread._ThreadHandle of a thread that is over when anyone can see it."""

    ident = None
    done = False

    def is_done(self):
        return self.done

    def join(self, timeout=None, /):
        if not self.done and self.ident is None:
            raise RuntimeError('thread not started')
        if not self.done and self.ident in running:
            raise RuntimeError('Cannot join current thread')

    def _set_done(self):
        self.done = True


def run(function, handle, args=(), keywords={}):
    """Raises where the thread would wait for another."""
    handle.ident = numbers['next']
    numbers['next'] += 1
    running.append(handle.ident)
    loop = events._get_running_loop()
    task = loop and tasks._swap_current_task(loop, None)
    events._set_running_loop(None)
    try:
        contextvars.Context().run(function, *args, **keywords)
    except SystemExit:
        pass
    except BaseException as error:
        sys.unraisablehook(_thread._ExceptHookArgs((type(error), error, error.__traceback__, None)))
    finally:
        events._set_running_loop(loop)
        if loop:
            tasks._swap_current_task(loop, task)
        running.pop()
        handle._set_done()
    if numbers['refused']:
        numbers['refused'] = False
        if isinstance(thread := getattr(function, '__self__', None), threading.Thread):
            threading._limbo[thread] = thread
        error = RuntimeError("can't start new thread")
        error.add_note(REASON)
        raise error


def start_joinable_thread(function, handle=None, daemon=True):
    handle = Handle() if handle is None else handle
    run(function, handle)
    return handle


def start_new_thread(function, args, kwargs={}, /):
    handle = Handle()
    run(function, handle, args, kwargs)
    return handle.ident


def submit(self, fn, /, *args, **kwargs):
    """ThreadPoolExecutor.submit: the work is done in a thread of its own."""
    if self._broken:
        raise self.BROKEN(self._broken)
    if self._shutdown or pool._shutdown:
        raise RuntimeError('cannot schedule new futures after ' + ('shutdown' if self._shutdown else 'interpreter shutdown'))
    future = pool._base.Future()
    worker = threading.Thread(name=f'{self._thread_name_prefix or self}_0', target=work, args=(self, future, fn, args, kwargs))
    worker.start()
    return future


def work(executor, future, fn, args, kwargs):
    item = pool._WorkItem(future, executor._resolve_work_item_task(fn, args, kwargs))
    if not hasattr(executor, '_worker_context'):
        executor._worker_context = executor._create_worker_context()
        try:
            executor._worker_context.initialize()
        except BaseException:
            pool._base.LOGGER.critical('Exception in initializer:', exc_info=True)
            executor._broken = 'A thread initializer failed, the thread pool is not usable anymore'
            future.set_exception(executor.BROKEN(executor._broken))
            return
    item.run(executor._worker_context)


def run_once(loop_once, listens):
    """BaseEventLoop._run_once: in a thread, a loop that only others can wake is refused."""
    def once(self):
        if len(running) > 1 and not (self._ready or self._scheduled or self._stopping):
            waited = [key.fd for key in self._selector.get_map().values()]
            if all(fd == self._ssock.fileno() or listens(fd) for fd in waited):
                refuse()
        loop_once(self)
    return once


def install(listens):
    """`listens`: of a descriptor, whether it is a socket that accepts connections."""
    functions = {
        'start_new_thread': start_new_thread, 'start_joinable_thread': start_joinable_thread, 'get_ident': lambda: running[-1],
    }
    for name, function in functions.items():
        native = sys._native(name, function)
        setattr(_thread, name, native)
        for holder in (name, '_' + name):
            if hasattr(threading, holder):
                setattr(threading, holder, native)
    threading._allocate_lock = Wait
    threading._ThreadHandle = Handle
    pool.ThreadPoolExecutor.submit = submit
    base_events.BaseEventLoop._run_once = run_once(base_events.BaseEventLoop._run_once, listens)
