"""Random changes of a small tree, half of them as another process would make them; what os says of it must be what the kernel says.

argv: a seed, and how many changes.
"""
import errno
import json
import os
import random
import sys
import zipfile

import _machine


def kernel(name, *args):
    """Past everything that this process remembers."""
    number, value = json.loads(_machine.call(name, json.dumps(args)))
    if number:
        raise OSError(number, value)
    return value


def outcome(run):
    try:
        return run()
    except OSError as error:
        return errno.errorcode[error.errno]


def picture(stat):
    return stat.st_ino, stat.st_mode, stat.st_size, stat.st_nlink, round(stat.st_mtime * 1000)


def truth(stat):
    return stat['ino'], stat['mode'], stat['size'], stat['nlink'], round(stat['mtime'])


seed, changes = map(int, sys.argv[1:])
rng = random.Random(seed)
root = os.getcwd() + '/tree'
os.makedirs(root)
names = ['a', 'b', 'c', 'd']
paths = [f'{root}/{x}' for x in names] + [f'{root}/{x}/{y}' for x in names for y in names] + [f'{root}/{x}/{y}/{z}' for x in 'ab' for y in 'ab' for z in 'abc']


def content(path):
    with open(path, 'rb') as file:
        return file.read()


def kernel_content(path):
    fd = kernel('open', path, 0)
    try:
        if kernel('fstat', fd)['mode'] >> 12 == 4:
            raise IsADirectoryError(errno.EISDIR, '')
        return os.pread(fd, 1 << 20, 0)
    finally:
        kernel('close', fd)


def write(path, text, open_, write_, close):
    fd = open_(path, os.O_WRONLY | os.O_CREAT | rng.choice((0, os.O_TRUNC, os.O_APPEND)), 0o644)
    try:
        write_(fd, text)
    finally:
        close(fd)


def own_write(path, text):
    write(path, text, os.open, os.write, os.close)


def other_write(path, text):
    write(path, text, lambda *args: kernel('open', *args), os.write, lambda fd: kernel('close', fd))


members = {name: bytes(rng.choices(b'ab', k=rng.randrange(250))) for name in ('a', 'b', 'c/a', 'd/a', 'new', 'c/new', 'd/e/new')}
with zipfile.ZipFile('members.zip', 'w', zipfile.ZIP_DEFLATED) as archive:
    for name, data in members.items():
        archive.writestr(name, data)
archive = zipfile.ZipFile('members.zip')


def extract(path, *chosen):
    for name in chosen:
        target = archive.extract(name, path)
        # Seen at once, with nobody asked in between.
        if not os.path.exists(target) or os.path.basename(target) not in os.listdir(os.path.dirname(target)):
            raise OSError(errno.EIO, target)
        # At once: two of these paths may be one file.
        if kernel_content(target) != members[name]:
            raise OSError(errno.EIO, name)


mine = {'mkdir': os.mkdir, 'rmdir': os.rmdir, 'unlink': os.unlink, 'rename': os.rename, 'symlink': os.symlink, 'link': os.link, 'chmod': os.chmod,
        'write': own_write, 'truncate': os.truncate, 'extract': extract}
others = {name: (lambda name: lambda *args: kernel(name, *args))(name) for name in mine} | {'write': other_write, 'extract': extract}


def kernel_content_of(fd):
    # This process has opened the copy's number never: it remembers nothing of it.
    copy = kernel('dup', fd)
    try:
        return os.pread(copy, 1 << 20, 0)
    finally:
        kernel('close', copy)


# Open while everything changes around them.
held = []
wrong = 0
for change in range(changes):
    name = rng.choice(list(mine) + ['write', 'mkdir', 'write', 'unlink'])
    path, other = rng.choice(paths), rng.choice(paths)
    args = {
        'rename': (path, other), 'link': (path, other), 'symlink': (rng.choice((other, os.path.basename(other), '../' + names[0], '.')), path),
        'chmod': (path, rng.choice((0o755, 0o700, 0o644))), 'write': (path, b'x' * rng.randrange(1, 250)), 'truncate': (path, rng.randrange(250)),
        'extract': (path, *rng.sample(list(members), 3)),
    }.get(name, (path,))
    outcome(lambda: held.append(os.open(rng.choice(paths), os.O_RDONLY)))
    if len(held) > 5:
        os.close(held.pop(0))
    if outcome(lambda: rng.choice((mine, others))[name](*args)) == 'EIO':
        print(change, name, args, 'is not there')
        wrong += 1
    for fd in held:
        said, true = picture(os.fstat(fd)), truth(kernel('fstat', fd))
        if said != true:
            print(change, name, args, 'fstat', fd, said, true)
            wrong += 1
        said, true = outcome(lambda: os.pread(fd, 1 << 20, 0)), outcome(lambda: kernel_content_of(fd))
        if said != true:
            print(change, name, args, 'pread', fd, said, true)
            wrong += 1
    for path in rng.sample(paths, 8):
        for call, ask in (('stat', os.stat), ('lstat', os.lstat)):
            said, true = outcome(lambda: picture(ask(path))), outcome(lambda: truth(kernel(call, path)))
            if said != true:
                print(change, name, args, call, path, said, true)
                wrong += 1
        said, true = outcome(lambda: sorted(os.listdir(path))), outcome(lambda: sorted(entry['name'] for entry in kernel('readdir', path)))
        if said != true:
            print(change, name, args, 'listdir', path, said, true)
            wrong += 1
        said, true = outcome(lambda: content(path)), outcome(lambda: kernel_content(path))
        if said != true:
            print(change, name, args, 'content', path, said, true)
            wrong += 1
        said, true = outcome(lambda: os.readlink(path)), outcome(lambda: kernel('readlink', path))
        if said != true:
            print(change, name, args, 'readlink', path, said, true)
            wrong += 1
    if wrong > 10:
        break
print('wrong', wrong)
