"""What the interpreter says it is: CPython on Linux. The wasm says emscripten in `sys`, and sysconfig would look for data of that name."""
import os
import re
import sys
import sysconfig


def install():
    sys.implementation._multiarch = 'x86_64-linux-gnu'
    sys.executable = sys._base_executable = '/opt/bin/python3'
    # Py_GetVersion: the compiler's name is cut off in the middle of an address.
    sys.version = re.sub(r'\[(\w+ [\w.]+).*', r'[\1]', sys.version, flags=re.DOTALL)
    if hasattr(sys, '_emscripten_info'):
        del sys._emscripten_info
    data = '_sysconfigdata__emscripten_wasm32-emscripten'
    sysconfig._get_sysconfigdata_name = lambda: data
    os.cpu_count = lambda: 1
