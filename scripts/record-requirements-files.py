"""Records how pip's own parser reads requirements files, for engine/packaging/requirements-file.test.ts.

    python3 -m venv DIR && DIR/bin/pip install -U pip && DIR/bin/python scripts/record-requirements-files.py test/recorded/requirements-files.json.gz
"""
import base64
import contextlib
import gzip
import io
import json
import logging
import os
import random
import sys
import tempfile
from optparse import Values

import pip
from pip._internal.cli import cmdoptions
from pip._internal.exceptions import PipError
from pip._internal.index.collector import LinkCollector
from pip._internal.index.package_finder import PackageFinder
from pip._internal.models.release_control import ReleaseControl
from pip._internal.models.search_scope import SearchScope
from pip._internal.models.selection_prefs import SelectionPreferences
from pip._internal.network.session import PipSession
from pip._internal.req.req_file import parse_requirements

INDEX = "https://index.example/simple"
ENVIRONMENT = {"TOKEN": "s3cret", "A1": "a$1b", "EMPTY": "", "NESTED": "${TOKEN}", "DASH": "--pre"}
HASH = "--hash=sha256:" + "0" * 8

# Each: the text of requirements.txt, or a mapping of file names to texts. Texts may be bytes.
CASES = [
    "", "\n\n# only a comment\n", "requests", "requests\n", "requests==2.31.0 # why\n", "requests#egg\n", "requests #egg #more\n", "  indented  \n\tflask\t\n",
    "requests[socks]>=2 ; python_version < '3.9'\n", "a; sys_platform == \"win32\" and extra == 'b'\n", "requests >= 2.0, < 3\n", "requests (>=2)\n",
    "a\\\nb\n", "a==1 \\\n  --hash=sha256:abc \\\n  --hash=sha256:def\n", "a \\\n# comment\nb\n", "a \\\n  # comment \\\nb\n", "a\\\n", "a\\\\\nb\n", "\\a\\\nb\n", "\\\n\\\na\n",
    "# comment \\\na\n", "a # comment \\\nb\n", "a\r\nb\r\n", "a\rb\r", "a\x0cb\n", "a\x1cb\n", "a\u2028b\n", "a\u00a0# comment\n", "\ufeffa\n", "a\x0bb\x85c\n",
    "a " + HASH + "\n", "a --hash sha256:11\n", "a --hash=sha512:22 --hash=sha384:33 --hash=sha256:44\n", "a --hash=md5:00\n", "a --hash=sha256\n", "a --hash=sha256:a:b\n",
    "a --hash=sha256=aa\n", "a --hash\n", HASH + "\n", "a --has=sha256:11\n", "a --h sha256:11\n", "a -C k=v --config-settings k=w --config-settings=x=\n", "a -C k\n", "-C k=v\n",
    "-e .\n", "-e .[dev]\n", "-e git+https://example.com/r.git#egg=r\n", "--editable=./x\n", "--editable ./x --hash=sha256:11 -C a=b\n", "-e\n", "-e x -e y\n", "a -e x\n", "-ex\n", "-e ''\n",
    "-i https://one.example/simple\n", "-ihttps://one.example/simple\n", "--index-url=https://one.example/simple\n", "--index-url https://a.example -i https://b.example\n",
    "--pypi-url https://one.example\n", "-i ''\n", "--extra-index-url https://x.example\n--extra-index-url=https://y.example\n", "--extra-index-url https://x.example --extra-index-url https://y.example\n",
    "--no-index\n-i https://one.example\n", "-i https://one.example --no-index\n", "--no-index\n--extra-index-url https://x.example\n", "--no-index=yes\n", "--no-ind\n", "--no\n", "--pr\n", "--pre\n", "--pref\n",
    "--pre --prefer-binary --require-hashes\n", "--no-require-hashes\n", "--requ x\n", "--require x\n", "--index https://i.example\n", "--i https://i.example\n", "--=x\n", "--\n", "-\n", "-- -i x\n",
    "-f ./wheels\n", {"requirements.txt": "-f wheels\n-f other\n", "wheels/x.txt": ""}, "-f a -f b\n", "--find-links https://links.example/\n", "-f /abs/dir\n",
    {"requirements.txt": "-r sub/more.txt\n", "sub/more.txt": "-f wheels\nb\n", "sub/wheels/x": ""},
    "--no-binary :all:\n", "--no-binary Foo_Bar,baz\n--only-binary baz\n", "--only-binary=:all:\n--no-binary=:none:\n", "--no-binary a,:none:,b\n", "--no-binary a,:all:,b,:none:,c\n",
    "--no-binary :all:,x\n--only-binary :all:\n", "--no-binary -x\n", "--no-binary=-x\n", "--only-binary\n", "a --no-binary b\n", "a --pre -i https://one.example\n", "--no-binary ''\n",
    "--all-releases a,B_c\n--only-final a\n", "--only-final :all:\n--pre\n", "--only-final=-x\n", "--all-releases :none:\n", "a --all-releases a\n",
    "--trusted-host h.example:80\n--trusted-host i.example\n", "--use-feature fast-deps\n--use-feature=fast-deps\n", "--foo\n", "-x\n", "-xr\n", "a -x\n", "a --foo=bar\n", "a -- --foo\n", "-i\n", "--index-url=\n",
    "-i 'unclosed\n", "a --hash=\"sha256:1\n", "-i \"a b\"\n", "-i a\\ b\n", "-f 'it''s'\n", "-f \"a\\\"b\\c\"\n", "-f \"a\\\\b\"\n", "-f '' -f x\n", "-f a\\\\\n", "-i x\\\\\\\n", "a 'b' --pre\n",
    {"requirements.txt": "-r more.txt\na\n", "more.txt": "b\n"}, {"requirements.txt": "-c limits.txt\na\n", "limits.txt": "b<2\n-e x\n"},
    {"requirements.txt": "-c limits.txt\n", "limits.txt": "-r more.txt\nb\n", "more.txt": "c\n"}, {"requirements.txt": "-rmore.txt\n", "more.txt": "-r requirements.txt\n"},
    {"requirements.txt": "-r requirements.txt\n"}, {"requirements.txt": "-r a.txt\n-r b.txt\n", "a.txt": "-r c.txt\n", "b.txt": "-r c.txt\n", "c.txt": "z\n"},
    {"requirements.txt": "-r a.txt\n", "a.txt": "-r b.txt\n", "b.txt": "-r a.txt\n"}, {"requirements.txt": "-r a.txt -c b.txt\n", "a.txt": "x\n", "b.txt": "y\n"},
    {"requirements.txt": "-c b.txt -r a.txt --pre\n", "a.txt": "x\n", "b.txt": "y\n"}, {"requirements.txt": "-r sub/../a.txt\n", "a.txt": "x\n"},
    {"requirements.txt": "-r sub/a.txt\n", "sub/a.txt": "-r b.txt\n-r ../c.txt\n", "sub/b.txt": "x\n", "c.txt": "y\n"}, {"requirements.txt": "a -r b.txt\n", "b.txt": "x\n"},
    "-r missing.txt\n", "-c missing.txt\n", {"requirements.txt": "-r 'a b.txt'\n", "a b.txt": "x\n"}, {"requirements.txt": "-r ${NAMED}.txt\n-r b.txt\n", "b.txt": "${TOKEN}\n", "${NAMED}.txt": "q\n"},
    "-i https://${TOKEN}@h.example/\n", "${A1} ${A1}${TOKEN}\n", "$TOKEN ${token} ${MISSING} ${EMPTY} ${}\n", "${NESTED} ${TOKEN}\n", "${DASH}\n", "a ${DASH}\n", "a # ${TOKEN}\n",
    "./a.whl\n", "../a-1.0-py3-none-any.whl[x]\n", "https://h.example/a.whl#sha256=00\n", "a @ https://h.example/a.whl\n", "a @ file:///x.whl ; python_version<'3'\n", "a-b --pre\n", "a - b\n", "a  --pre\n", "a\t--pre\n",
    "a-\n", "not a valid requirement!\n", "==1.0\n", "[x]\n", "a,b\n",
    b"# -*- coding: latin-1 -*-\nb\xe9\n", b"\n# coding=latin-1\nb\xe9\n", b"\n\n# coding=latin-1\nbe\n", "bé\n".encode(), "bé\n".encode("utf-16"), "bé\n".encode("utf-32"), "bé\n".encode("utf-8-sig"),
    b"\xfe\xff" + "bé\n".encode("utf-16-be"), b"\x00\x00\xfe\xff" + "bé\n".encode("utf-32-be"), b"# vim: set fileencoding=utf-8 :\nb\xc3\xa9\n", b"# coding: cp1252\nb\x80\n", b"# coding: latin1\nb\x80\n", b"# coding: ISO_8859-15\nb\xa4\n",
]

