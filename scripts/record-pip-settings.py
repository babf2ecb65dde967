"""Records what pip makes of its variables and configuration files, for engine/index/pip-settings.test.ts.

    python3 -m venv DIR && DIR/bin/pip install -U pip && DIR/bin/python scripts/record-pip-settings.py > test/recorded/pip-settings.json
"""
import contextlib
import io
import json
import os
import random
import sys
import tempfile
from pathlib import Path
from unittest import mock

import pip
from pip._internal.commands import create_command
from pip._internal.utils import appdirs

GLOBAL, SHARED, LEGACY, USER, SITE = "/etc/pip.conf", "/etc/xdg/pip/pip.conf", "/home/user/.pip/pip.conf", "/home/user/.config/pip/pip.conf", "/prefix/pip.conf"
A, B, C = "https://a.example/simple", "https://b.example/simple", "https://c.example/simple"

# Each: variables, and files by path.
CASES = [
    ({}, {}),
    ({"PIP_INDEX_URL": A}, {}),
    ({"PIP_INDEX_URL": ""}, {USER: f"[global]\nindex-url = {A}\n"}),
    ({"PIP_PYPI_URL": A}, {}),
    ({"PIP_EXTRA_INDEX_URL": f"{A} {B}\n{C}"}, {}),
    ({"PIP_NO_INDEX": "1"}, {}), ({"PIP_NO_INDEX": "off"}, {}), ({"PIP_NO_INDEX": "maybe"}, {}), ({"PIP_NO_INDEX": "TRUE"}, {}),
    ({"PIP_FIND_LINKS": "/a /b"}, {}), ({"PIP_TRUSTED_HOST": "a.example b.example:8080"}, {}),
    ({"PIP_RETRIES": "3"}, {}), ({"PIP_RETRIES": "x"}, {}), ({"PIP_TIMEOUT": "2.5"}, {}), ({"PIP_DEFAULT_TIMEOUT": "7"}, {}), ({"PIP_TIMEOUT": "soon"}, {}),
    ({"PIP_CERT": "/x.pem", "PIP_CLIENT_CERT": "/y.pem", "PIP_PROXY": "http://u:p@h:1"}, {}),
    ({"pip_index_url": A}, {}), ({"PIP_index_url": A}, {}), ({"PIPINDEX_URL": A}, {}),
    ({}, {USER: f"[global]\nindex-url = {A}\nextra-index-url =\n    {B}\n    {C}\n"}),
    ({}, {USER: f"[global]\nindex_url: {A}\n"}), ({}, {USER: f"[global]\nINDEX-URL={A}\n"}), ({}, {USER: f"[global]\n--index-url={A}\n"}),
    ({}, {USER: f"[download]\nindex-url = {A}\n[global]\nindex-url = {B}\n"}), ({}, {USER: f"[install]\nindex-url = {A}\n"}),
    ({}, {USER: f"[download]\nindex-url =\n[global]\nindex-url = {B}\n"}),
    ({}, {USER: f"[DEFAULT]\nindex-url = {A}\n[global]\nretries = 1\n"}), ({}, {USER: f"[DEFAULT]\nindex-url = {A}\n"}),
    ({}, {USER: f"# comment\n; another\n[global]\n# in it\nindex-url = {A}  # kept\n"}),
    ({}, {USER: f"[global]\nfind-links =\n    /a\n    # no\n\n    /b\nretries = 2\n"}), ({}, {USER: "[global]\nfind-links = /a\n  /b\n  retries = 2\n"}),
    ({}, {USER: f"  [global]\n  index-url = {A}\n    extra-index-url = {B}\n"}), ({}, {USER: f"[global]\n  index-url = {A}\nretries = 2\n"}),
    ({}, {USER: "[global]\nno-index\n"}), ({}, {USER: "index-url = x\n"}), ({}, {USER: "[global]\nretries=1\nretries=2\n"}), ({}, {USER: "[global]\na=1\n[global]\nb=2\n"}),
    ({}, {USER: "[global\nretries=1\n"}), ({}, {USER: "[]\nretries=1\n"}), ({}, {USER: "[global] trailing\nretries=1\n"}), ({}, {USER: "[global]\n= x\n"}), ({}, {USER: "[global]\nunknown-option = x\n"}),
    ({}, {USER: "[global]\nretries = \n"}), ({}, {USER: "[global]\r\nretries = 4\r\n"}), ({}, {USER: "\ufeff[global]\nretries = 4\n"}), ({}, {USER: "[global]\nno-index = yes\n"}), ({}, {USER: "[global]\nno_index = nope\n"}),
    ({}, {GLOBAL: f"[global]\nindex-url = {A}\nretries = 1\n", USER: f"[global]\nindex-url = {B}\n"}), ({}, {GLOBAL: f"[global]\nindex-url = {A}\n", SHARED: f"[global]\nindex-url = {B}\n"}),
    ({}, {LEGACY: f"[global]\nindex-url = {A}\nretries = 1\n", USER: f"[global]\nindex-url = {B}\n"}), ({}, {SITE: f"[global]\nindex-url = {A}\n", USER: f"[global]\nindex-url = {B}\n"}),
    ({}, {GLOBAL: f"[download]\nindex-url = {A}\n", USER: f"[global]\nindex-url = {B}\n"}), ({"PIP_INDEX_URL": C}, {USER: f"[download]\nindex-url = {A}\n"}),
    ({"PIP_CONFIG_FILE": "/home/user/mine.conf"}, {"/home/user/mine.conf": f"[global]\nindex-url = {A}\n", USER: f"[global]\nindex-url = {B}\nretries = 9\n", SITE: "[global]\nretries = 8\n"}),
    ({"PIP_CONFIG_FILE": "/home/user/missing.conf"}, {USER: f"[global]\nindex-url = {B}\n"}), ({"PIP_CONFIG_FILE": "/dev/null"}, {USER: f"[global]\nindex-url = {B}\n", GLOBAL: "[global]\nretries = 1\n"}),
    ({"PIP_CONFIG_FILE": ""}, {USER: f"[global]\nindex-url = {B}\n"}),
    ({"PIP_CONFIG_FILE": "/home/user/mine.conf", "PIP_RETRIES": "0"}, {"/home/user/mine.conf": "[global]\nretries = 3\n", SITE: f"[global]\nindex-url = {C}\n"}),
    ({"XDG_CONFIG_HOME": "/home/user/xdg"}, {"/home/user/xdg/pip/pip.conf": f"[global]\nindex-url = {A}\n", USER: f"[global]\nindex-url = {B}\n"}),
    ({"XDG_CONFIG_HOME": " "}, {USER: f"[global]\nindex-url = {B}\n"}),
    ({}, {USER: f"[global]\ntimeout = 60\ndefault-timeout = 30\n"}), ({}, {USER: f"[global]\ndefault-timeout = 30\ntimeout = 60\n"}), ({"PIP_TIMEOUT": "5"}, {USER: "[global]\ndefault-timeout = 30\n"}),
]

