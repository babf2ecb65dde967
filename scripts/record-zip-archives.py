"""Makes the archives that scripts/record-zip.ts asks the real tools about, in the current directory. Every byte is fixed."""
import os
import random
import struct
import subprocess
import zipfile
import zlib

DATE = (2024, 9, 26, 14, 0, 0)


def info(name, mode=0o100644, method=zipfile.ZIP_DEFLATED, system=3, extra=b"", comment=b""):
    item = zipfile.ZipInfo(name, DATE)
    item.create_system, item.external_attr, item.compress_type = system, mode << 16, method
    item.extra, item.comment = extra, comment
    if name.endswith("/"):
        item.external_attr |= 0x10
    return item


def make(file, entries, prefix=b"", comment=b"", **options):
    with open(file, "wb") as raw:
        raw.write(prefix)
    with zipfile.ZipFile(file, "a", **options) as archive:
        for item, data in entries:
            archive.writestr(item if isinstance(item, zipfile.ZipInfo) else info(item), data)
        archive.comment = comment


def patch(source, target, change):
    data = bytearray(open(source, "rb").read())
    change(data)
    open(target, "wb").write(data)


def put(offset, value):
    def change(data):
        data[offset:offset + len(value)] = value
    return change


def central(data, n=0):
    at = -1
    for _ in range(n + 1):
        at = data.find(b"PK\1\2", at + 1)
    return at


def both(name, local, centre, form, value):
    """Patches a field of the first entry in both of its headers."""
    def change(data):
        struct.pack_into(form, data, data.find(b"PK\3\4") + local, value)
        struct.pack_into(form, data, central(data) + centre, value)
    patch("two.zip", name, change)


noise = bytes(random.Random(7).randrange(256) for _ in range(300))
two = [("a.txt", b"hello\n" * 20), ("sub/b.txt", b"hi\n")]
make("demo.zip", [("__main__.py", b"import my_script  # the entry point of this archive\n".ljust(89, b"#") + b"\n"),
                  ("my_script.py", b"print('Hello from my_script.py')\n".ljust(49, b"#") + b"\n")])
make("two.zip", two)
make("python.zip", [(info("pkg/", 0o40755, 0), b""), ("pkg/__init__.py", b""), (info("pkg/run.sh", 0o100755), b"#!/bin/sh\necho run\n"),
                    (info("pkg/noise.bin", 0o100600, 0), noise), (info("pkg/link", 0o120777, 0), b"run.sh"), ("readme.txt", b"word " * 400)])
make("prefixed.zip", two, prefix=b"#!/usr/bin/env python3\n")
make("comment.zip", two, comment=b"two lines\nof comment")
make("utf8.zip", [("\u00fcn\u00ef/\u2713.txt", b"check\n"), ("plain.txt", b"p\n")])
make("empty.zip", [])
make("dirs.zip", [(info("d/", 0o40700, 0), b""), (info("d/e/", 0o40755, 0), b"")])
make("control.zip", [("bell\x07name.txt", b"x\n")])
make("absolute.zip", [("/tmp/absolute-name.txt", b"x\n"), ("fine.txt", b"y\n")])
make("dotdot.zip", [("../up.txt", b"x\n"), ("in/../../up2.txt", b"x\n"), ("fine.txt", b"y\n")])
make("backslash.zip", [(info("dir\\file.txt", 0o100644, 0, 0), b"x\n")])
make("bzip2.zip", [(info("a.txt", method=zipfile.ZIP_BZIP2), b"hello\n" * 20), ("b.txt", b"b\n")])
make("lzma.zip", [(info("a.txt", method=zipfile.ZIP_LZMA), b"hello\n" * 20), ("b.txt", b"b\n")])
make("dos.zip", [(info("A.EXE", 0, system=0), b"MZ"), (info("NOTE.TXT", 0, system=0), b"note\r\n")])
path = "ni\u00f1o.txt".encode()
make("unicode-path.zip", [(info("nino.txt", extra=struct.pack("<HHBI", 0x7075, 5 + len(path), 1, zlib.crc32(b"nino.txt")) + path), b"n\n")])
make("entry-comment.zip", [(info("a.txt", comment=b"about a"), b"a\n")])
make("collision.zip", [("x", b"a file\n"), ("x/y", b"below it\n")])
make("big-ratio.zip", [("zeros.bin", bytes(200000)), ("one.txt", b"1")])
make("deep.zip", [("a/b/c/d.txt", b"deep\n"), ("a/b/e.txt", b"e\n")])
make("link-out.zip", [(info("out", 0o120777, 0), b"/tmp"), ("out/through.txt", b"x\n")])

