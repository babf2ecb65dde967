"""Records what older pexes built, for engine/pex/describe-pex.test.ts: each entry by the wheel's file that it is, or by its text.

    for each version of scripts/older-wheels.txt, in a Python that it runs on:
        pip install --no-deps PEX_WHEEL      (and 'setuptools<42' 'wheel<0.34' for 1.6)
        pex --no-pypi -f DIR_WITH_SIX six -D src -e app.main:main --python-shebang '/usr/bin/env python3' -o VERSION.pex
    python3 scripts/record-old-pexes.py test/recorded/old-pexes.json DIR_WITH_WHEELS VERSION.pex...

Compiled files are left out: no hash covers them.
"""
import base64
import glob
import hashlib
import json
import os
import sys
import zipfile


def contents(path):
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist() if not name.endswith("/")}


def main(out, wheels, pexes):
    recorded = {}
    for path in pexes:
        version = os.path.basename(path)[: -len(".pex")]
        sources = {}
        for project in ("six-*", "pex-{}-*".format(version)):
            [wheel] = glob.glob(os.path.join(wheels, project))
            for name, data in contents(wheel).items():
                sources.setdefault(hashlib.sha256(data).digest(), [project.split("-")[0], name])
        with open(path, "rb") as file:
            shebang = file.readline().decode()
        entries = {}
        for name, data in contents(path).items():
            if not name.endswith(".pyc"):
                source = sources.get(hashlib.sha256(data).digest())
                entries[name] = source if data and source else base64.b64encode(data).decode()
        recorded[version] = {"shebang": shebang, "entries": entries}
    with open(out, "w") as file:
        json.dump(recorded, file, indent=1, sort_keys=True)
        file.write("\n")


main(sys.argv[1], sys.argv[2], sys.argv[3:])
