"""Asks Python's packaging, pip, pex, csv, importlib.metadata and tomllib what they make of generated file names, tags and files, and records their answers for engine/packaging's tests.

    python3.13 -m venv /tmp/venv && /tmp/venv/bin/pip install packaging pip pex tomli-w
    /tmp/venv/bin/python scripts/record-packaging-files.py test/recorded

The cases come from a fixed seed; the answers change only with those packages, whose versions are recorded.
"""
import copy
import csv
import datetime
import gzip
import importlib.metadata
import io
import json
import os
import random
import re
import sys
import sysconfig
import tomllib

import packaging
import packaging._manylinux as manylinux
import packaging._musllinux as musllinux
import packaging.metadata
import packaging.pylock
import packaging.tags as tags
import tomli_w
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

rng = random.Random(20260101)


def mutate(text, alphabet):
    characters = list(text)
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 4])):
        at = rng.randrange(len(characters) + 1)
        kind = rng.random()
        if kind < 0.4:
            characters[at:at] = rng.choice(alphabet)
        elif kind < 0.7:
            del characters[at:at + 1]
        else:
            characters[at:at + 1] = rng.choice(alphabet)
    return "".join(characters)


def random_tag():
    some = lambda values: ".".join(rng.choice(values) for _ in range(rng.choice([1, 1, 1, 2, 3])))
    interpreters = ["py3", "py2", "cp312", "cp313", "cp39", "pp310", "CP312", "py", "graalpy242", "jy", "3cp", "", "ñ3", "p y", "_1", "cp3̈"]
    abis = ["none", "abi3", "cp312", "cp313t", "abi3t", "pypy310_pp73", "NONE", "", "cp37m", "1"]
    platforms = ["any", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "linux_x86_64", "win_amd64", "win32", "macosx_11_0_arm64",
                 "macosx_10_9_universal2", "musllinux_1_1_x86_64", "pyemscripten_2026_0_wasm32", "ANY", "", "ıİ"]
    weights = lambda values: [value for value in values if value] if rng.random() < 0.95 else values
    return "-".join([some(weights(interpreters if rng.random() < 0.2 else interpreters[:6])), some(weights(abis)), some(weights(platforms))])


def wheel_names():
    names = ["requests", "Django", "zope.interface", "ruamel.yaml.clib", "A_b.C", "typing_extensions", "x", "_private", "a__b", "é", "日本", "na me", "", "a.-b", "Ⅷ", "x+y", "a..b"]
    versions = ["1.0", "2.32.3", "1!2.0", "1.0.post1", "1.0.dev3", "1.0rc1", "1.0+local.1", "1.0_1", "v1", "2024.1.0", "1..0", "", "1.0+", "01.02", "1.0alpha1", "１.0", "9" * 25]
    builds = ["1", "2a", "0", "007_x", "1_1", "b1", "", "12345678901234567890", "3.post", "٣", "1 "]
    cases = []
    for _ in range(20000):
        parts = [rng.choice(names if rng.random() < 0.5 else names[:7]), rng.choice(versions if rng.random() < 0.4 else versions[:7])]
        if rng.random() < 0.25:
            parts.append(rng.choice(builds))
        name = "-".join(parts + [random_tag()]) + rng.choice([".whl"] * 12 + [".WHL", ".zip", ".whl.whl", ""])
        name = mutate(name, "-._+ aZ09é\n")
        try:
            project, version, build, found = parse_wheel_filename(name)
            cases.append([name, project, str(version), list(map(str, build)), "|".join(sorted(map(str, found)))])
        except InvalidWheelFilename as error:
            cases.append([name, str(error)])
    return cases


def tag_texts():
    cases = []
    for _ in range(20000):
        text = mutate(random_tag(), "-._ aZ09é3")
        try:
            cases.append([text, "|".join(sorted(map(str, tags.parse_tag(text))))])
        except tags.InvalidTag as error:
            cases.append([text, None, str(error)])
    return cases


