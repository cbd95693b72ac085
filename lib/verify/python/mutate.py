"""Mutants of a Python solution, made from its syntax tree; no code of the solution is run.

Operators: comparison (< to <= and >=, == to !=, in to not in, is to is not …), arithmetic (+ to -, * to //, // to *,
% to *, ** to *, shifts, bits, and a minus that is left out), boolean (and to or, not left out, True to False), constant
(n to n + 1 and n - 1, x to x + 1.0, text to other text), return (None instead of a value), condition (negated, where
no comparison's own mutant says the same), loop (break to continue and back), statement (left out: a call, a += or
an assignment into something).

Left alone: annotations, docstrings, default names, what stands under `if __name__ == "__main__"`, `+` and `%` with a
text in sight (a mutant that cannot but raise tells nothing of tests).
"""
import ast
import random

from plain import pass_on_nothing
from steady import steady

COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
ARITHMETIC = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
    ast.MatMult: ast.Mult,
}
SHOWN = 120
MOST_NODES = 20_000


def answer(told):
    """What an order asks for: {"mutants": [...], "found": n, "plain": text, "sham": text}, or what there is to say of
    the solution beside its tests: {"steady": …, "empty": text, "emptyPasses": …}."""
    try:
        tree = ast.parse(told["solution"])
        nodes = sum(1 for _ in ast.walk(tree))
        if nodes > MOST_NODES:
            return {"error": f"more than {MOST_NODES} nodes of syntax"}
        out = {}
        if told.get("task"):
            task = told["task"]
            out["empty"] = empty(told["solution"])
            out["emptyPasses"] = pass_on_nothing(task, told["solution"])
            out["steady"] = task["form"] != "pytest" and steady(
                told["solution"], task["setup"], task["tests"] if task["form"] == "asserts" else ""
            )
        if told.get("most"):
            out.update(mutants(tree, told["most"], told["seed"]))
            out["plain"] = ast.unparse(tree)
            out["sham"] = sham(told["solution"])
        return out
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"error": f"the solution: {type(error).__name__}: {error}"[:300]}


def mutants(tree, most, seed):
    """Every mutant up to `most`, else a seeded sample; those with the code of an earlier one are merged into it."""
    sites = list(changes(tree))
    original = fingerprint(compile(tree, "solution", "exec", dont_inherit=True))
    seen = {original: None}
    out = []
    order = list(range(len(sites)))
    if len(sites) > most:
        order = sorted(random.Random(seed).sample(order, most))
    for at in order:
        operator, line, before, change = sites[at]
        node, undo = change()
        try:
            text = ast.unparse(tree)
            key = fingerprint(compile(text, "solution", "exec", dont_inherit=True))
            after = ast.unparse(node) if node is not None else "pass"
        except (SyntaxError, ValueError, RecursionError, OverflowError, MemoryError):
            continue
        finally:
            undo()
        if key in seen and key != original:
            continue
        same = key == original
        seen[key] = at
        out.append(
            {
                "operator": operator,
                "line": line,
                "from": shown(before),
                "to": shown(after),
                "equivalent": same,
                "text": "" if same else text,
            }
        )
    return {"mutants": out, "found": len(sites)}


def shown(text):
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def fingerprint(code):
    """What a code object does, without where it stands."""
    return (
        code.co_code,
        tuple(constant(c) for c in code.co_consts),
        code.co_names,
        code.co_varnames,
        code.co_freevars,
        code.co_cellvars,
        code.co_flags,
        code.co_argcount,
        code.co_kwonlyargcount,
        code.co_posonlyargcount,
        getattr(code, "co_exceptiontable", b""),
    )


def constant(it):
    if isinstance(it, type((lambda: 0).__code__)):
        return fingerprint(it)
    if isinstance(it, (tuple, frozenset)):
        items = [constant(x) for x in it]
        return (type(it).__name__, tuple(items if isinstance(it, tuple) else sorted(items, key=repr)))
    return (type(it).__name__, repr(it))


