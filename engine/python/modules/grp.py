"""The group database, from /etc/group. Stands in for the C module that this build of CPython lacks."""
from collections import namedtuple as _namedtuple

__all__ = ['getgrall', 'getgrgid', 'getgrnam', 'struct_group']

struct_group = _namedtuple('struct_group', 'gr_name gr_passwd gr_gid gr_mem', module='grp')


def getgrall():
    with open('/etc/group', encoding='utf-8') as file:
        rows = [line.rstrip('\n').split(':') for line in file if line.count(':') == 3]
    return [struct_group(name, password, int(gid), [member for member in members.split(',') if member])
            for name, password, gid, members in rows]


def getgrnam(name):
    for entry in getgrall():
        if entry.gr_name == name:
            return entry
    raise KeyError(f'getgrnam(): name not found: {name!r}')


def getgrgid(id):
    for entry in getgrall():
        if entry.gr_gid == id:
            return entry
    raise KeyError(f'getgrgid(): gid not found: {id}')
