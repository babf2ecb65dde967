"""Records which PEXes the real runtime finds complete on which targets, for engine/pex/will-it-run.test.ts.

    python3 -m venv DIR && DIR/bin/pip install pex==2.100.7
    DIR/bin/python scripts/record-pex-environment.py OUT.json.gz PYTHON...

The cases come from a seeded generator: PEXes of small distributions with tags, Requires-Python and dependencies of all kinds, and a
PEX-INFO that asks for some of them. The PYTHONs are the complete platforms, beside a few abbreviated ones.
"""
import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

from pex.dist_metadata import Requirement
from pex.environment import PEXEnvironment, ResolveError
from pex.interpreter import PythonInterpreter
from pex.interpreter_constraints import InterpreterConstraint
from pex.pep_425 import CompatibilityTags
from pex.pep_508 import MarkerEnvironment
from pex.pex_info import PexInfo
from pex.platforms import PlatformSpec
from pex.resolve import abbreviated_platforms
from pex.targets import AbbreviatedPlatform, CompletePlatform

pick = random.Random(2024)
PROJECTS = ["aa", "Bb.b", "c-c", "dd_d", "ee", "ff"]
VERSIONS = ["1.0", "1.5", "2.0", "2.1rc1", "3"]
TAGS = [
    "py3-none-any", "py3-none-any", "py2.py3-none-any", "py2-none-any", "cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64",
    "cp311-cp311-manylinux_2_28_x86_64", "cp38-abi3-manylinux2014_x86_64", "cp313-cp313-manylinux_2_28_x86_64",
    "cp313-cp313t-manylinux_2_28_x86_64", "cp311-cp311-macosx_11_0_arm64", "cp312-cp312-win_amd64", "cp38-cp38-linux_x86_64",
    "py3-none-manylinux_2_17_x86_64", "py311-none-any", "py312-none-any", "cp310-none-any",
]
PYTHONS = [None, None, None, ">=3.9", ">=3.12", "<3.12", ">=3.11,!=3.13.0", "~=3.8"]
CLAUSES = ["", "", "", "<2", ">=2", "==1.0", "!=1.0", "~=1.0", ">2", "==2.*"]
MARKERS = [
    "", "", "", "sys_platform == 'win32'", "sys_platform == 'linux'", "python_version >= '3.12'", "extra == 'fast'",
    "extra == 'fast' and os_name == 'posix'", "platform_machine == 'arm64' or platform_system == 'Linux'", "python_full_version < '3.12.0'",
    "platform_release >= '5'", "implementation_name == 'cpython'",
]
ABBREVIATED = ["manylinux2014_x86_64-cp-311-cp311", "macosx_11_0_arm64-cp-311-cp311", "win_amd64-cp-312-cp312", "manylinux_2_28_x86_64-cp-3.13.0-cp313"]
CONSTRAINTS = [
    "CPython", "PyPy", "CPython>=3.9", ">=3.12", "<3.9", "CPython==3.11.*", "==3.11.7", "CPython>=3.8,<3.13", "!=3.11.7", "~=3.8", "PyPy>=3", "CPython+t>=3.13",
    "CPython-t>=3.13",
]


def requirement(markers=MARKERS):
    name = pick.choice(PROJECTS)
    if pick.random() < 0.2:
        name = name.upper()
    extras = pick.choice(["", "", "", "[fast]"])
    marker = pick.choice(markers)
    return name + extras + pick.choice(CLAUSES) + ("; " + marker if marker else "")


def distribution():
    project, version, tags = pick.choice(PROJECTS), pick.choice(VERSIONS), pick.choice(TAGS)
    headers = ["Metadata-Version: 2.1", "Name: " + project, "Version: " + version, "Provides-Extra: fast"]
    python = pick.choice(PYTHONS)
    if python:
        headers.append("Requires-Python: " + python)
    headers += ["Requires-Dist: " + requirement() for _ in range(pick.choice([0, 0, 0, 1, 1, 2]))]
    stem = "{}-{}".format(re.sub(r"[-_.]+", "_", project), version)
    return stem + "-" + tags + ".whl", stem + ".dist-info", "\n".join(headers) + "\n"


def case():
    distributions = {}
    for _ in range(pick.randrange(2, 9)):
        name, directory, metadata = distribution()
        distributions[name] = [directory + "/METADATA", metadata]
    info = {"requirements": [requirement() for _ in range(pick.randrange(1, 3))], "excluded": [], "overridden": []}
    if pick.random() < 0.2:
        info["excluded"].append(pick.choice(PROJECTS))
    if pick.random() < 0.2:
        info["overridden"].append(pick.choice(["aa<2", "bb.b=ee", "c-c", "ee=ff>=2", "dd_d; python_version >= '3.12'"]))
    return {"distributions": distributions, "info": info}


def outcome(environment):
    try:
        resolved = environment.resolve()
    except ResolveError as error:
        message = str(error)
        root = re.match(r"A distribution for (\S+) could not be resolved", message)
        if root:
            return {"root": root.group(1)}
        return {"unmet": [line for line in re.findall(r"^ *\d+: (.*)$", message, re.M)]}
    return {"used": sorted({os.path.basename(each.location) for each in resolved})}


def answer(each, targets):
    directory = tempfile.mkdtemp()
    info = PexInfo(dict(each["info"], distributions={name: "0" * 64 for name in each["distributions"]}))
    for name, (path, metadata) in each["distributions"].items():
        place = os.path.join(directory, ".deps", name, os.path.dirname(path))
        os.makedirs(place)
        with open(os.path.join(place, "METADATA"), "w") as file:
            file.write(metadata)
    outcomes = [outcome(PEXEnvironment(directory, pex_info=info, target=target)) for target in targets]
    shutil.rmtree(directory)
    return outcomes


def inspected(python):
    command = [os.path.join(os.path.dirname(sys.executable), "pex3"), "interpreter", "inspect", "--markers", "--tags", "--python", python]
    data = json.loads(subprocess.check_output(command))
    return {key: data[key] for key in ("marker_environment", "compatible_tags")}


def main(out, pythons):
    platforms = [inspected(python) for python in pythons]
    targets = [
        CompletePlatform.create(MarkerEnvironment(**each["marker_environment"]), CompatibilityTags.from_strings(each["compatible_tags"]))
        for each in platforms
    ]
    for text in ABBREVIATED:
        targets.append(AbbreviatedPlatform.create(abbreviated_platforms.create(text)))
    cases = [case() for _ in range(600)]
    for each in cases:
        each["outcomes"] = answer(each, targets)
    interpreters = [PythonInterpreter.from_binary(os.path.realpath(python)) for python in pythons]
    met = {text: [interpreter in InterpreterConstraint.parse(text) for interpreter in interpreters] for text in CONSTRAINTS}
    data = {"complete": platforms, "abbreviated": ABBREVIATED, "cases": cases, "constraints": met}
    with gzip.GzipFile(out, "wb", mtime=0) as file:
        file.write(json.dumps(data, sort_keys=True, separators=(",", ":")).encode())


main(sys.argv[1], sys.argv[2:])
