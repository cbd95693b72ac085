"""Whether code can depend on nothing but its arguments, told by its syntax: no chance, no clock, no order of sets, no
addresses. Where that cannot be told the answer is no, and the code is run twice.

It does not see through code that hides what it asks for: such code gains nothing but one run less.
"""
import ast

MODULES = set(
    "math cmath re itertools functools collections heapq bisect string operator fractions decimal typing copy abc enum "
    "dataclasses json statistics unittest textwrap __future__".split()
)
UNSTEADY = set(
    "set frozenset hash id vars globals locals dir eval exec compile open input getattr setattr memoryview object".split()
)
DUNDERS = {"__name__", "__init__", "__class__", "__eq__", "__lt__", "__len__", "__str__", "__repr__"}
TAKERS = set("list sorted len max min sum dict tuple enumerate zip any all map filter reversed Counter".split())


def steady(*sources):
    """Whether every source is steady."""
    return all(_steady(ast.parse(source)) for source in sources)


def _steady(tree):
    taken = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.For, ast.comprehension)):
            taken.add(id(node.iter))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TAKERS:
            taken.update(map(id, node.args))
    # What a view of a dict's keys gives to & or - is a set; to a loop it gives the keys in their order.
    views = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and id(node) in taken}
    return not any(_may_vary(node, views) for node in ast.walk(tree))


def _may_vary(node, views):
    if isinstance(node, (ast.Set, ast.SetComp)):
        return True
    if isinstance(node, ast.Name):
        return node.id in UNSTEADY or (node.id.startswith("__") and node.id not in DUNDERS)
    if isinstance(node, ast.Attribute):
        if node.attr in ("keys", "items"):
            return id(node) not in views
        return node.attr.startswith("__") and node.attr not in DUNDERS
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] not in MODULES for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return node.level != 0 or str(node.module).split(".")[0] not in MODULES
    return False
