"""Records what Python's `packaging` answers about versions, specifiers, markers, requirements and names, for engine/packaging/recorded.test.ts.

    python3 -m venv DIR && DIR/bin/pip install packaging && DIR/bin/python scripts/record-packaging.py test/recorded

The cases come from a seeded generator: well-formed ones in every spelling, and the same with a few characters changed.
"""
import gzip
import json
import platform
import random
import sys
import warnings
from importlib.metadata import version as installed

from packaging.markers import InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import InvalidName, canonicalize_name, is_normalized_name
from packaging.version import InvalidVersion, Version

warnings.simplefilter("ignore")
pick = random.Random(440)
NOISE = list("01239.,-_+!*<>=~()[]{};@'\"\\ \t\nabcrvdeposti") + ["é", "ß", "\u00a0", "\x1f", "\ufeff", "\U0001f600", "==", "and", "post", ".*", " in "]


def chance(part):
    return pick.random() < part


def disturb(text):
    for _ in range(pick.choice([1, 1, 1, 2, 3])):
        at = pick.randrange(len(text) + 1)
        match pick.randrange(3):
            case 0:
                text = text[:at] + pick.choice(NOISE) + text[at:]
            case 1:
                text = text[:at] + text[at + 1:]
            case 2:
                text = text[:at] + pick.choice(NOISE) + text[at + 1:]
    return text


def distinct(make, count):
    found = {}
    while len(found) < count:
        found[make()] = True
    return list(found)


def maybe_disturbed(make, part=0.2):
    text = make()
    return disturb(text) if chance(part) else text


def number():
    return pick.choice(["0", "0", "1", "1", "2", "3", "9", "10", "01", "00", "20240926", str(pick.randrange(30)), str(pick.randrange(10**19, 10**21))])


def release(shortest=1):
    return ".".join(number() if chance(0.3) else pick.choice("01123") for _ in range(pick.choice([shortest, shortest + 1, shortest + 1, shortest + 2, shortest + 4])))


def cased(word):
    return pick.choice([word, word, word.upper(), word.title()])


def joint():
    return pick.choice(["", "", ".", "-", "_"])


def suffixes(local=True):
    text = ""
    if chance(0.35):
        text += joint() + cased(pick.choice(["a", "alpha", "b", "beta", "c", "rc", "pre", "preview"])) + joint() + pick.choice(["", number()])
    if chance(0.3):
        text += "-" + number() if chance(0.3) else joint() + cased(pick.choice(["post", "rev", "r"])) + joint() + pick.choice(["", number()])
    if chance(0.25):
        text += joint() + cased("dev") + joint() + pick.choice(["", number()])
    if local and chance(0.2):
        parts = [pick.choice(["abc", "Ubuntu", "1", "01", "g1a2b3", "cu118", "0", number()]) for _ in range(pick.choice([1, 1, 2, 3]))]
        text += "+" + "".join(part + pick.choice(".-_") for part in parts)[:-1]
    return text


def version_text(local=True, shortest=1):
    epoch = number() + "!" if chance(0.1) else ""
    return pick.choice(["", "", "", "v", "V"]) * chance(0.2) + epoch + release(shortest) + suffixes(local)


def spaced(text):
    return pick.choice(["", "", "", " ", "\t", "  "]) + text + pick.choice(["", "", "", " ", "\t"])


def clause():
    operator = pick.choice(["~=", "==", "==", "!=", "<=", ">=", "<", ">", "==="])
    gap = pick.choice(["", "", "", " ", "  "])
    if operator == "===":
        return operator + gap + pick.choice([version_text(), "lolwat", "1.0.dev", "FOO-1", ""])
    if operator in ("==", "!=") and chance(0.3):
        return operator + gap + pick.choice(["", "1!", "v"]) + release() + ".*"
    return operator + gap + version_text(local=operator in ("==", "!="), shortest=2 if operator == "~=" else 1)


