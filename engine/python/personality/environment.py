"""The environment that children get, as CPython's C makes and keeps it.

Stands in for: the C library's `environ`, which putenv changes without os.environ knowing; a child is described from here, not from there.
"""
import os
import posix

from _machine_personality import put_built_ins

# What putenv and unsetenv (None) were told: os.environ tells them all of its own changes.
_told = {}


def checked(env):
    """A mapping as text. Throws what C's parse_envlist does."""
    names = {}
    for name, value in zip(list(env.keys()), list(env.values())):
        name, value = os.fsencode(name), os.fsencode(value)
        if b'\0' in name + value:
            raise ValueError('embedded null byte')
        # A first = is part of the name, as on some systems.
        if b'=' in name[1:]:
            raise ValueError('illegal environment variable name')
        names[os.fsdecode(name)] = os.fsdecode(value)
    return names


def inherited():
    names = checked(os.environ)
    for name, value in _told.items():
        if value is None:
            names.pop(name, None)
        else:
            names[name] = value
    return names


def install():
    c_putenv, c_unsetenv = posix.putenv, posix.unsetenv

    def putenv(name, value, /):
        c_putenv(name, value)
        _told[os.fsdecode(name)] = os.fsdecode(value)

    def unsetenv(name, /):
        c_unsetenv(name)
        _told[os.fsdecode(name)] = None

    put_built_ins({'putenv': putenv, 'unsetenv': unsetenv}, posix, os)
