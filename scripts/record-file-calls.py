"""Records what Linux says to calls on paths, into test/recorded/file-calls.json, which file-calls.test.ts replays.

Run: sudo python3 scripts/record-file-calls.py (needs Linux; as root, because the calls are made by an ordinary user in a tree that
root prepared). Calls build on the ones before. `*` in an argument repeats what is before it: ["x*300"] is 300 times x.
"""
import errno
import json
import os
import pathlib
import shutil
import stat
import tempfile

R, W, RW, CREAT, EXCL, TRUNC = os.O_RDONLY, os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_EXCL, os.O_TRUNC
APPEND, DIRECTORY, NOFOLLOW = os.O_APPEND, os.O_DIRECTORY, os.O_NOFOLLOW
CALLS = [
    ["open", "file", R], ["open", "missing", R], ["open", "", R], ["open", "file/", R], ["open", "file/x", R], ["open", "dir", R],
    ["open", "dir", W], ["open", "dir", R | CREAT], ["open", "dir/", RW], ["open", "new/", W | CREAT], ["open", "file", R | DIRECTORY],
    ["open", "dir", R | DIRECTORY], ["open", "file", W | CREAT | EXCL], ["open", "link", R | NOFOLLOW], ["open", "link", R],
    ["open", "dangling", R], ["open", "dangling", W | CREAT | EXCL], ["open", "loop", R], ["open", "loop", W | CREAT],
    ["open", "dangling", W | CREAT], ["stat", "nothing"], ["open", "secret", R], ["open", "secret", W], ["open", "closed/x", R],
    ["open", "theirs/new", W | CREAT], ["open", "theirs/file", W], ["open", "theirs/file", R], ["open", "x*255", W | CREAT],
    ["open", "x*256", W | CREAT], ["open", "dir/../file", R], ["open", "missing/../file", R], ["open", "file/../file", R],
    ["stat", "link/"], ["stat", "dirlink/"], ["lstat", "dirlink"], ["lstat", "dirlink/"], ["stat", "loop"], ["lstat", "loop"],
    ["stat", "dangling/x"], ["access", "file", 4], ["access", "file", 1], ["access", "secret", 4], ["access", "secret", 0],
    ["access", "missing", 0], ["access", "theirs", 2], ["mkdir", "dir"], ["mkdir", "file"], ["mkdir", "file/x"], ["mkdir", "d1/"],
    ["mkdir", "d1/./"], ["mkdir", "missing/d"], ["mkdir", "dangling2"], ["mkdir", "dangling2/"], ["mkdir", "."], ["mkdir", ".."], ["mkdir", "/"],
    ["mkdir", "theirs/d"], ["mkdir", "x*256"], ["rmdir", "dir"], ["rmdir", "file"], ["rmdir", "missing"], ["rmdir", "d1/."],
    ["rmdir", "dir/.."], ["rmdir", "dirlink"], ["rmdir", "dirlink/"], ["rmdir", "d1/"], ["rmdir", "."], ["rmdir", "theirs/empty"], ["rmdir", "/"],
    ["unlink", "missing"], ["unlink", "dir"], ["unlink", "dir/"], ["unlink", "file/"], ["unlink", "dirlink/"], ["unlink", "link/"],
    ["unlink", "dir/."], ["unlink", "theirs/file"], ["unlink", "sticky/theirs"], ["unlink", "sticky/mine"], ["unlink", ""],
    ["symlink", "x", "file"], ["symlink", "", "s1"], ["symlink", "x", "s2/"], ["symlink", "x", "dir"], ["symlink", "x", "s3"],
    ["symlink", "x", "missing/s"], ["symlink", "x", "theirs/s"], ["readlink", "s3"], ["readlink", "file"], ["readlink", "missing"],
    ["readlink", "dirlink/"], ["link", "file", "hard"], ["link", "file", "hard"], ["link", "dir", "hard2"], ["link", "missing", "h"],
    ["link", "dangling2", "hard3"], ["lstat", "hard3"], ["link", "file", "h/"], ["link", "file/", "h"], ["link", "file", "theirs/h"],
    ["rename", "missing", "x"], ["rename", "file", "dir"], ["rename", "dir", "file"], ["rename", "dir", "dir/sub"], ["rename", "dir", "full"],
    ["rename", "file", "f2/"], ["rename", "dir", "dir2/"], ["rename", "dir2", "dir"], ["rename", "file", "hard"], ["stat", "file"],
    ["rename", ".", "x"], ["rename", "dir/.", "x"], ["rename", "dir", ".."], ["rename", "file", "theirs/f"], ["rename", "theirs/file", "f"],
    ["rename", "sticky/theirs", "sticky/t2"], ["rename", "dir/sub/..", "x"], ["rename", "dir/sub", "dir"], ["rename", "file/", "f3"],
    ["rename", "dirlink/", "x"], ["rename", "dirlink/", "x/"], ["rename", "full", "dirlink/"], ["rename", "full/", "dangling2/"],
    ["rename", "file", "dirlink/"], ["rename", "dirlink", "dir/"], ["rename", "dirlink/", "dirlink"], ["rename", "file", "file/"],
    ["mkdir", "dirlink/"], ["rmdir", "dangling2/"], ["rmdir", "loop/"], ["unlink", "loop/"], ["lstat", "dirlink"], ["lstat", "dir"],
    ["chmod", "file", 0o600], ["chmod", "theirs/file", 0o600], ["chmod", "missing", 0], ["chmod", "dangling2", 0],
    ["chown", "file", 0, 0], ["chown", "file", -1, 1000], ["chown", "file", 1000, 0], ["chown", "theirs/file", -1, -1],
    ["truncate", "file", 3], ["truncate", "dir", 0], ["truncate", "theirs/file", 0], ["truncate", "missing", 0], ["truncate", "file", -1],
    ["mkfifo", "fifo"], ["mkfifo", "fifo"], ["mkfifo", "f4/"], ["open", "fifo", W | os.O_NONBLOCK], ["open", "fifo", R | os.O_NONBLOCK],
    ["readdir", "file"], ["readdir", "missing"], ["readdir", "closed"], ["readdir", "dir"], ["chdir", "file"], ["chdir", "missing"],
    ["chdir", "closed"], ["chdir", "dirlink"], ["stat", "../file"], ["open", "../hard", R | TRUNC], ["chdir", ".."],
    ["open", "hard", W | APPEND | CREAT],
]


