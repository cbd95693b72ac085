"""Starts the harness from code that the same Python compiled before: compiling it anew would take most of a start."""
import binascii
import marshal
import sys
from _frozen_importlib import ModuleSpec

FOLDER = "/job/"


class Compiled:
    """Finds the harness's modules among code objects."""

    def __init__(self, codes):
        self.codes = codes

    def find_spec(self, name, path=None, target=None):
        return ModuleSpec(name, self) if name in self.codes else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(marshal.loads(binascii.a2b_base64(self.codes[module.__name__])), module.__dict__)


def compiled(names):
    """A line for each module: its name and its code."""
    out = []
    for name in names:
        with open(f"{FOLDER}{name}.py", encoding="utf-8") as file:
            code = compile(file.read(), f"{name}.py", "exec", dont_inherit=True, optimize=0)
        out.append(f"{name} {binascii.b2a_base64(marshal.dumps(code), newline=False).decode()}\n")
    return "".join(out)


if len(sys.argv) > 1:
    with open(3, "w", encoding="ascii") as channel:
        channel.write(compiled(sys.argv[1:]))
else:
    with open(FOLDER + "code.txt", encoding="ascii") as held:
        sys.meta_path.insert(0, Compiled(dict(line.split() for line in held)))
    import harness

    harness.main()
