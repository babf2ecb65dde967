"""Records how pip reads `--uploaded-prior-to` and which files of a page it then takes, for engine/resolver/upload-times.test.ts.

    python3.11 -m venv DIR && DIR/bin/pip install pip==26.2.1 && DIR/bin/python scripts/record-upload-times.py > test/recorded/upload-times.json.gz

Local time is UTC.
"""
import datetime
import gzip
import itertools
import json
import os
import random
import sys
import time

import pip
from pip._internal.exceptions import InstallationError
from pip._internal.index.collector import LinkCollector
from pip._internal.index.package_finder import PackageFinder
from pip._internal.models.link import Link
from pip._internal.models.search_scope import SearchScope
from pip._internal.models.selection_prefs import SelectionPreferences
from pip._internal.network.session import PipSession
from pip._internal.utils.datetime import parse_iso_datetime

os.environ["TZ"] = "UTC"
time.tzset()
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)

# Without the broken forms that CPython 3.11 lets through: a separator with nothing behind it, a fraction after anything.
DATES = [
    "2024-02-29", "2023-02-29", "20240229", "2024-W09-4", "2024W094", "2024-W09", "2024W09", "2020-W53-7", "2023-W53-1", "2024-W00-1", "2024-W01-8", "2024-W01-0",
    "0001-01-01", "0000-01-01", "9999-12-31", "2024-13-01", "2024-00-10", "2024-04-31", "2024-060", "2024060", "2024-2-29", "24-02-29", "2024-0229", "202402-29", "2024/02/29", "",
    "2026-W01-1", "2024-02", "2024", "yesterday", " 2024-02-29", "2024-02-29 ", "٢٠٢٤-02-29",
]
TIMES = [
    "", "T12", "T12:30", "T12:30:45", "T12:30:45.5", "T12:30:45.123456", "T12:30:45.123456789", "T12:30:45,25", "T1230", "T123045", "T123045.5", "T24:00", "T23:59:60", "T12:60", "T12:3",
    "T1", "T", "T1230:45", " 12:30", "x12:30", "-12:30"
]
ZONES = ["", "Z", "+00:00", "-00:00", "+05:30", "-0530", "+05", "+05:30:15", "+05:30:15.5", "+24:00", "-23:59", "+5", "z", "ZZ", "+053", "+", "UTC", "+05:3"]


def microseconds(moment):
    moment = moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)
    return (moment - EPOCH) // datetime.timedelta(microseconds=1)


def parsed(value):
    try:
        return microseconds(parse_iso_datetime(value))
    except ValueError:
        return None


values = [date + time + zone for date, time, zone in itertools.chain(
    itertools.product(DATES, ["", "T12:30", "T0102"], ["", "Z", "-0530"]),
    itertools.product(["2024-02-29", "20240229", "2024-W09-4", "2024W09"], TIMES, ZONES),
)]
values = sorted(set(values))

rng = random.Random(11)
NAMES = [
    "demo-{}-py3-none-any.whl", "demo-{}.tar.gz", "demo-{}-py3-none-win_amd64.whl", "demo-{}-1-py3-none-any.whl", "other-{}-py3-none-any.whl", "demo-{}.exe",
]
UPLOADS = [None, "2024-01-01T00:00:00Z", "2023-12-31T23:59:59.999999Z", "2024-01-01T00:00:00.000001Z", "2022-06-01T00:00:00.5Z", "2025-01-01T05:00:00+05:30", ""]
PRIORS = ["2024-01-01T00:00:00Z", "2025-01-01", "2022-06-01T00:00:00.5Z", "2030-01-01", "2000-01-01T00:00:00Z"]
PLACES = ["https://one.example/simple/demo/", "file:///simple/demo/"]


def page(full):
    files = []
    for version in rng.sample(["1.0", "1.1", "2.0", "2.1", "3.0"], rng.randint(1, 4)):
        for name in rng.sample(NAMES, rng.randint(1, 3)):
            upload = rng.choice(UPLOADS[1:-1] if full else UPLOADS)
            requires = rng.choice([None, None, ">=3.8", "<3"])
            files.append({"filename": name.format(version), "url": name.format(version), "hashes": {}, "requires-python": requires, "upload-time": upload})
    return files


cases = []
for at in range(300):
    prior, place, files = rng.choice(PRIORS), PLACES[at % 10 == 0], page(at % 3 > 0)
    scope = SearchScope.create(find_links=[], index_urls=[], no_index=True)
    moment = parse_iso_datetime(prior)
    finder = PackageFinder.create(
        LinkCollector(PipSession(), scope), SelectionPreferences(allow_yanked=True), uploaded_prior_to=moment if moment.tzinfo else moment.astimezone())
    links = [Link.from_json(file, place) for file in files]
    for link in links:
        link.comes_from = place
    try:
        found = finder.evaluate_links(finder.make_link_evaluator("demo"), links)
        answer = {"files": sorted(candidate.link.filename for candidate in found if candidate.link.is_wheel)}
    except InstallationError as error:
        answer = {"error": str(error)}
    cases.append({"prior": prior, "place": place, "page": files, **answer})
recorded = {"tool": f"pip {pip.__version__}, Python {sys.version.split()[0]}", "values": [[value, parsed(value)] for value in values], "cases": cases}
sys.stdout.buffer.write(gzip.compress(json.dumps(recorded, ensure_ascii=False).encode(), mtime=0))
