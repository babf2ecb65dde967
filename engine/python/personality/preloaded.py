"""Modules that the snapshot already holds, out of sight until they are imported.

A fresh interpreter has few modules, and a file of the user's may have the name of a library module: so what was imported before the
snapshot is taken out of sys.modules, and handed over by a finder where the standard library would be found.
"""
import sys
from importlib.machinery import ModuleSpec, PathFinder

LIBRARY = '/opt/lib/python3.14'


class Preloaded:
    """A finder just before PathFinder, and the loader of what it finds."""

    def __init__(self, modules):
        self.modules = modules

    def find_spec(self, name, path=None, target=None):
        module = self.modules.get(name)
        if module is None or target is not None:
            return None
        if path is None:
            before = sys.path[:sys.path.index(LIBRARY)] if LIBRARY in sys.path else sys.path
            found = PathFinder.find_spec(name, before)
            if found is not None and (found.loader is not None or LIBRARY not in sys.path):
                return found
            if LIBRARY not in sys.path:
                return None
        elif not any(entry.startswith(LIBRARY) for entry in path):
            return None
        original = module.__spec__
        spec = ModuleSpec(name, self, origin=original.origin, is_package=original.submodule_search_locations is not None)
        spec._set_fileattr = False
        return spec

    def create_module(self, spec):
        return self.modules[spec.name]

    def exec_module(self, module):
        name = module.__spec__.name
        module.__spec__ = self.originals[name]
        inner = name + '.'
        for each in [each for each in self.modules if each.startswith(inner)]:
            sys.modules.setdefault(each, self.modules.pop(each))
        del self.modules[name]

    def hide(self, names):
        for name in names:
            self.modules[name] = sys.modules.pop(name)
        self.originals = {name: module.__spec__ for name, module in self.modules.items()}


def install(visible):
    """Hides every module of the library's files but `visible`."""
    finder = Preloaded({})
    hidden = [name for name, module in sys.modules.items()
              if name not in visible and getattr(getattr(module, '__spec__', None), 'origin', None)
              and module.__spec__.name == name and module.__spec__.origin.startswith(LIBRARY)]
    finder.hide(hidden)
    place = sys.meta_path.index(PathFinder) if PathFinder in sys.meta_path else len(sys.meta_path)
    sys.meta_path.insert(place, finder)