def changes(tree):
    """Operator, line, source before and a function that makes the change and says what undoes it, in order of place."""
    found = []

    def add(operator, node, owner, field, make):
        """A change of owner.field, or of owner.field[i], from node to what make() gives."""

        def change():
            new = make()
            held = getattr(owner, field)
            if isinstance(held, list):
                at = next(i for i, it in enumerate(held) if it is node)
                held[at] = new
                return new, lambda: held.__setitem__(at, node)
            setattr(owner, field, new)
            return new, lambda: setattr(owner, field, node)

        found.append((operator, getattr(node, "lineno", 0), ast.unparse(node), change))

    def walk(node, owner, field, testing=False):
        visit(node, owner, field, testing)
        for name, held in ast.iter_fields(node):
            if skipped(node, name):
                continue
            for it in held if isinstance(held, list) else [held]:
                if isinstance(it, ast.AST) and not docstring(node, name, it) and not guard(it):
                    inner = name == "test" or (isinstance(node, ast.comprehension) and name == "ifs")
                    walk(it, node, name, inner)

    def visit(node, owner, field, testing):
        if isinstance(node, ast.Compare):
            for i, op in enumerate(node.ops):
                for other in COMPARISONS[type(op)]:
                    add("comparison", node, owner, field, lambda i=i, other=other: compared(node, i, other))
        elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
            if not textual(node):
                add("arithmetic", node, owner, field, lambda: ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right))
        elif isinstance(node, ast.AugAssign) and type(node.op) in ARITHMETIC:
            if not text_like(node.value):
                other = ARITHMETIC[type(node.op)]
                add("arithmetic", node, owner, field, lambda: ast.AugAssign(node.target, other(), node.value))
            add("statement", node, owner, field, ast.Pass)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Invert)):
            add("arithmetic", node, owner, field, lambda: node.operand)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            add("boolean", node, owner, field, lambda: node.operand)
        elif isinstance(node, ast.BoolOp):
            other = ast.Or if isinstance(node.op, ast.And) else ast.And
            add("boolean", node, owner, field, lambda: ast.BoolOp(other(), node.values))
        elif isinstance(node, ast.Constant):
            for operator, new in constants(node.value):
                add(operator, node, owner, field, lambda new=new: ast.Constant(new))
        elif isinstance(node, ast.Return):
            if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
                add("return", node, owner, field, lambda: ast.Return(ast.Constant(None)))
        elif isinstance(node, (ast.Break, ast.Continue)):
            add("loop", node, owner, field, ast.Continue if isinstance(node, ast.Break) else ast.Break)
        elif isinstance(node, ast.Expr) and isinstance(node.value, (ast.Call, ast.Await)):
            add("statement", node, owner, field, ast.Pass)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Subscript, ast.Attribute)):
            add("statement", node, owner, field, ast.Pass)
        if testing and not said_already(node):
            add("condition", node, owner, field, lambda: ast.UnaryOp(ast.Not(), node))

    for statement in tree.body:
        if not guard(statement) and not docstring(tree, "body", statement):
            walk(statement, tree, "body")
    return [it for _, it in sorted(enumerate(found), key=lambda pair: (pair[1][1], pair[0]))]


def compared(node, i, other):
    return ast.Compare(node.left, [other() if j == i else op for j, op in enumerate(node.ops)], node.comparators)


def constants(it):
    if it is True or it is False:
        return [("boolean", not it)]
    if type(it) is int:
        return [("constant", it + 1), ("constant", it - 1)] if abs(it) < 1 << 64 else [("constant", it + 1)]
    if type(it) is float and it == it and abs(it) < 1e300:
        return [("constant", it + 1.0)]
    if type(it) is str:
        return [("constant", it + "x" if it else "x")]
    return []


def said_already(node):
    """Whether the negated condition is what another operator makes of it."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return True
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return True
    return isinstance(node, ast.Constant)


def text_like(node):
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)))


def textual(node):
    """Whether a text or a list stands in a sum or before %, so that another operator could only raise."""
    if isinstance(node.op, ast.Mod):
        return text_like(node.left)
    if not isinstance(node.op, (ast.Add, ast.Mult)):
        return False
    return any(
        text_like(it) or isinstance(it, (ast.List, ast.ListComp, ast.Tuple))
        or (isinstance(it, ast.BinOp) and isinstance(it.op, (ast.Add, ast.Mult)) and textual(it))
        for it in (node.left, node.right)
    )


def skipped(node, field):
    return (
        field in ("annotation", "returns", "decorator_list", "type_params", "keywords" if isinstance(node, ast.ClassDef) else "")
        or (isinstance(node, ast.JoinedStr))
        or (isinstance(node, ast.Subscript) and False)
        or (field == "pattern")
    )


def docstring(node, field, it):
    return field == "body" and isinstance(it, ast.Expr) and isinstance(it.value, ast.Constant)


def guard(it):
    """Whether it is `if __name__ == …`, which no test reaches."""
    return isinstance(it, ast.If) and any(isinstance(n, ast.Name) and n.id == "__name__" for n in ast.walk(it.test))


def sham(source):
    """The same program in other code: who tells it from the original looks at code, not at what it does."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        names = {it.id for it in ast.walk(node) if isinstance(it, ast.Name)}
        if names & {"locals", "vars", "dir", "eval", "exec", "globals"}:
            continue
        first = 1 if docstring(node, "body", node.body[0]) else 0
        idle = ast.Assign([ast.Name("idle__", ast.Store())], ast.Constant(None))
        node.body.insert(first, idle)
    return ast.unparse(ast.fix_missing_locations(tree))


def empty(source):
    """A solution whose functions give None."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.body = [ast.Return(ast.Constant(None))]
    return ast.unparse(ast.fix_missing_locations(tree))