plain = open("two.zip", "rb").read()
open("relative.zip", "wb").write(b"#!/usr/bin/env python3\n" + plain)
open("truncated-end.zip", "wb").write(plain[:-10])
open("truncated-half.zip", "wb").write(plain[: len(plain) // 2])
open("cut-front.zip", "wb").write(plain[20:])
open("trailing.zip", "wb").write(plain + b"\n\n")
open("garbage.zip", "wb").write(b"this is no archive at all\n" * 4)
open("nothing.zip", "wb").write(b"")
open("comment-cut.zip", "wb").write(open("comment.zip", "rb").read()[:-5])
patch("two.zip", "bad-crc.zip", lambda data: struct.pack_into("<I", data, central(data) + 16, 0x12345678))
patch("two.zip", "bad-data.zip", put(37, b"\xff\xff\xff"))
patch("two.zip", "bad-local-signature.zip", put(0, b"XX"))
patch("two.zip", "bad-central-signature.zip", lambda data: data.__setitem__(slice(central(data), central(data) + 2), b"XX"))
patch("two.zip", "bad-local-name.zip", put(30, b"z"))
patch("two.zip", "size-lie-small.zip", lambda data: struct.pack_into("<I", data, central(data) + 24, 60))
patch("two.zip", "size-lie-large.zip", lambda data: struct.pack_into("<I", data, central(data) + 24, 500))
patch("two.zip", "count-lie.zip", lambda data: struct.pack_into("<HH", data, len(data) - 14, 5, 5))
patch("two.zip", "offset-lie.zip", lambda data: struct.pack_into("<I", data, central(data, 1) + 42, 3))
patch("two.zip", "disk.zip", lambda data: struct.pack_into("<HH", data, len(data) - 18, 1, 1))
both("bad-both-crc.zip", 14, 16, "<I", 0x12345678)
both("zstd.zip", 8, 10, "<H", 93)
both("method-300.zip", 8, 10, "<H", 300)
both("need-99.zip", 4, 6, "<H", 99)


def overlap(data):
    """The second entry points at the first one's header."""
    struct.pack_into("<I", data, central(data, 1) + 42, 0)


make("same.zip", [("a.txt", b"hello\n"), ("b.txt", b"hello\n")])
patch("same.zip", "overlap.zip", overlap)

os.makedirs("tree", exist_ok=True)
with open("tree/secret.txt", "w") as file:
    file.write("secret\n")
os.utime("tree/secret.txt", (1727359200, 1727359200))
subprocess.run(["zip", "-q", "-X", "-P", "pw", "../encrypted.zip", "secret.txt"], cwd="tree", check=True)
streamed = subprocess.run(["zip", "-q", "-X", "-", "secret.txt"], cwd="tree", check=True, stdout=subprocess.PIPE).stdout
open("streamed.zip", "wb").write(streamed)
subprocess.run(["zip", "-q", "../info-zip.zip", "secret.txt"], cwd="tree", check=True)
with zipfile.ZipFile("zip64.zip", "w") as archive:
    with archive.open(info("big.txt"), "w", force_zip64=True) as file:
        file.write(b"not so big\n")
