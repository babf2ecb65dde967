"""Records in which order pip finds a project's files in several places, for engine/index/recorded-order.test.ts.

    python3 -m venv DIR && DIR/bin/pip install -U pip && DIR/bin/python scripts/record-index-order.py > test/recorded/index-order.json
"""
import itertools
import json
import os
import tempfile
from pathlib import Path
from unittest import mock

import pip
from pip._internal.index.collector import LinkCollector
from pip._internal.index.package_finder import PackageFinder
from pip._internal.models.search_scope import SearchScope
from pip._internal.models.selection_prefs import SelectionPreferences
from pip._internal.network.session import PipSession

WHEEL = "demo-{}-py3-none-any.whl"
FILES = {
    "/w/demo-1.0.tar.gz": "", "/w/" + WHEEL.format("2.0"): "", "/w/other-1.0.tar.gz": "", "/w/demo-bad.txt": "", "/w/list.html": f'<a href="sub/{WHEEL.format("3.0")}">x</a><a href="demo-1.0.tar.gz">x</a>',
    "/v/" + WHEEL.format("1.5"): "", "/v/demo-9.0.zip": "", "/v/Demo_X-1.0.tar.gz": "", "/v/b.htm": '<a href="demo-0.1.tar.gz">x</a>', "/v/a.html": '<a href="demo-0.2.tar.gz">x</a>',
    "/page.html": f'<a href="w/{WHEEL.format("4.0")}">x</a><a href="w/demo-1.0.tar.gz">x</a>', "/one/" + WHEEL.format("7.0"): "",
    "/a/demo/index.html": f'<a href="{WHEEL.format("1.0")}">x</a><a href="../../w/demo-1.0.tar.gz">x</a><a href="demo-0.5.tar.gz">x</a><a href="{WHEEL.format("1.0")}">again</a>',
    "/b/demo/index.html": f'<a href="{WHEEL.format("1.0")}">x</a><a href="other-1.0.tar.gz">x</a><a href="{WHEEL.format("0.9")}">x</a>', "/c/other/index.html": "",
}
LINKS = [[], ["/w"], ["/v", "/w"], ["/w", "/v"], ["/page.html"], ["/page.html", "/w"], ["/w", "/page.html", "/w"], ["/one/" + WHEEL.format("7.0"), "/page.html"], ["/missing", "/v"]]
INDEXES = [[], ["/a"], ["/b", "/a"], ["/a", "/b", "/a"], ["/c", "/b"], ["/c"]]

real_scandir = os.scandir


class Sorted:
    """Directories in an order that does not depend on the disk."""

    def __init__(self, path):
        self.entries = sorted(real_scandir(path), key=lambda entry: entry.name)

    def __iter__(self):
        return iter(self.entries)


with tempfile.TemporaryDirectory() as root:
    for path, text in FILES.items():
        Path(root + path).parent.mkdir(parents=True, exist_ok=True)
        Path(root + path).write_text(text)
    cases = []
    for links, indexes in itertools.product(LINKS, INDEXES):
        scope = SearchScope.create(find_links=[root + path for path in links], index_urls=[Path(root + path).as_uri() for path in indexes], no_index=False)
        finder = PackageFinder.create(LinkCollector(PipSession(), scope), SelectionPreferences(allow_yanked=True))
        with mock.patch("os.scandir", Sorted):
            found = finder.find_all_candidates("demo")
        cases.append({"findLinks": links, "indexUrls": indexes, "files": [candidate.link.url.removeprefix("file://" + root) for candidate in found]})
print(json.dumps({"tool": f"pip {pip.__version__}", "tree": FILES, "cases": cases}, indent=0))
