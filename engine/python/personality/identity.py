"""What the interpreter says it is: CPython on Linux. The wasm says emscripten in `sys`, and sysconfig would look for data of that name.

What chooses wheels stays true, though: `sysconfig.get_platform()` is the platform whose compiled wheels this interpreter could load
(PEP 783), so packaging.tags, pip and a PEX refuse those that are made for Linux on a processor.
"""
import os
import posix
import re
import sys
import sysconfig

from _machine_personality import call, put_built_ins


def install():
    sys.implementation._multiarch = 'x86_64-linux-gnu'
    sys.executable = sys._base_executable = '/opt/bin/python3'
    # Py_GetVersion: the compiler's name is cut off in the middle of an address.
    sys.version = re.sub(r'\[(\w+ [\w.]+).*', r'[\1]', sys.version, flags=re.DOTALL)
    if hasattr(sys, '_emscripten_info'):
        del sys._emscripten_info
    data = '_sysconfigdata__emscripten_wasm32-emscripten'
    sysconfig._get_sysconfigdata_name = lambda: data
    variables = sys.modules.get(data) or __import__(data)
    # Names of files that programs make up: an executable has no suffix here.
    variables.build_time_vars.update(EXE='', BUILDEXE='')
    platform = f"pyemscripten-{variables.build_time_vars['PYEMSCRIPTEN_PLATFORM_VERSION']}-wasm32"
    sysconfig.get_platform = lambda: platform
    put_built_ins({'cpu_count': cpu_count, 'sched_getaffinity': lambda pid, /: set(range(call('processors')))}, posix, os)
    os.process_cpu_count = cpu_count


def cpu_count():
    configured = sys._get_cpu_count_config()
    return configured if configured > 0 else call('processors')