def near_clause():
    """A clause about one of few versions, so that candidates fall on and about its edges."""
    operator = pick.choice(["~=", "==", "!=", "<=", ">=", "<", ">"])
    text = near_version(local=operator in ("==", "!="), shortest=2 if operator == "~=" else 1)
    return operator + (pick.choice(["1", "1.0", "1.1", "0", "1!1"]) + ".*" if operator in ("==", "!=") and chance(0.3) else text)


def near_version(local=True, shortest=1):
    text = pick.choice(["1", "1.0", "1.0.0", "1.1", "0", "0.0", "2", "1!1", "1.0.1"][0 if shortest == 1 else 1:])
    if shortest > 1 and "." not in text:
        text += ".0"
    text += pick.choice(["", "", "", "a1", "a2", "rc1"]) + pick.choice(["", "", "", ".post0", ".post1"]) + pick.choice(["", "", "", ".dev0", ".dev1"])
    return text + (pick.choice(["", "", "", "+a", "+1", "+1.0"]) if local else "")


def specifier_text():
    make = pick.choice([clause, near_clause])
    return ",".join(spaced(make()) for _ in range(pick.choice([0, 1, 1, 1, 2, 2, 3, 4]))) + ("," if chance(0.05) else "")


VARIABLES = ["python_version", "python_full_version", "os_name", "os.name", "sys_platform", "sys.platform", "platform_release", "platform_system", "platform_version",
             "platform.version", "platform_machine", "platform.machine", "platform_python_implementation", "platform.python_implementation", "python_implementation",
             "implementation_name", "implementation_version", "extra", "extras", "dependency_groups"]
VERSION_VARIABLES = ["python_version", "python_full_version", "implementation_version", "platform_release"]
WORDS = ["posix", "nt", "linux", "win32", "darwin", "Linux", "x86_64", "arm64", "CPython", "PyPy", "cpython", "", "3", "Foo.Bar", "foo-bar", "foo_Bar", "socks", "os_name", "a b", "é"]
ESCAPED = ["a\\tb", "\\x41", "\\u00e9", "\\101", "\\q", "\\'", '\\"', "\\\\", "\\x4", "\\N{BULLET", "new\nline", "\\\n", "\\8", "\\U00110000", "\\U0001f600", "\\0"]


def quoted(text):
    quote = pick.choice("\"\"'")
    return quote + text + quote


def literal():
    kind = pick.random()
    if kind < 0.45:
        return quoted(pick.choice(WORDS))
    if kind < 0.5:
        return quoted(pick.choice(ESCAPED))
    return quoted(pick.choice(["3.8", "3.11", "3.12.1", "3.13.0rc1", "2.7", "3.*", "3.1", "6.1.0", "6.1.0-13-amd64", "=3.8", "3.11, 3.12", near_version(), version_text()]))


def operator():
    return pick.choice(["<", "<=", "==", "==", "!=", ">=", ">=", ">", "~=", "===", "in", "not in", "not  in"])


def comparison():
    gap = pick.choice([" ", " ", " ", "", "  ", "\t"])
    variable = pick.choice(VERSION_VARIABLES if chance(0.5) else VARIABLES)
    sign = operator()
    if sign[0] in "in" and not gap:
        gap = " "
    sides = [variable, literal()]
    if chance(0.25):
        sides.reverse()
    elif chance(0.03):
        sides = [literal(), literal()] if chance(0.5) else [variable, pick.choice(VARIABLES)]
    elif chance(0.1):
        sides, sign = [quoted(pick.choice(["Foo.Bar", "foo-bar", "socks", "dev"])), pick.choice(["extra", "extras", "dependency_groups"])], pick.choice(["in", "==", "not in"])
        gap = " "
    return sides[0] + gap + sign + gap + sides[1]


def marker_text(depth=0):
    terms = []
    for _ in range(pick.choice([1, 1, 2, 3])):
        term = comparison()
        if depth < 3 and chance(0.25):
            term = "(" + spaced(marker_text(depth + 1)) + ")"
        elif chance(0.1):
            term = "((" + term + "))"
        terms += [term, pick.choice([" and ", " or ", "  and\t"])]
    return "".join(terms[:-1])


