"""Records what pip reads in pages of package indexes, for engine/index/recorded-pages.test.ts.

    python3 -m venv DIR && DIR/bin/pip install -U pip && DIR/bin/python scripts/record-index-pages.py > test/recorded/index-pages.json.gz

Each page: how it comes and its text, and what pip makes of its links: those that are a file of the project `demo`, in pip's order.
"""
import gzip
import json
import random
import sys

import pip
from pip._internal.index.collector import IndexContent, parse_links
from pip._internal.index.package_finder import LinkEvaluator, LinkType
from pip._internal.models.target_python import TargetPython

PAGE = "https://index.example/simple/demo/"
DIGEST = "0123456789abcdef" * 4
NAMES = [
    "demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz", "demo-1.1.zip", "Demo-1.2.tar.bz2", "demo-2.0-cp311-cp311-manylinux_2_17_x86_64.whl", "demo-2.0-1-py3-none-any.whl",
    "demo-2.0-x-py3-none-any.whl", "demo-bad-py3-none-any.whl", "demo-3.whl", "other-1.0-py3-none-any.whl", "demo_extra-1.0-py3-none-any.whl", "demo-extra-1.0.tar.gz",
    "demo-1.0.egg", "demo-1.0.exe", "demo-1.0.tgz", "demo-1.0.tar", "demo-1.0.tar.xz", "demo-1.0.tar.lzma", "demo.tar.gz", "demo-.tar.gz", "DEMO-4-py2.py3-none-any.whl",
    "demo-1!2.0+local.1-py3-none-any.whl", "demo-1.0%2Blocal-py3-none-any.whl", "demo-1.0 beta.tar.gz", "demo-1.0.WHL", "demo-1.0-py3-none-any.whl.metadata", "demo-1.0.tar.gz.asc",
    "d\u00e9mo-1.0.tar.gz", "demo-1.0rc1.post2.dev3-py3-none-any.whl", "demo--1.0.tar.gz", "demo__x-1.0-py3-none-any.whl", "demo-1.0-py3-none-any.whl/", "",
]
PREFIXES = ["", "./", "../../files/ab/", "/packages/", "//cdn.example/x/", "https://files.example/a/b/", "http://files.example:8080/", "https://user:pass@files.example/", "../demo/",
            "https://files.example/@x/", "https://files.example/a%20b/", "https://files.example/a%2Fb/", "file:///srv/", "ftp://files.example/", "mailto:", "https://FILES.example/A/"]
SUFFIXES = ["", "", "", f"#sha256={DIGEST}", f"#md5={DIGEST[:32]}", f"#sha256={DIGEST.upper()}", "#sha256=nonsense", f"#x=1&sha256={DIGEST}", "#blake2b=00", "?x=1", f"?x=1#sha512={DIGEST * 2}", "#", "#sha256"]
REQUIRES = [None, None, ">=3.8", "<4,>=2.7, !=3.0.*", "garbage", "", ">=3.8 & weird", "\"quoted\""]
YANKED = [None, None, None, "", "broken & <bad>", "it's \"so\"", "\u00fcber"]
METADATA = [None, None, "true", f"sha256={DIGEST}", "false", "sha256", "blake2b=00", f"sha256={DIGEST.upper()}", "TRUE", ""]

random.seed(20260)
pick = random.choice


def escape(text, quote):
    out = []
    for character in text:
        if character in "<>&" + quote or random.random() < 0.03:
            names = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&#x27;"}
            out.append(pick([names.get(character, f"&#{ord(character)};"), f"&#{ord(character)};", f"&#x{ord(character):X};"]))
        else:
            out.append(character)
    return "".join(out)


def attribute(name, value):
    name = pick([name, name, name.upper(), name.title()])
    space = pick(["", "", " ", "\n"])
    simple = value and not any(c in value for c in " \t\n\"'<>=`&")
    if simple and random.random() < 0.15:
        return f"{name}={value}"
    quote = pick(['"', '"', "'"])
    return f"{name}{space}={space}{quote}{escape(value, quote)}{quote}"


def anchor():
    href = pick(PREFIXES) + pick(NAMES) + pick(SUFFIXES)
    attributes = [attribute("href", href)]
    for name, values in (("data-requires-python", REQUIRES), ("data-yanked", YANKED), ("data-dist-info-metadata", METADATA), ("data-core-metadata", METADATA)):
        value = pick(values)
        if value is not None:
            attributes.append(attribute(name, value))
    for extra in ("data-gpg-sig=\"false\"", "rel=internal", "disabled", "class='a > b'", "data-provenance=\"https://x.example/p\""):
        if random.random() < 0.1:
            attributes.append(extra)
    random.shuffle(attributes)
    tag = pick(["a", "a", "A"])
    return f"<{tag}{pick([' ', chr(10), '  '])}{' '.join(attributes)}{pick(['', ' ', '/', ' /'])}>{pick(['text', '<b>bold</b>', ''])}</{tag}>"