PIECES = ["a", "b==1", "-r", "more.txt", "-c", " ", " ", "  ", "\\\n", "\n", "\n", "#", " # c", "--pre", "--hash=sha256:11", " --hash", "-i", "https://i.example", "--no-index", "-f", "wheels", "'", "\"", "\\",
          "--no-binary", ":all:", ",", ":none:", "--only-binary", "-e", ".", "${TOKEN}", "${EMPTY}", "--extra-index-url", "=", "; os_name=='nt'", "\r\n", "\t", "-C", "k=v", "--", "-", "\x0c", "--prefer-binary",
          "--trusted-host", "[x]"]


def generated(count):
    pick = random.Random(63)
    for _ in range(count):
        texts = ["".join(pick.choice(PIECES) for _ in range(pick.choice([3, 6, 10, 16]))) for _ in range(2)]
        yield {"requirements.txt": texts[0], "more.txt": texts[1], "wheels/x": ""}


class Unreached(Exception):
    """A file is asked for by URL: what pip says then is the network's answer."""


def refuse_network(url, **options):
    raise Unreached(url)


def message(problem):
    text = str(problem).strip("\n")
    head, _, rest = text.partition("\n")
    if head.startswith("Invalid requirement: "):
        return rest.partition(": error: ")[2] or rest
    return text