def linux_platforms(machine, glibc, musl):
    manylinux._get_glibc_version = lambda: tuple_of(manylinux._GLibCVersion, glibc)
    manylinux._is_linux_armhf = manylinux._is_linux_i686 = lambda executable: True
    musllinux._get_musl_version = lambda executable: musl and musllinux._MuslVersion(*musl)
    sysconfig.get_platform = lambda: "linux-" + machine
    return list(tags._linux_platforms(is_32bit=False))


def tuple_of(kind, version):
    return kind(*version) if version else kind(-1, -1)


def platform_lists():
    """Each: a description that the tests know how to ask for, and the platforms."""
    cases = []
    for machine in ["x86_64", "aarch64", "i686", "armv7l", "armv8l", "ppc64le", "s390x", "riscv64", "loongarch64", "mips64"]:
        for glibc in [(2, 4), (2, 12), (2, 17), (2, 28), (2, 31), (2, 39), (3, 1)]:
            cases.append([["linux", {"machine": machine, "glibc": glibc}], linux_platforms(machine, glibc, None)])
        for musl in [(1, 0), (1, 1), (1, 2), (1, 5)]:
            cases.append([["linux", {"machine": machine, "musl": musl}], linux_platforms(machine, None, musl)])
        cases.append([["linux", {"machine": machine}], linux_platforms(machine, None, None)])
    for machine in ["x86_64", "arm64", "universal2", "i386", "ppc", "ppc64", "intel"]:
        for version in [(9, 9), (10, 3), (10, 4), (10, 5), (10, 6), (10, 7), (10, 9), (10, 13), (10, 15), (10, 16), (11, 0), (11, 7), (12, 3), (13, 0), (14, 2), (15, 1), (26, 0)]:
            cases.append([["mac", version, machine], list(tags.mac_platforms(version, machine))])
    for version in [(11, 4), (12, 0), (13, 2), (15, 8), (17, 0), (26, 1)]:
        for multiarch in ["arm64-iphoneos", "arm64-iphonesimulator", "x86_64-iphonesimulator"]:
            cases.append([["ios", version, multiarch], list(tags.ios_platforms(version, multiarch))])
    for level in [15, 16, 21, 24, 35]:
        for abi in ["arm64-v8a", "x86_64", "armeabi.v7a"]:
            cases.append([["android", level, abi], list(tags.android_platforms(level, abi))])
    for emscripten, platform in [("5.0.3", "2026_0"), ("4.0.9", "2025_0"), ("3.1.58", None)]:
        sysconfig.get_platform = lambda: "emscripten-" + emscripten + "-wasm32"
        real = sysconfig.get_config_var
        sysconfig.get_config_var = lambda name: platform if name == "PYEMSCRIPTEN_PLATFORM_VERSION" else real(name)
        cases.append([["emscripten", emscripten, platform], list(tags._emscripten_platforms())])
        sysconfig.get_config_var = real
    for system in ["win32", "win-amd64", "win-arm64", "freebsd-14.1-RELEASE-amd64", "cygwin-3.5 x"]:
        sysconfig.get_platform = lambda: system
        cases.append([["other", system], list(tags._generic_platforms())])
    return cases


def abi_lists():
    real = tags._get_config_var
    cases = []
    for version in [(2, 7), (3, 2), (3, 3), (3, 6), (3, 7), (3, 8), (3, 9), (3, 12), (3, 13), (3, 14), (3, 15)]:
        for debug in [False, True]:
            for free in [False, True]:
                for pymalloc in [True, False]:
                    for ucs4 in [True, False]:
                        variables = {"Py_DEBUG": int(debug), "Py_GIL_DISABLED": int(free), "WITH_PYMALLOC": int(pymalloc), "Py_UNICODE_SIZE": 4 if ucs4 else 2}
                        tags._get_config_var = lambda name, warn=False: variables[name]
                        cases.append([version, {"debug": debug, "freeThreaded": free, "pymalloc": pymalloc, "ucs4": ucs4}, tags._cpython_abis(version)])
    tags._get_config_var = real
    return cases


