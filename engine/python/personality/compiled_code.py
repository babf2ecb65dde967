"""importlib's and zipimport's `compile`: a source that some process compiled before is not compiled again.

Stands in for what makes it bearable natively that code in a zip file, which has no __pycache__, is compiled in every process. What compiling
a source warns of is said every time, so such a source is not kept.
"""
import _blake2
import _frozen_importlib_external
import _imp
import _warnings
import marshal
import sys
import zipimport

import _machine

# Bytes of a source that is compiled sooner than looked up.
SMALL = 256
STRICT = ('error', None, Warning, None, 0)


def install():
    kept = sys._native('compile', _compile)
    zipimport.compile = _frozen_importlib_external.compile = kept


def _compile(source, filename, mode, *args, **options):
    if type(source) is not bytes or len(source) < SMALL or mode != 'exec' or args:
        return compile(source, filename, mode, *args, **options)
    optimize = options.get('optimize', -1)
    level = sys.flags.optimize if optimize == -1 else optimize
    key = _blake2.blake2b(source, digest_size=16, salt=bytes([level])).hexdigest()
    found = _machine.findCode(key)
    if found is not None:
        code = marshal.loads(found.to_bytes())
        _imp._fix_co_filename(code, filename)
        return code
    code = _without_warnings(source, filename, mode, options)
    if code is None:
        return compile(source, filename, mode, **options)
    _machine.keepCode(key, marshal.dumps(code))
    return code


def _without_warnings(source, filename, mode, options):
    """The code; nothing where there is something to say about it."""
    warnings = sys.modules.get('warnings')
    filters = getattr(warnings, 'filters', _warnings.filters)
    filters.insert(0, STRICT)
    try:
        return compile(source, filename, mode, **options)
    except Exception:
        return None
    finally:
        filters.remove(STRICT)
