"""What one pip answers for many small universes of wheels: `record-resolutions.py KIND UNIVERSES OUT`, run by record-resolutions.ts.

KIND is `legacy` (pip 20.3.4 with its legacy resolver; its directory in PYTHONPATH) or `backtracking` (today's pip). pip is called within this
process, again and again: its start is most of its time.
"""

import io
import json
import logging
import os
import re
import shutil
import sys
import tempfile
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from html import escape

kind, universes, out = sys.argv[1:]


def write_wheel(directory, wheel):
    stem = f"{wheel['name']}-{wheel['version']}"
    info = f"{stem}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {wheel['name']}", f"Version: {wheel['version']}"]
    if "requiresPython" in wheel:
        lines.append(f"Requires-Python: {wheel['requiresPython']}")
    lines += [f"Requires-Dist: {each}" for each in wheel.get("requires", [])]
    lines += [f"Provides-Extra: {each}" for each in wheel.get("extras", [])]
    path = os.path.join(directory, f"{stem}-py3-none-any.whl")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{info}/METADATA", "\n".join(lines) + "\n\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: record\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return os.path.basename(path)


def write_page(directory, wheels):
    rows = []
    for wheel in wheels:
        attributes = f' data-requires-python="{escape(wheel["requiresPython"])}"' if "requiresPython" in wheel else ""
        if "yanked" in wheel:
            attributes += f' data-yanked="{escape(wheel["yanked"])}"'
        rows.append(f'<a href="{write_wheel(directory, wheel)}"{attributes}>x</a><br>')
    page = os.path.join(directory, "page.html")
    with open(page, "w") as file:
        file.write("<!DOCTYPE html><html><body>\n" + "\n".join(rows) + "\n</body></html>\n")
    return page


def call(arguments):
    from pip._internal.cli.main import main

    output = io.StringIO()
    with redirect_stdout(output), redirect_stderr(output):
        status = main(arguments)
    for handler in list(logging.getLogger().handlers):
        logging.getLogger().removeHandler(handler)
    return status, output.getvalue()


def answer(universe):
    directory = tempfile.mkdtemp()
    try:
        page = write_page(directory, universe["wheels"])
        common = ["--no-index", "--disable-pip-version-check", "--no-cache-dir", "--find-links", page, "--only-binary", ":all:"]
        if universe["constraints"]:
            with open(os.path.join(directory, "constraints.txt"), "w") as file:
                file.write("\n".join(universe["constraints"]) + "\n")
            common += ["--constraint", os.path.join(directory, "constraints.txt")]
        if kind == "legacy":
            to = os.path.join(directory, "out")
            status, output = call(["download", "--use-deprecated", "legacy-resolver", "--dest", to, *common, *universe["roots"]])
            pins = sorted("==".join(name.split("-")[:2]) for name in os.listdir(to)) if os.path.isdir(to) else []
        else:
            report = os.path.join(directory, "report.json")
            status, output = call(["install", "--dry-run", "--ignore-installed", "--quiet", "--report", report, *common, *universe["roots"]])
            pins = []
            if status == 0:
                with open(report) as file:
                    installs = json.load(file)["install"]
                pins = sorted(f"{each['metadata']['name']}=={each['metadata']['version']}" for each in installs)
        if status == 0:
            return pins
        errors = re.findall(r"^(?:\x1b\[[0-9;]*m)*ERROR: (.*?)(?:\x1b\[0m)?$", output, re.MULTILINE)
        return "\n".join(errors).replace(directory, "DIRECTORY") or output[-400:]
    finally:
        shutil.rmtree(directory)


with open(universes) as file:
    answers = [answer(each) for each in json.load(file)]
with open(out, "w") as file:
    json.dump(answers, file)
