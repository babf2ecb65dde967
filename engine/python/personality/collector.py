"""gc: what the snapshot holds is no work for the collector.

A fresh CPython has five thousand objects to look through, the snapshot has thirty thousand, most of them of modules that are out of sight;
each full collection, of which a process's end alone makes three, would take as long as a small program. So they are frozen, but for what a
program can come upon as the place that refers to an object of its own: the modules' names.
"""
import gc
import sys

freeze, unfreeze, get_freeze_count = gc.freeze, gc.unfreeze, gc.get_freeze_count
# How many frozen objects are not the program's; None as long as it froze none.
ours = None


def _freeze():
    global ours
    if ours is None:
        ours = get_freeze_count()
    freeze()


def _unfreeze():
    global ours
    ours = 0
    unfreeze()


def _get_freeze_count():
    return 0 if ours is None else get_freeze_count() - ours


def install():
    gc.collect()
    freeze()
    for module in [*sys.modules.values()]:
        if isinstance(module, type(sys)):
            sys._track(module.__dict__)
    sys._track(sys.modules)
    for function in (_freeze, _unfreeze, _get_freeze_count):
        name = function.__name__[1:]
        setattr(gc, name, sys._native(name, function))
