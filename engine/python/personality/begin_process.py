"""What Py_Initialize does with a command line and an environment, done to an interpreter that was initialised before it had them.

`begin` gets CPython's own parsing of both (PyConfig_Read) and makes the interpreter agree with it; Py_RunMain does the rest.
"""
import _signal
import builtins
import codecs
import errno
import io
import json
import os
import posix
import sys

from _machine_personality import call

TAKEN = (
    'argv', 'orig_argv', 'run_filename', 'run_command', 'run_module', 'skip_source_first_line', 'interactive', 'inspect', 'quiet',
    'verbose', 'optimization_level', 'bytes_warning', 'write_bytecode', 'use_environment', 'isolated', 'safe_path',
    'user_site_directory', 'site_import', 'warnoptions', 'xoptions', 'dev_mode', 'buffered_stdio', 'pythonpath_env',
    'int_max_str_digits', 'import_time', 'tracemalloc', 'faulthandler', 'warn_default_encoding', 'check_hash_pycs_mode',
    'pycache_prefix', 'cpu_count', 'parser_debug', 'code_debug_ranges', 'program_name',
)


def begin(facts, locate, pid, ignored, argv0, env):
    parsed, live = sys._parsed_config, sys._live_config
    del sys._parsed_config, sys._live_config
    facts['pid'] = pid
    for name in TAKEN:
        if name in parsed and name in live:
            live[name] = parsed[name]
    live['parse_argv'] = 0
    live['program_name'] = argv0 or '/opt/bin/python3'
    _environment(json.loads(env))
    locate(live['program_name'], os.environ.get('PATH', ''))
    for number in ignored:
        _signal.c_signal(number, _signal.SIG_IGN)
    _streams(parsed)
    if unreadable := _unreadable(parsed['run_filename']):
        os.write(2, f"{live['program_name']}: can't open file {parsed['run_filename']!r}: {unreadable}\n".encode())
        return 2
    _sys(parsed, live)
    _path(parsed)
    _options(parsed)
    sys._new_flags = _flags(parsed)
    _header(parsed, live)
    sys.modules['__main__'].__dict__.pop('_pyodide_core', None)
    return None


def _header(parsed, live):
    """pymain_header: C would say emscripten."""
    runs = parsed['run_command'] or parsed['run_filename'] or parsed['run_module']
    interactive = sys.stdin is not None and (sys.stdin.isatty() or parsed['interactive'])
    if not parsed['quiet'] and (parsed['verbose'] or not runs and interactive):
        words = 'Type "help", "copyright", "credits" or "license" for more information.\n' if parsed['site_import'] else ''
        os.write(2, f'Python {sys.version} on {sys.platform}\n{words}'.encode())
    live['quiet'] = 1


