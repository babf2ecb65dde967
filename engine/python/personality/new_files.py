"""Files that zipfile extracts and importlib compiles: made in one go, and not waited for where it is known that they can be made.

Stands in for nothing that is missing: a PEX unpacks a thousand files, and each would take the kernel three calls.
"""
import _frozen_importlib_external
import builtins
import os
import posix
import sys
import zipfile
import zlib

# Bytes of a file that is better made bit by bit.
LARGE = 256 * 1024
# Of a zip's local header (APPNOTE.TXT, 4.3.7): signature, fixed size, what its extra field may have at most where it is read at once.
LOCAL, LOCAL_SIZE, EXTRA = b'PK\x03\x04', 30, 64
# General purpose bits that change nothing here: how hard it was deflated, sizes that come later, UTF-8.
HARMLESS = 0x80e
# What `open(path, 'wb')` opens with.
FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC

_make_file = sys._make_file
_open, _open_member = builtins.open, zipfile.ZipFile.open
_extract = zipfile.ZipFile._extract_member
_write = _frozen_importlib_external._write_atomic
_Method = type(vars(zipfile.ZipFile)['_RealGetContents'])


def _extract_member(self, member, targetpath, pwd):
    info = member if isinstance(member, zipfile.ZipInfo) else self.NameToInfo.get(member)
    path = None if info is None or pwd else _extracted(self, info, targetpath)
    return _extract(self, member, targetpath, pwd) if path is None else path


def _extracted(archive, info, target):
    """Where it was extracted to; None where that is zipfile's own to do, or to refuse."""
    name = info.filename
    if name[-1:] in ('/', '') or not {'', '.', '..'}.isdisjoint(name.split('/')) or builtins.open is not _open:
        return None
    data = _content(archive, info)
    if data is None:
        return None
    path = os.path.normpath(os.path.join(target, name))
    if not _made(path, data):
        directory = os.path.dirname(path)
        if directory and not os.path.exists(directory):
            os.makedirs(directory, exist_ok=True)
        if not _made(path, data):
            return None
    return path


def _made(path, data):
    if not path.isascii() or not _make_file(path, 0o666, data):
        return False
    sys.audit('open', path, 'wb', FLAGS)
    return True


def _content(archive, info):
    if type(archive).open is not _open_member or archive.mode != 'r' or archive.pwd or archive.metadata_encoding or info.flag_bits & ~HARMLESS:
        return None
    size = info.compress_size
    if not size < LARGE > info.file_size or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return None
    name = info.orig_filename.encode('utf-8' if info.flag_bits & 0x800 else 'cp437')
    try:
        start = info.header_offset
        head = posix.pread(archive.fp.fileno(), LOCAL_SIZE + len(name) + EXTRA + size, start)
        extra = head[28] | head[29] << 8
        begin = LOCAL_SIZE + len(name) + extra
        if head[:4] != LOCAL or head[26] | head[27] << 8 != len(name) or head[LOCAL_SIZE:begin - extra] != name or extra > EXTRA:
            return None
        if info._end_offset is not None and start + begin + size > info._end_offset:
            return None
        data = head[begin:begin + size]
        if info.compress_type == zipfile.ZIP_DEFLATED:
            data = zlib.decompress(data, -15, info.file_size or 1)
    except (AttributeError, IndexError, OSError, ValueError, zlib.error):
        return None
    return data if len(data) == info.file_size and zlib.crc32(data) == info.CRC else None


def _write_atomic(path, data, mode=0o666):
    if not (type(path) is str and path.isascii() and len(data) < LARGE and _make_file(path, mode & 0o666, bytes(data))):
        _write(path, data, mode)


def install():
    del sys._make_file
    zipfile.ZipFile._extract_member = _Method(sys._around('_extract_member', _extract_member))
    _frozen_importlib_external._write_atomic = sys._around('_write_atomic', _write_atomic)
