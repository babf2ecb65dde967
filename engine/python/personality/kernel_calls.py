"""System calls by name, for the other personality files. A failing one raises OSError with Linux's number and words."""
import json

import _machine

_loads = json.JSONDecoder().decode
_dumps = json.JSONEncoder(ensure_ascii=False).encode
_answer = _machine.call


def call(name, *args):
    number, value = _loads(_answer(name, _dumps(args)))
    if number:
        raise OSError(number, value)
    return value


def restarting(name, *args):
    """The call again whenever a signal's handler has run and returned (PEP 475)."""
    while True:
        try:
            return call(name, *args)
        except InterruptedError:
            pass
