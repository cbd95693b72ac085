"""Plants an error in each solution and keeps it only where the tests then fail, run as Python runs them: what a verifier
must refuse. Reads a JSON list of {"setup", "solution", "tests"} and writes one of {"kind", "solution"} or null."""
import ast
import contextlib
import copy
import json
import random
import signal
import sys

KINDS = ("constant", "operator", "return", "condition")
SWAPS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Add}


def places(tree, kind):
    """How many nodes there are to change, in the order of a walk."""
    return [at for at, node in enumerate(ast.walk(tree)) if fits(node, kind)]


def fits(node, kind):
    if kind == "constant":
        return isinstance(node, ast.Constant) and type(node.value) in (int, float, bool)
    if kind == "operator":
        return isinstance(node, ast.BinOp) and type(node.op) in SWAPS
    if kind == "return":
        return isinstance(node, ast.Return) and node.value is not None
    return isinstance(node, (ast.If, ast.While, ast.IfExp))


def changed(tree, kind, at):
    tree = copy.deepcopy(tree)
    node = list(ast.walk(tree))[at]
    if kind == "constant":
        node.value = not node.value if type(node.value) is bool else node.value + 1
    elif kind == "operator":
        node.op = SWAPS[type(node.op)]()
    elif kind == "return":
        node.value = ast.List([node.value], ast.Load())
    else:
        node.test = ast.UnaryOp(ast.Not(), node.test)
    return ast.unparse(ast.fix_missing_locations(tree))


class Slow(BaseException):
    pass


def slow(*_):
    raise Slow


def fails(task, solution):
    """Whether the tests fail in time; what takes long, or ends otherwise, is no case."""
    space = {"__name__": "tests"}
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        with contextlib.redirect_stdout(None):
            for source in (task["setup"], solution, task["tests"]):
                exec(compile(source, "task", "exec", dont_inherit=True), space)
    except Exception:
        return True
    except BaseException:
        return False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return False


def planted(at, task):
    chance = random.Random(at)
    tree = ast.parse(task["solution"])
    for turn in range(len(KINDS)):
        kind = KINDS[(at + turn) % len(KINDS)]
        found = places(tree, kind)
        for place in chance.sample(found, min(4, len(found))):
            solution = changed(tree, kind, place)
            if fails(task, solution):
                return {"kind": kind, "solution": solution}
    return None


signal.signal(signal.SIGALRM, slow)
json.dump([planted(at, task) for at, task in enumerate(json.load(sys.stdin))], sys.stdout)
