"""os's calls on processes: all go to the machine's kernel.

Stands in for: getpid, getppid, kill, exec*, posix_spawn, system, uname ... which are stubs inside the wasm. wait is in waits.py, fork in forks.py.
"""
import errno
import os
import posix
import signal
import sys

from _machine_personality import call, environment, put_built_ins, waits


def path_of(path):
    """A path or an argument."""
    path = os.fsdecode(path)
    if '\0' in path:
        raise ValueError('embedded null byte')
    return path


def execve(path, argv, env):
    argv = [path_of(arg) for arg in argv]
    if not argv:
        raise ValueError('execve() arg 2 must not be empty')
    if not argv[0]:
        raise ValueError('execve() arg 2 first element cannot be empty')
    sys.audit('os.exec', path, argv, env)
    call('exec', path_of(path), argv, environment.checked(env))


def execv(path, argv, /):
    execve(path, argv, environment.inherited())


def kill(pid, signal, /):
    sys.audit('os.kill', pid, signal)
    call('kill', pid, int(signal))


def killpg(pgid, signal, /):
    sys.audit('os.killpg', pgid, signal)
    call('kill', -pgid, int(signal))


def spawn(path, argv, env=None, **options):
    """The kernel's spawn; signals that only CPython ignores start anew in the child where `restore` is true."""
    env = environment.inherited() if env is None else environment.checked(env)
    request = {'path': path_of(path), 'argv': [path_of(arg) for arg in argv], 'env': env}
    request.update(options)
    return call('spawnChild', request, True)


def system(command):
    sys.audit('os.system', command)
    pid = spawn('/bin/sh', ['sh', '-c', path_of(command)])
    held = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGQUIT)}
    for number in held:
        signal.signal(number, signal.SIG_IGN)
    try:
        return waits.waitpid(pid, 0)[1]
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)


def posix_spawn(path, argv, env, /, *, file_actions=(), setpgroup=None, resetids=False, setsid=False, setsigmask=(), setsigdef=(),
                scheduler=None):
    fds = {fd: fd for fd in inheritable()}
    for action in file_actions or ():
        if action[0] == posix.POSIX_SPAWN_OPEN:
            opened = os.open(*action[2:])
            fds[action[1]] = opened
        elif action[0] == posix.POSIX_SPAWN_CLOSE:
            fds.pop(action[1], None)
        elif action[0] == posix.POSIX_SPAWN_DUP2:
            fds[action[2]] = action[1]
        else:
            raise TypeError('Unknown file_actions identifier')
    options = {'fds': fds}
    if setpgroup is not None:
        options['pgid'] = setpgroup
    if setsid:
        options['newSession'] = True
    try:
        return spawn(path, argv, env, **options)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
    finally:
        for action in file_actions or ():
            if action[0] == posix.POSIX_SPAWN_OPEN:
                os.close(fds[action[1]])


def posix_spawnp(path, argv, env, /, **options):
    if os.path.dirname(path):
        return posix_spawn(path, argv, env, **options)
    failure = None
    for directory in os.get_exec_path(env):
        try:
            return posix_spawn(os.path.join(directory, path), argv, env, **options)
        except (FileNotFoundError, NotADirectoryError) as error:
            failure = failure or error
    raise failure or FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)


def inheritable():
    """The open descriptors that a child gets."""
    for fd in range(64):
        try:
            if os.get_inheritable(fd):
                yield fd
        except OSError:
            pass


def spawnvef(mode, file, args, env, search):
    """os._spawnvef, which forks."""
    if not isinstance(args, (tuple, list)):
        raise TypeError('argv must be a tuple or a list')
    if not args or not args[0]:
        raise ValueError('argv first element cannot be empty')
    env = environment.inherited() if env is None else env
    try:
        pid = (posix_spawnp if search in (os.execvp, os.execvpe) else posix_spawn)(file, args, env)
    except (OSError, ValueError):
        if mode == os.P_NOWAIT:
            raise
        return 127
    if mode == os.P_NOWAIT:
        return pid
    return os.waitstatus_to_exitcode(waits.waitpid(pid, 0)[1])


_uname = None


def uname():
    global _uname
    if _uname is None:
        _uname = os.uname_result(call('uname'))
    return _uname


def getlogin():
    import pwd
    return pwd.getpwuid(os.getuid()).pw_name


def link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True):
    try:
        call('link', path_of(src), path_of(dst))
    except OSError as error:
        raise OSError(error.errno, error.strerror, src, None, dst) from None