NOISE = ["<br>", "<br/>", "\n", "<!-- <a href='demo-9.0.tar.gz'>no</a> -->", "<!-- - -- -->", "<p>", "</p>", "<h1>Links</h1>", "1 < 2 && 3 > 2", "<script>var x = \"<a href='demo-9.1.tar.gz'>\"</script>",
         "<style>a > b {}</style>", "<!DOCTYPE html>", "<?xml version='1.0'?>", "&copy; &nbsp; &", "<a>none</a>", "<a name='x'>anchor</a>", "<area href='demo-9.2.tar.gz'>", "<link href='demo-9.3.tar.gz' rel=x>",
         "<abbr href='demo-9.4.tar.gz'>", "<meta name='pypi:repository-version' content='1.0'>"]
BASES = ["<base href='https://base.example/x/'>", "<BASE HREF=\"https://base.example/y/z\">", "<base target=_blank>", "<base href=\"https://base.example/&amp;/\">"]


def html_page():
    parts = [pick(["<!DOCTYPE html><html><head><title>demo</title></head><body>", "<html>", "", "<!doctype HTML>\n"])]
    if random.random() < 0.25:
        parts.insert(random.randint(0, 1), pick(BASES))
    for _ in range(random.randint(0, 14)):
        parts.append(anchor() if random.random() < 0.75 else pick(NOISE))
    parts.append(pick(["</body></html>", "", "</a>", "<!-- unclosed"]))
    return pick(["text/html", "text/html; charset=utf-8", "application/vnd.pypi.simple.v1+html"]), "".join(parts)


def json_file():
    name = pick(NAMES)
    file = {"filename": name.replace("%2B", "+").rstrip("/"), "url": pick(PREFIXES) + name + pick(SUFFIXES), "hashes": pick([{}, {"sha256": DIGEST}, {"sha256": DIGEST, "md5": DIGEST[:32]}, {"blake2b": "00"}, {"sha512": DIGEST * 2}])}
    for key, values in (("requires-python", [">=3.8", None, "garbage", ""]), ("yanked", [True, False, "why", "", None]), ("core-metadata", [True, False, {"sha256": DIGEST}, {}, {"blake2b": "1"}, None]),
                        ("dist-info-metadata", [True, False, {"sha256": DIGEST}, None]), ("size", [0, 12345, None]), ("upload-time", ["2022-11-22T10:00:00.123456Z", None]),
                        ("provenance", ["https://x.example/p", None]), ("gpg-sig", [True])):
        if random.random() < 0.4:
            file[key] = pick(values)
    if random.random() < 0.04:
        del file[pick(["url", "hashes"])]
    return file


def json_page():
    page = {"meta": {"api-version": pick(["1.0", "1.1", "1.4"])}, "name": "demo", "files": [json_file() for _ in range(random.randint(0, 14))]}
    if random.random() < 0.3:
        page["versions"] = ["1.0"]
    return "application/vnd.pypi.simple.v1+json", json.dumps(page, ensure_ascii=random.random() < 0.5, indent=pick([None, 1]))


evaluator = LinkEvaluator("demo", "demo", frozenset(["binary", "source"]), TargetPython(), allow_yanked=True, ignore_requires_python=True)


def belongs(link):
    try:
        return evaluator.evaluate_link(link)[0] in (LinkType.candidate, LinkType.platform_mismatch)
    except ValueError:
        return False


def described(link):
    metadata = link.metadata_file_data
    return {
        "url": link.url_without_fragment, "fileName": link.filename, "requiresPython": link.requires_python, "yanked": link.yanked_reason,
        "hashes": {name: value for name, value in link._hashes.items() if name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")},
        "metadata": None if metadata is None else metadata.hashes or {},
    }


cases = []
for make in [html_page] * 500 + [json_page] * 300:
    content_type, text = make()
    content = IndexContent(text.encode(), content_type, None, PAGE, cache_link_parsing=False)
    links = [described(link) for link in dict.fromkeys(parse_links(content)) if belongs(link)]
    cases.append({"type": content_type, "text": text, "files": links})
recorded = {"tool": f"pip {pip.__version__}, Python {sys.version.split()[0]}", "page": PAGE, "cases": cases}
sys.stdout.buffer.write(gzip.compress(json.dumps(recorded, ensure_ascii=False).encode(), mtime=0))