def ranked_lists(platforms):
    """Each: cpython or generic, the version, the ABIs, the description of the platforms, the ranked tags."""
    def listed(*description):
        return next(found for key, found in platforms if key == list(description))

    places = [["linux", {"machine": "x86_64", "glibc": (2, 17)}], ["linux", {"machine": "x86_64", "glibc": (2, 39)}], ["linux", {"machine": "aarch64", "glibc": (2, 28)}],
              ["linux", {"machine": "armv7l", "glibc": (2, 31)}], ["linux", {"machine": "x86_64", "musl": (1, 2)}], ["linux", {"machine": "aarch64", "musl": (1, 1)}],
              ["mac", (10, 9), "x86_64"], ["mac", (10, 15), "x86_64"], ["mac", (11, 0), "arm64"], ["mac", (12, 3), "universal2"], ["mac", (15, 1), "arm64"], ["mac", (14, 2), "x86_64"],
              ["other", "win-amd64"], ["other", "win32"], ["other", "win-arm64"], ["emscripten", "5.0.3", "2026_0"]]
    pythons = [("cpython", (3, 9), ["cp39"]), ("cpython", (3, 12), ["cp312"]), ("cpython", (3, 14), ["cp314"]), ("cpython", (3, 13), ["cp313t"]), ("cpython", (3, 15), ["cp315t"]),
               ("cpython", (2, 7), ["cp27mu"]), ("cpython", (3, 7), ["cp37m", "abi3", "none"]), ("cpython", (3,), []), ("cpython", (3, 13), ["cp313td", "cp313t", "abi3t", "abi3"]),
               ("generic", (3, 10), ["pypy310_pp73"]), ("generic", (3, 11), ["graalpy_242_native", "none"])]
    cases = []
    for index, place in enumerate(places):
        found = listed(*place)
        for offset in range(5):
            kind, version, abis = pythons[(index * 3 + offset) % len(pythons)]
            interpreter = ("cp" if kind == "cpython" else "pp") + "".join(map(str, version))
            own = tags.cpython_tags(version, abis, found) if kind == "cpython" else tags.generic_tags(interpreter, list(abis), found)
            ranked = [*own, *tags.compatible_tags(version, interpreter, found)]
            cases.append([kind, version, abis, place, "|".join(map(str, ranked))])
    return cases


def abbreviated_platforms():
    from pex.pep_508 import MarkerEnvironment
    from pex.platforms import PlatformSpec
    from pip._internal.utils.compatibility_tags import get_supported

    texts = ["manylinux2014_x86_64-cp-312-cp312", "manylinux2010-x86_64-cp-39-cp39", "manylinux1_x86_64-cp-37-m", "manylinux_2_28_aarch64-cp-3.12.4-cp312", "linux-x86_64-cp-27-mu",
             "linux_x86_64-cp-313-cp313t", "macosx-10.13-x86_64-cp-36-cp36m", "macosx_11_0_arm64-cp-312-cp312", "macosx_14_2_x86_64-cp-3.11.9-cp311", "linux-x86_64-pp-310-pypy310_pp73",
             "win_amd64-cp-312-cp312", "win32-cp-39-cp39", "win-arm64-cp-313-cp313", "musllinux_1_2_x86_64-cp-312-cp312", "manylinux2014_aarch64-cp-310-cp310", "manylinux2014_i686-cp-310-cp310",
             "MANYLINUX2014_X86_64-cp-312-cp312", "linux_aarch64-cp-314-cp314", "macosx_15_0_universal2-cp-314-cp314", "any-cp-312-cp312", "linux-x86_64-py-312-none",
             "linux-x86_64-cp-3-cp3", "cp-312-cp312", "manylinux2014_x86_64", "", "linux-x86_64-cp-3x-cp3x", "linux-x86_64--312-cp312", "-cp-312-cp312", "linux-x86_64-cp-312-", "linux-x86_64-cp-3.x-cp3"]
    cases = []
    for text in texts:
        try:
            spec = PlatformSpec.parse(text)
        except PlatformSpec.InvalidSpecError as error:
            cases.append([text, str(error).split("\n\n")[1].replace("\n", " ")])
            continue
        try:
            environment = MarkerEnvironment.from_platform(spec).as_dict()
        except UnboundLocalError:
            continue
        version = "".join(map(str, spec.version_info[:2]))
        cases.append([text, str(spec.tag), environment, "|".join(map(str, get_supported(version, [spec.platform], spec.impl, [spec.abi])))])
    return cases


