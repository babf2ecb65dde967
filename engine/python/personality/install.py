"""Run once, in the interpreter that becomes the snapshot: puts the personality in place and imports what programs start with."""
import sys


def install(sources, linux_errnos):
    """`sources`: name -> text of the personality's files; `linux_errnos`: see errnos.py."""
    import types

    def load(name):
        module = types.ModuleType(name)
        exec(compile(sources[name], f'<{name}>', 'exec'), module.__dict__)
        return module

    sys.modules['_machine_personality'] = shared = load('kernel_calls')
    load('errnos').install(linux_errnos)
    shared.put_built_ins = load('built_ins').put_built_ins
    shared.environment = load('environment')
    shared.environment.install()
    import _signal
    _signal.c_signal = _signal.signal
    facts = {'pid': 0}
    shared.waits = load('waits')
    shared.waits.install()
    load('processes').install(facts)
    forks = load('forks')
    forks.install(facts)
    load('signal_calls').install()
    load('identity').install()
    load('sockets').install(load)
    load('preimports')
    load('children').install()
    load('threads').install(forks.listens)
    load('key_derivation').install()
    load('servers').install()
    begin, locate = load('begin_process').begin, load('locate').locate
    load('event_loop').install()
    load('compiled_code').install()
    load('time_zones').install()
    load('zip_directories').install()
    load('new_files').install()
    load('file_locks').install()
    del sys.modules['_machine_personality']
    load('preloaded').install(VISIBLE)
    load('collector').install()
    sys._begin_process = lambda *args: begin(facts, locate, *args)


# What a fresh CPython 3.14 on Linux has in sys.modules.
VISIBLE = {
    '__main__', '_collections_abc', '_sitebuiltins', 'abc', 'codecs', 'encodings', 'encodings.aliases', 'encodings.utf_8', 'genericpath',
    'io', 'os', 'os.path', 'posixpath', 'site', 'stat', 'zipimport',
}
