"""Where the interpreter was found, and whether that is in a virtual environment: the part of CPython's getpath.py that a command line decides."""
import os
import sys

BASE = '/opt/bin/python3'


def executable(argv0, path):
    """sys.executable: argv[0] where it has a slash, otherwise what PATH finds; links stay as they are, but this machine's Python is python3."""
    if '/' in argv0:
        return os.path.abspath(argv0)
    for directory in path.split(':'):
        found = os.path.join(os.path.abspath(directory), argv0)
        if os.path.isfile(found) and os.access(found, os.X_OK):
            return BASE if os.path.dirname(found) == os.path.dirname(BASE) else found
    return BASE


def environment(program):
    """The directory with pyvenv.cfg that `program` lies in, and the `home` that it names; None where there is none."""
    beside = os.path.dirname(program)
    for directory in (beside, os.path.dirname(beside)):
        try:
            with open(os.path.join(directory, 'pyvenv.cfg'), encoding='utf-8') as file:
                lines = file.readlines()
        except OSError:
            continue
        for line in lines:
            key, equals, value = line.partition('=')
            if equals and key.strip().lower() == 'home':
                return os.path.dirname(beside), value.strip()
        return os.path.dirname(beside), None
    return None


def locate(argv0, path):
    """Sets sys.executable, and in a virtual environment the prefixes."""
    sys.executable = sys._base_executable = program = executable(argv0, path)
    if program.startswith('/opt/bin/'):
        return
    if not (found := environment(program)):
        return
    sys.prefix, home = found
    sys.exec_prefix = sys.prefix
    base = os.path.join(home or '', os.path.basename(program))
    sys._base_executable = base if home and os.path.exists(base) else os.path.realpath(program)
