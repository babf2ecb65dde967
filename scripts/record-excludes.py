"""Asks real pex which requirements an --exclude covers, for the tests of engine/resolver.

    python3.11 -m venv /tmp/venv && /tmp/venv/bin/pip install pex
    /tmp/venv/bin/python scripts/record-excludes.py test/recorded/excludes.json
"""

import json
import random
import sys

from pex.dist_metadata import Requirement
from pex.version import __version__

rng = random.Random(5)
versions = ["1", "1.0", "1.5", "2", "2.0", "2.1", "3", "1.5.1"]


def clause():
    operator = rng.choice(["<", "<=", ">", ">=", "==", "!=", "~=", "==*"])
    if operator == "~=":
        return "~=" + rng.choice(["1.0", "1.5", "2.0", "2.1"])
    version = rng.choice(versions)
    return f"=={version}.*" if operator == "==*" else operator + version


def requirement():
    return "cc" + ",".join(clause() for _ in range(rng.choice([0, 1, 1, 1, 2])))


pairs = [(requirement(), requirement()) for _ in range(400)]
cases = [[excluded, asked, Requirement.parse(asked) in Requirement.parse(excluded)] for excluded, asked in pairs]
with open(sys.argv[1], "w") as file:
    json.dump({"pex": __version__, "cases": cases}, file, separators=(",", ":"))