def _unreadable(name):
    """C says this itself, with its own errno: the words that Linux has for it."""
    if not name:
        return None
    try:
        os.stat(name)
        if not os.access(name, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        return f'[Errno {error.errno}] {error.strerror}'


def _environment(env):
    data = {os.fsencode(name): os.fsencode(value) for name, value in env.items()}
    os.environ._data.clear()
    os.environ._data.update(data)
    posix.environ.clear()
    posix.environ.update(data)


def _streams(config):
    encoding = codecs.lookup(config.get('stdio_encoding') or 'utf-8').name
    errors = config.get('stdio_errors') or 'surrogateescape'
    buffered = config['buffered_stdio']
    for fd, name, mode in ((0, 'stdin', 'r'), (1, 'stdout', 'w'), (2, 'stderr', 'w')):
        stream = _stream(fd, f'<{name}>', mode, encoding, 'backslashreplace' if fd == 2 else errors, buffered)
        setattr(sys, name, stream)
        setattr(sys, f'__{name}__', stream)


def _stream(fd, name, mode, encoding, errors, buffered):
    """create_stdio of CPython's pylifecycle.c."""
    try:
        os.fstat(fd)
    except OSError:
        return None
    unbuffered = not buffered and mode == 'w'
    try:
        binary = io.open(fd, mode + 'b', 0 if unbuffered else -1, closefd=False)
    except IsADirectoryError:
        return None
    raw = binary if unbuffered else binary.raw
    raw.name = name
    line_buffering = buffered and (fd == 2 or raw.isatty())
    text = io.TextIOWrapper(binary, encoding, errors, '\n', bool(line_buffering), write_through=not buffered)
    text.mode = mode
    return text


def _sys(parsed, live):
    name = parsed['run_filename']
    if name and name != '/':
        live['run_filename'] = name.rstrip('/')
    sys.argv = list(parsed['argv'])
    sys.orig_argv = list(parsed['orig_argv'])
    sys.dont_write_bytecode = not parsed['write_bytecode']
    sys.pycache_prefix = parsed['pycache_prefix']
    sys.warnoptions[:] = parsed['warnoptions']
    sys._xoptions.clear()
    for option in parsed['xoptions']:
        option, equals, value = option.partition('=')
        sys._xoptions[option] = value if equals else True
    sys.set_int_max_str_digits(max(parsed['int_max_str_digits'], 0) if parsed['int_max_str_digits'] != -1 else 4300)
    builtins.__dict__['__debug__'] = parsed['optimization_level'] == 0
    live['module_search_paths'] = sys.path


def _path(parsed):
    import site
    sys.path_importer_cache.clear()
    first = [os.path.abspath(entry) for entry in (parsed['pythonpath_env'] or '').split(':')] if parsed['pythonpath_env'] else []
    sys.path[:0] = [entry for entry in dict.fromkeys(first) if entry not in sys.path]
    if not parsed['site_import']:
        for name in ('exit', 'quit', 'copyright', 'credits', 'license', 'help'):
            builtins.__dict__.pop(name, None)
        for name in ('site', '_sitebuiltins'):
            sys.modules.pop(name, None)
        return
    site.ENABLE_USER_SITE = site.USER_SITE = site.USER_BASE = None
    site.PREFIXES = [sys.prefix, sys.exec_prefix]
    sys._home = None
    known = set(sys.path)
    if sys.prefix != sys.base_prefix:
        site.venv(known)
    if site.ENABLE_USER_SITE is None:
        site.ENABLE_USER_SITE = bool(parsed['user_site_directory'])
    if site.ENABLE_USER_SITE:
        site.addusersitepackages(known)
    site.addsitepackages(known)
    # sitecustomize and usercustomize, where there is a place that could hold them.
    if first or any(entry.endswith('site-packages') for entry in sys.path):
        site.execsitecustomize()
        if site.ENABLE_USER_SITE:
            site.execusercustomize()


def _options(parsed):
    import warnings
    if parsed['warnoptions']:
        warnings._processoptions(parsed['warnoptions'])
    if parsed['tracemalloc'] > 0:
        import tracemalloc
        tracemalloc.start(parsed['tracemalloc'])
    if parsed['faulthandler'] > 0:
        import faulthandler
        faulthandler.enable()
    random = _preloaded('random')
    if random:
        random.seed()
    logging = _preloaded('logging')
    if logging:
        import time
        logging._startTime = time.time_ns()


def _preloaded(name):
    for finder in sys.meta_path:
        if name in getattr(finder, 'modules', ()):
            return finder.modules[name]
    return sys.modules.get(name)


def _flags(config):
    """sys.flags in its order; the caller writes them, since a struct sequence is closed to Python."""
    values = (
        config['parser_debug'], config['inspect'], config['interactive'], config['optimization_level'], int(not config['write_bytecode']),
        int(not config['user_site_directory']), int(not config['site_import']), int(not config['use_environment']), config['verbose'],
        config['bytes_warning'], config['quiet'], 1, config['isolated'], bool(config['dev_mode']), sys.flags.utf8_mode,
        config['warn_default_encoding'], bool(config['safe_path']), sys.get_int_max_str_digits(),
    )
    return tuple(value if isinstance(old, bool) else int(value) for value, old in zip(values, sys.flags))