def name():
    return pick.choice(["requests", "Django", "zope.interface", "A", "a_b-c.d", "IDNA", "x1", "Pillow", "foo__bar", "name_", "n-", "é", "a" * 40, "in", "and-or"])


def requirement_text():
    text = spaced(name()) if chance(0.9) else name()
    if chance(0.3):
        text += "[" + ",".join(spaced(pick.choice(["socks", "security", "a.b", "A_b", "dev", "x"])) for _ in range(pick.choice([0, 1, 1, 2, 3]))) + "]" + pick.choice(["", " "])
    kind = pick.random()
    if kind < 0.15:
        text += pick.choice([" @ ", "@", " @"]) + pick.choice(["https://example.com/a-1.0-py3-none-any.whl", "file:///a/b.zip#sha256=00", "git+https://example.com/r.git@v1", "../x", "a;b"])
        text += pick.choice(["", " ", " ", "  "])
    elif kind < 0.75:
        clauses = specifier_text()
        text += "(" + clauses + ")" if chance(0.25) else pick.choice(["", " "]) + clauses
    elif kind < 0.8:
        text += pick.choice([">=1.*", "~=1", ">1+a", "1.0", "=1", "(>=1", "==1.0a1.*", ">=1 <2", "===a,b", "===1.*", ">=1.0.", "== 1.0 .*"])
    if chance(0.4):
        text += pick.choice([";", "; ", " ; "]) + marker_text(depth=2) + pick.choice(["", " "])
    return text


def error(problem):
    """The message; of one with a mark below the source, that without the source: [message, column, length of the underline]."""
    text = str(problem)
    head, _, rest = text.partition("\n    ")
    if not rest:
        return [text]
    mark = rest.rpartition("\n    ")[2]
    return [head, mark.count(" "), mark.count("~")]


def answer(function, *problems):
    try:
        return function()
    except problems as problem:
        return error(problem)


def record_versions(count):
    inputs = distinct(lambda: maybe_disturbed(lambda: pick.choice([version_text, version_text, near_version])()), count)
    read = []
    for text in inputs:
        try:
            read.append(Version(text))
        except InvalidVersion as problem:
            assert str(problem) == f"Invalid version: {text!r}"
            read.append(None)
    valid = [version for version in read if version is not None]
    # Neighbours in a shuffled order, and neighbours in the sorted one, where the fine distinctions are.
    ranked = sorted(range(len(valid)), key=valid.__getitem__)
    steps = "".join("=" if valid[a] == valid[b] else "<" for a, b in zip(ranked, ranked[1:]))
    pairs = "".join("<" if a < b else "=" if a == b else ">" for a, b in zip(valid, valid[1:]))
    refused = [repr(text) for text, version in zip(inputs, read) if version is None]
    return {"inputs": inputs, "text": [version and str(version) for version in read], "refused": refused, "ranked": ranked, "steps": steps, "pairs": pairs,
            "prerelease": "".join(str(int(version.is_prerelease)) for version in valid)}


MODES = [None, True, False]


