"""Asks packaging.pylock what it selects from generated lock files, for the tests of engine/resolver.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install packaging pip tomli-w
    /tmp/venv/bin/python scripts/record-lock-selections.py test/recorded/lock-selections.json.gz
"""

import gzip
import json
import random
import sys

import packaging
import tomli_w
from packaging.pylock import Pylock, PylockSelectError
from packaging.tags import Tag

rng = random.Random(20260301)
hashes = {"sha256": "00"}
tags = ["py3-none-any", "cp311-cp311-manylinux_2_28_x86_64", "cp311-abi3-manylinux_2_28_x86_64", "cp312-cp312-win_amd64", "py311-none-any"]
markers = [
    'sys_platform == "linux"', 'sys_platform == "win32"', 'python_version >= "3.12"', 'python_full_version < "3.11.7"', '"big" in extras',
    '"test" in dependency_groups', '"dev" in dependency_groups or "big" in extras', 'sys_platform == "linux" and "small" not in extras',
]
requires = [">=3.8", ">=3.12", "==3.11.*", "!=3.11.7", ">=3.11.7rc1"]
environment = {
    "implementation_name": "cpython", "implementation_version": "3.11.7", "os_name": "posix", "platform_machine": "x86_64",
    "platform_python_implementation": "CPython", "platform_release": "6.1", "platform_system": "Linux", "platform_version": "#1",
    "python_full_version": "3.11.7", "python_version": "3.11", "sys_platform": "linux",
}
taken = ["cp311-cp311-manylinux_2_28_x86_64", "cp311-abi3-manylinux_2_28_x86_64", "py3-none-manylinux_2_28_x86_64", "py311-none-any", "py3-none-any"]


def some(chance, value):
    return value if rng.random() < chance else None


def make_package(name):
    version = rng.choice(["1.0", "2.0rc1"])
    package = {"name": name, "version": version, "marker": some(0.5, rng.choice(markers)), "requires-python": some(0.25, rng.choice(requires))}
    kind = rng.random()
    if kind < 0.08:
        package["vcs"] = {"type": "git", "url": "https://index.test/repository", "commit-id": "abc"}
    elif kind < 0.16:
        package["directory"] = {"path": "./here"}
    elif kind < 0.24:
        package["archive"] = {"url": "https://index.test/archive.zip", "hashes": hashes}
    else:
        wheels = [f"{name}-{version}{rng.choice(['', '', '-2'])}-{tag}.whl" for tag in rng.sample(tags, rng.randint(1, 3))]
        if kind < 0.9:
            package["wheels"] = [{"url": f"https://index.test/{wheel}", "hashes": hashes} for wheel in wheels]
        if kind > 0.6:
            package["sdist"] = {"url": f"https://index.test/{name}-{version}.tar.gz", "hashes": hashes}
    return {key: value for key, value in package.items() if value is not None}


def make_case():
    lock = {
        "lock-version": "1.0",
        "created-by": "record",
        "requires-python": some(0.2, rng.choice(requires)),
        "environments": some(0.2, rng.sample(markers[:4], 2)),
        "extras": ["big", "small"],
        "dependency-groups": ["dev", "test"],
        "default-groups": some(0.3, ["dev"]),
        "packages": [make_package(name) for name in rng.choices(["aa", "bb", "cc", "dd"], k=rng.randint(1, 4))],
    }
    lock = {key: value for key, value in lock.items() if value is not None}
    extras = rng.choice([[], ["big"], ["big", "small"]])
    groups = rng.choice([None, [], ["test"], ["dev", "test"]])
    try:
        selected = Pylock.from_dict(lock).select(
            environment=environment, tags=[Tag(*tag.split("-")) for tag in taken], extras=extras, dependency_groups=groups)
        answer = [[package.name, type(source).__name__.removeprefix("Package").lower(), getattr(source, "url", None)] for package, source in selected]
    except PylockSelectError as error:
        answer = str(error)
    return [tomli_w.dumps(lock), extras, groups, answer]


recorded = {"packaging": packaging.__version__, "cases": [make_case() for _ in range(600)]}
with open(sys.argv[1], "wb") as file, gzip.GzipFile("", "wb", 9, file, 0) as packed:
    packed.write(json.dumps(recorded, separators=(",", ":")).encode())
