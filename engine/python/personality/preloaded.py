"""Modules that the snapshot already holds, out of sight until they are imported.

A fresh interpreter has few modules, and a file of the user's may have the name of a library module: so what was imported before the
snapshot is taken out of sys.modules, and handed over by a finder where the standard library would be found.
"""
import sys
from importlib.machinery import ModuleSpec, PathFinder

LIBRARY = '/opt/lib/python3.14'


class Handover:
    """The loader of a module that is already executed; in all else, its own loader."""

    def __init__(self, finder, module):
        self.finder, self.module, self.spec = finder, module, module.__spec__

    def __getattr__(self, name):
        return getattr(self.spec.loader, name)

    def create_module(self, spec):
        return self.module

    def exec_module(self, module):
        module.__spec__ = self.spec
        sys._track(module.__dict__)
        inner = self.spec.name + '.'
        for name in [name for name in self.finder.modules if name.startswith(inner)]:
            sys.modules.setdefault(name, self.finder.modules.pop(name))
        self.finder.modules.pop(self.spec.name, None)


class Preloaded:
    """A finder just before PathFinder."""

    def __init__(self, modules):
        self.modules = modules

    def find_spec(self, name, path=None, target=None):
        module = self.modules.get(name)
        if module is None or target is not None:
            return None
        if path is None:
            if LIBRARY not in sys.path:
                return None
            found = PathFinder.find_spec(name, sys.path[:sys.path.index(LIBRARY)])
            if found is not None and found.loader is not None:
                return found
        elif not any(entry.startswith(LIBRARY) for entry in path):
            return None
        own = module.__spec__
        spec = ModuleSpec(name, Handover(self, module), origin=own.origin, is_package=own.submodule_search_locations is not None)
        spec.submodule_search_locations = own.submodule_search_locations
        spec.cached = own.cached
        spec._set_fileattr = own.has_location
        return spec


def install(visible):
    """Hides every module of the library's files but `visible`."""
    hidden = [name for name, module in sys.modules.items()
              if name not in visible and getattr(getattr(module, '__spec__', None), 'origin', None)
              and module.__spec__.name == name and module.__spec__.origin.startswith(LIBRARY)]
    finder = Preloaded({name: sys.modules.pop(name) for name in hidden})
    place = sys.meta_path.index(PathFinder) if PathFinder in sys.meta_path else len(sys.meta_path)
    sys.meta_path.insert(place, finder)
