"""What zipfile and zipimport read of a zip's directory: one that some process read before is not parsed again.

Stands in for nothing that is missing: parsing is Python code, entry by entry, and a PEX's runtime opens its own file a dozen times.
"""
import _blake2
import _frozen_importlib_external
import _io
import marshal
import sys
import types
import zipfile
import zipimport
from collections import deque
from itertools import repeat
from operator import attrgetter

import _machine

# Bytes of a directory that is parsed sooner than looked up.
SMALL = 4096
SLOTS = zipfile.ZipInfo.__slots__
# End of central directory: signature, 18 bytes, a comment; a zip64 archive has its own, and its locator, just before.
END, END_SIZE, COMMENT_SIZE = b'PK\x05\x06', 22, (1 << 16) - 1
END64, END64_SIZES = b'PK\x06\x06', 56 + 20

_row = attrgetter(*SLOTS)
_ZipInfo = zipfile.ZipInfo
_parse_contents = zipfile.ZipFile._RealGetContents
_parse_directory = zipimport._read_directory


class Method:
    """A built-in that binds as a function does."""

    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        return self.function if instance is None else types.MethodType(self.function, instance)


def _key(*parts):
    hashed = _blake2.blake2b(digest_size=16)
    for part in parts:
        hashed.update(b'%d:' % len(part))
        hashed.update(part)
    return hashed.hexdigest()


def _get_contents(self):
    try:
        found = _found_contents(self)
    except Exception:
        found = None
    if found is None:
        return _parse_contents(self)
    key, comment, self.start_dir = found
    columns = _machine.findCode(key)
    if columns is None:
        _parse_contents(self)
        _machine.keepCode(key, marshal.dumps([*zip(*map(_row, self.filelist))]))
        return
    self._comment = comment
    columns = marshal.loads(columns.to_bytes())
    infos = self.filelist
    infos.extend(map(_ZipInfo.__new__, repeat(_ZipInfo, len(columns[0]))))
    for slot, column in zip(SLOTS, columns):
        deque(map(getattr(_ZipInfo, slot).__set__, infos, column), 0)
    self.NameToInfo.update(zip(columns[SLOTS.index('filename')], infos))


def _found_contents(archive):
    """All that the result depends on, as a key; the comment; the directory's offset. None where it is not to be kept."""
    fp = archive.fp
    if type(fp) is not _io.BufferedReader or type(fp.raw) is not _io.FileIO:
        return None
    if archive.debug or archive.filelist or zipfile.ZipInfo is not _ZipInfo:
        return None
    end = zipfile._EndRecData(fp)
    offset, concat = zipfile._handle_prepended_data(end, 0)
    start, size = offset + concat, end[zipfile._ECD_SIZE]
    if start < 0 or size < SMALL:
        return None
    fp.seek(start)
    key = _key(b'zipfile', fp.read(size), repr((start, concat, archive.metadata_encoding)).encode())
    return key, end[zipfile._ECD_COMMENT], start


def _read_directory(archive):
    try:
        key = None if sys.flags.verbose else _directory_key(archive)
    except Exception:
        key = None
    if key is None:
        return _parse_directory(archive)
    found = _machine.findCode(key)
    if found is not None:
        return marshal.loads(found.to_bytes())
    files = _parse_directory(archive)
    _machine.keepCode(key, marshal.dumps(files))
    return files


def _directory_key(archive):
    with _io.open_code(archive) as fp:
        size = fp.seek(0, 2)
        fp.seek(max(size - COMMENT_SIZE - END_SIZE, 0))
        tail = fp.read()
        end = tail.rfind(END)
        length = _frozen_importlib_external._unpack_uint32(tail[end + 12:end + 16])
        start = size - len(tail) + end - length
        if end < 0 or length < SMALL or start < 0 or tail.startswith(END64, max(end - END64_SIZES, 0)):
            return None
        fp.seek(start)
        return _key(b'zipimport', archive.encode(), b'%d' % size, fp.read())


def install():
    zipfile.ZipFile._RealGetContents = Method(sys._around('_RealGetContents', _get_contents))
    zipimport._read_directory = sys._around('_read_directory', _read_directory)
