"""The password database, from /etc/passwd. Stands in for the C module that this build of CPython lacks."""
from collections import namedtuple as _namedtuple

__all__ = ['getpwall', 'getpwnam', 'getpwuid', 'struct_passwd']

struct_passwd = _namedtuple('struct_passwd', 'pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell', module='pwd')


def getpwall():
    with open('/etc/passwd', encoding='utf-8') as file:
        rows = [line.rstrip('\n').split(':') for line in file if line.count(':') == 6]
    return [struct_passwd(name, password, int(uid), int(gid), *rest) for name, password, uid, gid, *rest in rows]


def getpwnam(name, /):
    for entry in getpwall():
        if entry.pw_name == name:
            return entry
    raise KeyError(f'getpwnam(): name not found: {name!r}')


def getpwuid(uid, /):
    for entry in getpwall():
        if entry.pw_uid == uid:
            return entry
    raise KeyError(f'getpwuid(): uid not found: {uid}')