def record_specifiers(count):
    inputs = distinct(lambda: maybe_disturbed(specifier_text, 0.1), count)
    near = distinct(lambda: ",".join(near_clause() for _ in range(pick.choice([1, 1, 2, 3]))), count // 2)
    inputs = [*dict.fromkeys(inputs + near)]
    texts, contains, chosen = [], [], []
    pool = list(dict.fromkeys([near_version() for _ in range(2000)] + ["lolwat", "1.0.dev", "FOO-1", "", "1.0+A", "v1.0"]))
    for text in inputs:
        try:
            readable = SpecifierSet(text)
        except InvalidSpecifier as problem:
            texts.append([str(problem)])
            continue
        texts.append(str(readable))
        if len(chosen) < 20000:
            own, asked = pick.choice(MODES), pick.choice(MODES)
            offered = [pick.randrange(len(pool)) for _ in range(pick.choice([1, 2, 4, 6]))]
            some = SpecifierSet(text, prereleases=own)
            contains.append("".join(str(int(some.contains(pool[each], prereleases=asked))) for each in offered))
            accepted = [offered.index(each) for each in some.filter(dict.fromkeys(offered), prereleases=asked, key=pool.__getitem__)]
            chosen.append([len(texts) - 1, MODES.index(own), MODES.index(asked), offered, accepted])
    return {"inputs": inputs, "text": texts, "pool": pool, "chosen": chosen, "contains": contains}


BASE = {"implementation_name": "cpython", "implementation_version": "3.12.1", "os_name": "posix", "platform_machine": "x86_64", "platform_release": "6.1.0-13-amd64",
        "platform_system": "Linux", "platform_version": "#1 SMP", "python_full_version": "3.12.1", "platform_python_implementation": "CPython", "python_version": "3.12",
        "sys_platform": "linux"}
ENVIRONMENTS = [
    ("metadata", BASE),
    ("metadata", BASE | {"extra": "Foo_Bar", "python_full_version": "3.13.0rc1+", "python_version": "3.13", "platform_release": "6.1.0", "os_name": "nt", "sys_platform": "win32"}),
    ("lock_file", BASE | {"extras": ["Foo.Bar", "socks"], "python_version": "3.8", "python_full_version": "3.8.18", "platform_release": "", "sys_platform": "darwin"}),
    ("requirement", BASE | {"implementation_version": "7.3.13", "implementation_name": "pypy", "platform_python_implementation": "PyPy"}),
]


def evaluated(marker, context, environment):
    given = {key: set(value) if isinstance(value, list) else value for key, value in environment.items()}
    try:
        return "1" if marker.evaluate(given, context) else "0"
    except UndefinedComparison:
        return "c"
    except UndefinedEnvironmentName:
        return "n"


def record_markers(count):
    inputs = distinct(lambda: maybe_disturbed(marker_text, 0.12), count)
    texts, values = [], []
    for text in inputs:
        try:
            marker = Marker(text)
        except InvalidMarker as problem:
            texts.append(error(problem))
            values.append("")
            continue
        texts.append(answer(lambda: str(marker), ValueError))
        values.append("".join(evaluated(marker, *each) for each in ENVIRONMENTS))
    return {"environments": ENVIRONMENTS, "inputs": inputs, "text": texts, "values": values}


def described(text):
    try:
        requirement = Requirement(text)
    except InvalidRequirement as problem:
        return error(problem)
    whole = answer(lambda: str(requirement), ValueError)
    return {"name": requirement.name, "url": requirement.url, "extras": sorted(requirement.extras), "specifier": str(requirement.specifier), "text": whole}


def record_requirements(count):
    inputs = distinct(lambda: maybe_disturbed(requirement_text, 0.15), count)
    return {"inputs": inputs, "answers": [described(text) for text in inputs]}


def record_names(count):
    alphabet = "abAZ09-_.."
    ends = ["é", "\n", "İ"]
    inputs = distinct(lambda: "".join(pick.choice(alphabet) for _ in range(pick.choice([1, 2, 3, 5, 8]))) + (pick.choice(ends) if chance(0.05) else ""), count)
    return {"inputs": inputs, "text": [canonicalize_name(text) for text in inputs], "normal": "".join(str(int(is_normalized_name(text))) for text in inputs),
            "checked": [answer(lambda: canonicalize_name(text, validate=True), InvalidName) for text in inputs]}


def main(directory):
    recorded = {"versions": record_versions(22000), "specifiers": record_specifiers(16000), "markers": record_markers(21000), "requirements": record_requirements(21000),
                "names": record_names(20000)}
    for room, cases in recorded.items():
        cases = {"packaging": installed("packaging"), "python": platform.python_version(), **cases}
        data = gzip.compress(json.dumps(cases, ensure_ascii=True, separators=(",", ":")).encode(), 9, mtime=0)
        with open(f"{directory}/packaging-{room}.json.gz", "wb") as file:
            file.write(data)


main(sys.argv[1])
