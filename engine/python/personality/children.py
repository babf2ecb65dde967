"""_posixsubprocess.fork_exec, on the kernel's spawn: the child is described whole, so nothing runs between a fork and an exec."""
import errno
import os
import sys
import types

from _machine_personality import call, environment


def fork_exec(args, executables, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite,
              errpipe_read, errpipe_write, restore_signals, start_new_session, process_group, gid, gids, uid, umask, preexec_fn, *rest):
    if preexec_fn is not None:
        raise RuntimeError('preexec_fn is not possible here: there is no fork to run it after')
    if not all(isinstance(fd, int) and low < fd < 2 ** 31 for low, fd in zip((-1, *pass_fds), pass_fds)):
        raise ValueError('bad value(s) in fds_to_keep')
    keep = [fd for fd in pass_fds if fd != errpipe_write]
    if not close_fds:
        keep += [fd for fd in range(3, 64) if fd != errpipe_write and _open_in_child(fd)]
    fds = {fd: fd for fd in keep}
    for fd, given in enumerate((p2cread, c2pwrite, errwrite)):
        given = fd if given == -1 else given
        if _is_open(given):
            fds[fd] = given
    for name, number in (('uid', uid), ('gid', gid)):
        if number is not None and number >= 2 ** 32:
            raise OverflowError(f'{name} is greater than maximum')
    if any(number >= 2 ** 32 for number in gids or ()):
        raise ValueError('invalid group id')
    if uid not in (None, -1, os.getuid()) or gid not in (None, -1, os.getgid()) or gids is not None:
        return _failed(errpipe_write, errno.EPERM, b'noexec')
    request = {'argv': [_checked(arg) for arg in args], 'fds': fds}
    if env is None:
        request['env'] = environment.inherited()
    else:
        request['env'] = dict(_checked(entry).split('=', 1) for entry in env)
    if start_new_session:
        request['newSession'] = True
    elif process_group >= 0:
        request['pgid'] = process_group
    if umask >= 0:
        request['umask'] = umask
    if cwd is not None:
        request['cwd'] = os.path.abspath(_checked(cwd))
        try:
            call('access', request['cwd'], 1)
            os.stat(request['cwd'] + '/')
        except OSError as error:
            return _failed(errpipe_write, error.errno, b'noexec:chdir')
    failure = None
    for executable in executables:
        path = _checked(executable)
        if cwd is not None and not path.startswith('/'):
            path = os.path.join(request['cwd'], path)
        try:
            return call('spawnChild', dict(request, path=path), bool(restore_signals))
        except (FileNotFoundError, NotADirectoryError) as error:
            last = error
        except OSError as error:
            failure = failure or error
    return _failed(errpipe_write, (failure or last).errno, b'')


def _checked(text):
    text = os.fsdecode(text)
    if '\0' in text:
        raise ValueError('embedded null byte')
    return text


def _failed(pipe, number, words):
    """What a forked child writes that could not exec; a pid that no process has."""
    os.write(pipe, b'OSError:%x:%s' % (number, words))
    return 0x7fffffff


def _is_open(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


def _open_in_child(fd):
    return _is_open(fd) and os.get_inheritable(fd)


def install():
    module = types.ModuleType('_posixsubprocess')
    module.fork_exec = sys._native('fork_exec', fork_exec)
    sys.modules['_posixsubprocess'] = module
    # It was imported before os had processes, and took what it found.
    import importlib
    import subprocess
    importlib.reload(subprocess)