def read(directory):
    finder = PackageFinder.create(
        link_collector=LinkCollector(session=PipSession(), search_scope=SearchScope([], [INDEX], no_index=False)),
        selection_prefs=SelectionPreferences(allow_yanked=True, release_control=ReleaseControl()),
    )
    options = Values({"require_hashes": False, "no_require_hashes": False, "features_enabled": []})
    session = PipSession()
    hosts = []
    session.get = refuse_network
    session.add_trusted_host = lambda host, source=None: hosts.append(host)
    # The one list that pip's parsers of all files share.
    cmdoptions.use_new_feature.keywords["default"].clear()
    warnings = []
    handler = logging.Handler()
    handler.emit = lambda record: warnings.append(record.getMessage())
    logger = logging.getLogger("pip._internal.req.req_file")
    logger.handlers, logger.propagate = [handler], False
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            lines = list(parse_requirements("requirements.txt", session, finder=finder, options=options))
    except PipError as problem:
        return {"error": message(problem)}
    except (Unreached, ValueError):  # the latter is urllib's, of hosts in brackets
        return None
    listed = lambda settings: {key: value if isinstance(value, list) else [value] for key, value in settings.items()}
    control, releases = finder.format_control, finder.release_control
    return {
        "requirements": [{"requirement": line.requirement, "editable": line.is_editable, "constraint": line.constraint, "comesFrom": line.comes_from,
                          "hashes": line.options.get("hashes", {}), "configSettings": listed(line.options.get("config_settings", {}))} for line in lines],
        "settings": {"indexUrls": finder.index_urls, "noIndex": finder.search_scope.no_index, "findLinks": finder.find_links,
                     "noBinary": sorted(control.no_binary), "onlyBinary": sorted(control.only_binary), "allReleases": sorted(releases.all_releases), "onlyFinal": sorted(releases.only_final),
                     "preferBinary": finder.prefer_binary, "requireHashes": options.require_hashes, "noRequireHashes": options.no_require_hashes, "trustedHosts": hosts,
                     "features": options.features_enabled},
        "warnings": warnings,
    }


def record(files):
    files = files if isinstance(files, dict) else {"requirements.txt": files}
    files = {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}
    with tempfile.TemporaryDirectory() as directory:
        directory = os.path.realpath(directory)
        os.chdir(directory)
        for name, data in files.items():
            os.makedirs(os.path.dirname(os.path.join(directory, name)), exist_ok=True)
            with open(name, "wb") as file:
                file.write(data)
        answer = json.loads(json.dumps(read(directory)).replace(directory, "/files"))
        os.chdir("/")
    return answer and {"files": {name: base64.b64encode(data).decode() for name, data in files.items()}, "answer": answer}


target = os.path.abspath(sys.argv[1])
os.environ.update(ENVIRONMENT)
cases = [case for case in map(record, [*CASES, *generated(21000)]) if case]
text = json.dumps({"pip": pip.__version__, "index": INDEX, "environment": ENVIRONMENT, "cases": cases}, separators=(",", ":"))
with open(target, "wb") as file:
    file.write(gzip.compress(text.encode(), 9, mtime=0))