def record_files():
    cases = []
    for _ in range(20000):
        rows = []
        for _ in range(rng.randrange(0, 6)):
            path = "".join(rng.choice(["a", "b/", "c.py", ",", '"', " ", "é", "x-1.0.dist-info/RECORD", "\n", "\r", "'", ";"]) for _ in range(rng.randrange(1, 5)))
            rows.append([path, rng.choice(["", "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"]), rng.choice(["", "0", "1234"])])
        written = {}
        for end in ["\n", "\r\n"]:
            out = io.StringIO(newline="")
            csv.writer(out, lineterminator=end).writerows(rows)
            written[end] = out.getvalue()
        text = mutate(rng.choice(list(written.values())), ['"', ",", "\n", "\r", "\r\n", '""', "x"])
        cases.append([rows, written["\n"], written["\r\n"], text, list(csv.reader(io.StringIO(text, newline="")))])
    return cases


def metadata_files():
    names = ["Metadata-Version", "Name", "Version", "Summary", "Requires-Dist", "Requires-Python", "Provides-Extra", "Keywords", "Project-URL", "Classifier", "License", "License-File",
             "Import-Name", "Import-Namespace", "Description", "Description-Content-Type", "Author-email", "Dynamic", "Platform", "X-Unknown", "License-Expression", "requires-dist", "NAME", "From", ""]
    values = ["2.5", "requests", "1.0", "A summary", "idna<4,>=2.5; extra == 'x'", ">=3.9", "socks", "a, b,c", "Home, https://example.org/a,b", "Source,https://example.org", "nocomma", "MIT",
              "Ünïcode", "two\n  lines", "three\r\n\tlines\n        |more", "", "   spaced   ", "\x0cform", "a\rb", " ", "=?utf-8?q?=C3=A9?=", "\u2028"]
    cases = []
    for _ in range(20000):
        lines = []
        for _ in range(rng.randrange(0, 9)):
            lines.append((rng.choice(names) + rng.choice([": ", ":", ":  ", " : "]) + rng.choice(values)).encode())
            if rng.random() < 0.05:
                lines[-1] += rng.choice([b"\xff", b"\xc3", b"\xed\xa0\x80"])
            if rng.random() < 0.06:
                lines.append(rng.choice([b"From here to there", b" continued", b"\tcontinued", b"no colon", b": no name", b"N\xc3\xa4me: x", b"From : x", b"   "]))
        end = rng.choice([b"\n", b"\n", b"\r\n", b"\r"])
        data = end.join(lines) + end * rng.choice([0, 1, 2, 2, 2, 3])
        if rng.random() < 0.6:
            data += rng.choice([b"The description.\n", b"# Title\r\n\r\nText: with colon\n", "Bödy\n".encode(), b"latin \xe9\n", b"\n\n", b"  indented", "\ufeffmark".encode()])
        raw, unparsed = packaging.metadata.parse_email(data)
        plain = {name: [text.decode("latin-1") if isinstance(text, bytes) else text for text in texts] for name, texts in unparsed.items()}
        cases.append([data.decode("latin-1"), raw, plain])
    return cases


