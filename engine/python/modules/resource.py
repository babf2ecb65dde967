"""Resource limits and usage, as far as they mean something here. Stands in for the C module that this build of CPython lacks.

Nothing is limited but open descriptors; nothing is measured but processor time.
"""
import os as _os
import time as _time
from collections import namedtuple as _namedtuple

error = OSError
RLIM_INFINITY = -1
RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE = range(5)
RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_MEMLOCK, RLIMIT_AS = range(5, 10)
RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD = 0, -1, 1


class struct_rusage(_namedtuple(
        'struct_rusage',
        'ru_utime ru_stime ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap ru_inblock ru_oublock ru_msgsnd ru_msgrcv '
        'ru_nsignals ru_nvcsw ru_nivcsw')):
    __slots__ = ()

    def __new__(cls, sequence):
        return cls._make(sequence)

    def __repr__(self):
        return 'resource.' + super().__repr__()


_limits = {RLIMIT_NOFILE: (1024, 1024)}


def _check(resource):
    if not 0 <= resource <= RLIMIT_AS:
        raise ValueError('invalid resource specified')


def getrlimit(resource, /):
    _check(resource)
    return _limits.get(resource, (RLIM_INFINITY, RLIM_INFINITY))


def setrlimit(resource, limits, /):
    _check(resource)
    soft, hard = limits
    if getrlimit(resource)[1] not in (RLIM_INFINITY, hard) and hard > getrlimit(resource)[1]:
        raise ValueError('not allowed to raise maximum limit')
    if hard != RLIM_INFINITY and (soft == RLIM_INFINITY or soft > hard):
        raise ValueError('current limit exceeds maximum limit')
    _limits[resource] = (soft, hard)


def getrusage(who, /):
    if who not in (RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD):
        raise ValueError('invalid who parameter')
    used = _os.times().children_user if who == RUSAGE_CHILDREN else _time.process_time()
    return struct_rusage((used, 0.0) + (0,) * 14)


def getpagesize():
    return 4096
