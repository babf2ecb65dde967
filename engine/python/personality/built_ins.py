"""How a Python function takes the place of one of C's."""
import sys


def put_built_ins(functions, *modules):
    """`functions`: by the names that they get in each of the modules, as built-ins: they leave no frame in tracebacks."""
    for name, function in functions.items():
        native = sys._native(name, function)
        for module in modules:
            setattr(module, name, native)