def entry_point_files():
    pieces = ["[console_scripts]", "[gui_scripts]", "[x.y]", "[[z]]", "[]", "pip = pip._internal.cli.main:main", "a=b", "a = b:c.d [x, y]", "a = b : c", "# comment", "", "   ", "  indented = m:f  ",
              "no equals", "a = b = c", "= m", "a =", "\u2028x = y", "a\x0cb = c", "dash-name = m:f", "a.b = m.n:o [e]", "[spaced group]", "; semi = x", "name = ünï:cöde", "a = b:c [x"]
    cases = []
    for _ in range(20000):
        text = rng.choice(["\n", "\n", "\r\n", "\r"]).join(rng.choice(pieces[:12] if rng.random() < 0.7 else pieces) for _ in range(rng.randrange(0, 8)))
        if rng.random() < 0.6:
            text = "[console_scripts]\n" + text
        try:
            found = list(importlib.metadata.Sectioned.section_pairs(text))
            lines = list(importlib.metadata.Sectioned.read(text, importlib.metadata.Sectioned.valid))
            # Lines before a group are passed over by importlib.metadata and refused by pex, whose users these are.
            refused = any(not pair.name for pair in lines)
            cases.append([text, None if refused else [[pair.name, pair.value.name, pair.value.value] for pair in found]])
        except TypeError:
            cases.append([text, None])
    values = []
    for _ in range(20000):
        value = mutate(rng.choice(["pip._internal.cli.main:main", "m", "a.b:c.d [x, y]", "m : f", "m:f[e]", "m:", ":f", "a b", "m:f [e] ", "ünï:cöde", "m:f []", "m:.a..b"]), ":.[] ,a\n-é")
        point = importlib.metadata.EntryPoint("n", value, "g")
        try:
            values.append([value, [point.module, [name for name in point.attr.split(".") if name] if point.attr else [], point.extras]])
        except (AssertionError, AttributeError):
            values.append([value, None])
    return [cases, values]


REFERENCE = r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$"


def script_files():
    pieces = ["# /// script", "# /// script", "# ///", "# ///", "# requires-python = '>=3.11'", "# dependencies = [", "#   'requests<3',", "# ]", "#", "# [tool.x]", "# a = 1", "#no space", "print(1)", "",
              "# /// other", "# /// script ", "  # ///", "# dependencies = ['rich']", "# bad = ", "# é = 1", "# 'é' = '\u2028'", "# ////", "#\t", "# a = 'x\x0cy'", "# /// TOOL-1"]
    good = ["# /// script", "# requires-python = '>=3.11'", "# dependencies = [", "#   'requests<3',", "# ]", "# ///"]
    cases = []
    for _ in range(20000):
        lines = [rng.choice(pieces) for _ in range(rng.randrange(0, 9))]
        if rng.random() < 0.5:
            at = rng.randrange(len(lines) + 1)
            lines[at:at] = [line for line in good if rng.random() < 0.97]
        text = rng.choice(["\n", "\n", "\n", "\r\n"]).join(lines) + rng.choice(["", "\n"])
        matches = [match for match in re.finditer(REFERENCE, text) if match.group("type") == "script"]
        if len(matches) != 1:
            cases.append([text, len(matches), None])
            continue
        content = "".join(line[2:] if line.startswith("# ") else line[1:] for line in matches[0].group("content").splitlines(keepends=True))
        try:
            cases.append([text, 1, content, tomllib.loads(content)])
        except tomllib.TOMLDecodeError:
            cases.append([text, 1, content])
    return cases


def base_lock():
    digest = {"sha256": "ab" * 32}
    file = lambda name: {"name": name, "upload-time": datetime.datetime(2025, 3, 1, 12, 30, 5, 250000, datetime.timezone.utc), "url": "https://example.org/files/" + name, "size": 1234, "hashes": digest}
    return {
        "lock-version": "1.0", "environments": ["sys_platform == 'linux'", "python_version >= '3.9' and os_name=='posix'"], "requires-python": ">=3.9, <4",
        "extras": ["a-b", "c"], "dependency-groups": ["dev"], "default-groups": ["main"], "created-by": "some-tool",
        "packages": [
            {"name": "attrs", "version": "25.1.0", "requires-python": ">=3.8", "wheels": [file("attrs-25.1.0-py3-none-any.whl")], "sdist": file("attrs-25.1.0.tar.gz"),
             "attestation-identities": [{"kind": "GitHub", "repository": "x/y"}], "index": "https://example.org/simple", "dependencies": [{"name": "cattrs"}]},
            {"name": "numpy", "version": "2.2.3", "marker": "'a-b' in extras", "wheels": [
                {"url": "https://example.org/n%75mpy-2.2.3-cp312-cp312-win_amd64.whl?x=1#y", "hashes": digest}, {"path": "wheels/numpy-2.2.3-cp313-cp313-win_amd64.whl", "hashes": digest}]},
            {"name": "direct", "archive": {"url": "https://example.org/d.zip", "hashes": digest, "size": 3, "subdirectory": "sub"}},
            {"name": "local", "directory": {"path": "../local", "editable": True}},
            {"name": "from-vcs", "vcs": {"type": "git", "url": "https://example.org/r.git", "commit-id": "0" * 40, "requested-revision": "main"}, "tool": {"x": {"y": [1, 2.5, "z"]}}},
        ],
        "tool": {"own": {"number": 1, "float": 1.0, "flag": True, "day": datetime.date(2025, 1, 2)}},
    }