random.seed(7)
PIECES = ["[global]", "[download]", "[DEFAULT]", "[install]", "retries = 1", "retries: 2", "  retries = 3", "index-url = https://r.example/", "find-links =", "    /x", "   /y /z", "", "  ", "# note", "  ; note", "trusted-host = h:1",
          "no-index = on", "=", "word", "extra-index-url = a b", "timeout=1e2", "\tproxy = p", "cert : c"]
for _ in range(250):
    CASES.append(({}, {USER: "\n".join(random.choice(["[global]", "[global]", "[download]"]) if i == 0 else random.choice(PIECES) for i in range(random.randint(1, 9)))}))


def settings(variables, files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            target = Path(root + path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        below = lambda value: root + value if value.startswith("/home/") else value
        environment = {"HOME": root + "/home/user", **{name: below(value) for name, value in variables.items()}}
        with mock.patch.dict(os.environ, environment, clear=True), mock.patch.object(sys, "prefix", root + "/prefix"), \
                mock.patch.object(appdirs, "site_config_dirs", lambda name: [root + "/etc/xdg/pip", root + "/etc"]), \
                contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            try:
                values = create_command("download").parser.get_default_values()
            except SystemExit:
                return None
        default = create_command("download").parser
        return {
            "indexUrl": values.index_url if values.index_url != default.defaults["index_url"] else None, "extraIndexUrls": values.extra_index_urls, "noIndex": bool(values.no_index),
            "findLinks": values.find_links, "trustedHosts": values.trusted_hosts, "retries": values.retries if values.retries != default.defaults["retries"] else None,
            "timeout": values.timeout if values.timeout != default.defaults["timeout"] else None, "cert": values.cert, "clientCert": values.client_cert, "proxy": values.proxy or None,
        }


cases = [{"environment": variables, "files": files, "settings": settings(variables, files)} for variables, files in CASES]
print(json.dumps({"tool": f"pip {pip.__version__}", "cases": cases}, ensure_ascii=False, indent=0))