def hardlink_to(self, target):
    os.link(target, self)


def mkfifo(path, mode=0o666, *, dir_fd=None):
    try:
        call('mkfifo', path_of(path), mode)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None


def getgroups():
    import grp
    import pwd
    name = pwd.getpwuid(os.getuid()).pw_name
    return sorted({os.getgid(), *(entry.gr_gid for entry in grp.getgrall() if name in entry.gr_mem)})


def set_inheritable(fd, inheritable, /):
    """C sets the flag by an ioctl that does nothing."""
    if not isinstance(fd, int) or not hasattr(inheritable, '__index__'):
        raise TypeError(f"'{type(inheritable if isinstance(fd, int) else fd).__name__}' object cannot be interpreted as an integer")
    call('setFlags', fd, {'closeOnExec': not inheritable})


def looked_at(c_function, look):
    """pathconf and fpathconf: C's tell of anything, there or not."""
    def conf(place, name, /):
        look(place)
        return c_function(place, name)
    return conf


def ids(which):
    return lambda: call('getuid')[which]


def nothing(*args):
    """setuid and its kin: a process may only become what it is."""
    for arg in args:
        if not hasattr(arg, '__index__'):
            raise TypeError(f'uid should be integer, not {type(arg).__name__}')
        if not -1 <= arg < 2 ** 32:
            raise OverflowError(f'uid is {"greater than maximum" if arg >= 2 ** 63 else "less than minimum"}')
    if any(arg not in (-1, call('getuid')['uid'], call('getuid')['gid']) for arg in args):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def setgroups(groups, /):
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def install(facts):
    """`facts`: what is true of the process and never changes; filled when it starts."""
    put_built_ins({
        'getpid': lambda: facts['pid'], 'getppid': lambda: facts.get('parent') or call('getppid'),
        'getpgrp': lambda: call('getpgid'), 'getpgid': lambda pid, /: call('getpgid', pid),
        'getsid': lambda pid, /: call('getsid', pid), 'setsid': lambda: call('setsid'),
        'setpgid': lambda pid, pgid, /: call('setpgid', pid, pgid), 'setpgrp': lambda: call('setpgid', 0, 0),
        'tcgetpgrp': lambda fd, /: call('tcgetpgrp', fd), 'tcsetpgrp': lambda fd, pgid, /: call('tcsetpgrp', fd, pgid),
        'getuid': ids('uid'), 'geteuid': ids('uid'), 'getgid': ids('gid'), 'getegid': ids('gid'),
        'getresuid': lambda: (call('getuid')['uid'],) * 3, 'getresgid': lambda: (call('getuid')['gid'],) * 3,
        'setuid': nothing, 'setgid': nothing, 'seteuid': nothing, 'setegid': nothing, 'setreuid': nothing, 'setregid': nothing, 'setgroups': setgroups,
        'set_inheritable': set_inheritable, 'getgroups': getgroups, 'getlogin': getlogin, 'uname': uname, 'link': link, 'mkfifo': mkfifo,
        'execv': execv, 'execve': execve,
        'kill': kill, 'killpg': killpg, 'system': system, 'posix_spawn': posix_spawn, 'posix_spawnp': posix_spawnp,
        'ttyname': lambda fd, /: call('ttyname', fd), 'getloadavg': lambda: (0.0, 0.0, 0.0),
        'pathconf': looked_at(posix.pathconf, lambda place: os.fstat(place) if isinstance(place, int) else os.stat(place)), 'fpathconf': looked_at(posix.fpathconf, os.fstat),
        'nice': lambda increment, /: 0, 'getpriority': lambda which, who: 0, 'sync': lambda: None,
    }, posix, os)
    for name, value in {
        'POSIX_SPAWN_OPEN': 0, 'POSIX_SPAWN_CLOSE': 1, 'POSIX_SPAWN_DUP2': 2, 'P_WAIT': 0, 'P_NOWAIT': 1, 'P_NOWAITO': 1,
    }.items():
        setattr(posix, name, value)
        setattr(os, name, value)
    os._spawnvef = spawnvef
    # It looked for os.link when it was imported.
    import pathlib
    pathlib.Path.hardlink_to = hardlink_to
    os.P_WAIT, os.P_NOWAIT, os.P_NOWAITO = 0, 1, 1
    for name in ('spawnv', 'spawnve', 'spawnvp', 'spawnvpe', 'spawnl', 'spawnle', 'spawnlp', 'spawnlpe', 'popen'):
        if name not in os.__all__:
            os.__all__.append(name)