def lock_files():
    values = ["", "x", 0, 3, 1.5, True, [], ["a"], [1], {}, {"a": "b"}, {"kind": 1}, "1.0", "1.1", "2.0", "0.9", "not normal", "A_B", ">=3.9", ">>3", "os_name ==", "sys_platform == 'win32'",
              datetime.date(2025, 1, 2), datetime.datetime(2025, 1, 2, 3, 4, 5), datetime.time(1, 2), "attrs-25.1.0-py3-none-any.whl", "attrs-24.1-py3-none-any.whl", "other-1.zip", "a/b/", "attrs-25.1.0.zip", [{}], [{"name": "y"}]]

    def places(node, path=()):
        children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else []
        for key, child in children:
            yield (*path, key)
            yield from places(child, (*path, key))

    cases = []
    for index in range(20000):
        lock = base_lock()
        for _ in range(0 if index == 0 else rng.choice([1, 1, 1, 2, 3])):
            path = rng.choice(list(places(lock)) or [("x",)])
            parent = lock
            for key in path[:-1]:
                parent = parent[key]
            if rng.random() < 0.4 and isinstance(parent, dict):
                parent.pop(path[-1], None)
            elif rng.random() < 0.15 and isinstance(parent, dict):
                parent[rng.choice(["vcs", "archive", "directory", "sdist", "wheels", "marker", "path", "url", "version", "name", "size", "unknown"])] = copy.deepcopy(rng.choice(values))
            else:
                parent[path[-1]] = copy.deepcopy(rng.choice(values))
        text = tomli_w.dumps(lock)
        try:
            cases.append([text, plain(packaging.pylock.Pylock.from_dict(tomllib.loads(text)).to_dict())])
        except packaging.pylock.PylockValidationError as error:
            cases.append([text, str(error)])
    return cases


def plain(value):
    """As JSON has it: times with an offset as milliseconds, other times as text, numbers of both kinds apart."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, datetime.datetime) and value.tzinfo:
        return "at " + str(round(value.timestamp() * 1000))
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return "int " + str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def main(directory):
    platforms = platform_lists()
    tools = {"python": sys.version.split()[0], "packaging": packaging.__version__, **{name: importlib.metadata.version(name) for name in ["pip", "pex"]}}
    recorded = {
        "wheel-names": wheel_names(),
        "tag-texts": tag_texts(),
        "platforms": platforms,
        "abis": abi_lists(),
        "ranked": ranked_lists(platforms),
        "abbreviated": abbreviated_platforms(),
        "records": record_files(),
        "metadata": metadata_files(),
        "entry-points": entry_point_files(),
        "scripts": script_files(),
        "locks": lock_files(),
    }
    for name, cases in recorded.items():
        text = json.dumps({"tools": tools, "cases": cases}, ensure_ascii=False, separators=(",", ":"))
        with open(os.path.join(directory, "packaging-" + name + ".json.gz"), "wb") as file:
            file.write(gzip.compress(text.encode("utf-8", "surrogatepass"), 9, mtime=0))
        print(name, len(cases))


main(sys.argv[1])