def prepare(root):
    for name in "dir", "dir/sub", "full", "closed", "theirs", "theirs/empty", "sticky":
        os.mkdir(root / name)
    for name in "file", "secret", "dir/inner", "full/inner", "theirs/file", "sticky/theirs", "sticky/mine":
        (root / name).write_text("content")
    links = {"link": "file", "dirlink": "dir", "dangling": "nothing", "dangling2": "nowhere", "loop": "loop"}
    for name, target in links.items():
        os.symlink(target, root / name)
    modes = {"secret": 0, "closed": 0, "sticky": 0o1777, "theirs": 0o755, "dir": 0o755}
    for name, mode in modes.items():
        os.chmod(root / name, mode)
    os.chown(root, 1000, 1000)
    for path in root.rglob("*"):
        if "theirs" not in path.parts and path.name != "theirs" and path.name != "sticky":
            os.chown(path, 1000, 1000, follow_symlinks=False)


def expand(argument):
    if isinstance(argument, str) and "*" in argument:
        text, times = argument.split("*")
        return text * int(times)
    return argument


def call(name, *arguments):
    if name == "open":
        os.close(os.open(*arguments, 0o666))
    elif name == "access":
        if not os.access(*arguments):
            # os.access hides the reason.
            os.stat(arguments[0])
            raise PermissionError(errno.EACCES, "")
    elif name == "readdir":
        os.listdir(*arguments)
    elif name in ("stat", "lstat"):
        found = getattr(os, name)(*arguments)
        return stat.filemode(found.st_mode)
    elif name == "link":
        os.link(*arguments, follow_symlinks=False)
    else:
        return getattr(os, name)(*arguments)
    return None


def record():
    rows = []
    for name, *arguments in CALLS:
        try:
            result = call(name, *map(expand, arguments))
        except OSError as error:
            result = errno.errorcode[error.errno]
        rows.append({"call": [name, *arguments], "result": result})
    return rows


if __name__ == "__main__":
    target = pathlib.Path(__file__).resolve().parent.parent / "test/recorded/file-calls.json"
    root = pathlib.Path(tempfile.mkdtemp())
    root.chmod(0o755)
    prepare(root)
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.setgroups([])
        os.setgid(1000)
        os.setuid(1000)
        os.umask(0o022)
        os.chdir(root)
        os.write(writer, json.dumps(record()).encode())
        os._exit(0)
    os.close(writer)
    os.wait()
    with open(reader) as recorded:
        rows = json.load(recorded)
    shutil.rmtree(root)
    target.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
    print(f"{len(rows)} calls in {target.name}")
