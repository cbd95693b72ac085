"""Plain tests, interpreted: assertions on what the candidate's functions give, and what stands around them most often.

Nothing of the tests is compiled or run: a tree is walked, node by node, with a list of what is known and bounds on what
may grow. So one process may judge many candidates, one after the other, and keeps nothing of any of them. What is not
known here raises Unknown, and the tests then run in a process of their own.

It does not bound time by itself beyond a count of nodes: comparing what a candidate gave may take long, and who started
the process must stop it.
"""
import ast
import builtins
import functools
import math
import operator
import types

from peer import BUILTIN_ERRORS, Gone, Late
from proxies import Class, Function, Proxy
from tests import Tests, attempted, begun, bound_names, free_names, paired, plain_test, result
from values import Malformed

MOST_NODES = 300_000
MOST_SIZE = 200_000
MOST_BITS = 50_000


class Unknown(BaseException):
    """Something that is not interpreted."""


def _range(*args):
    made = range(*args)
    if len(made) > MOST_SIZE:
        raise Unknown
    return made


CALLED = {
    name: getattr(builtins, name)
    for name in (
        "abs all any bool chr complex dict enumerate float frozenset int isinstance iter len list max min next ord repr "
        "reversed round set sorted str sum tuple type zip"
    ).split()
}
CALLED["range"] = _range
CALLED["print"] = lambda *args, **kwargs: None
CONSTANTS = {name: getattr(math, name) for name in "pi e inf nan tau".split()}
MATHS = {
    name: getattr(math, name)
    for name in "isclose isnan isinf isfinite sqrt floor ceil fabs exp log log2 log10 sin cos tan atan hypot".split()
}
KNOWN_CALLS = {id(it) for it in [*CALLED.values(), *MATHS.values()]}
MATHS.update(CONSTANTS)
METHODS = {
    str: "lower upper strip lstrip rstrip split splitlines startswith endswith count find index isdigit isalpha isupper islower title capitalize",
    list: "append copy count index sort reverse pop remove",
    tuple: "count index",
    dict: "keys values items get copy pop",
    set: "add copy union intersection difference issubset issuperset discard",
    frozenset: "union intersection difference issubset issuperset",
}
METHODS = {kind: frozenset(names.split()) for kind, names in METHODS.items()}
NUMBERS = (bool, int, float, complex)
PLAIN = (*NUMBERS, str, bytes, list, tuple, dict, set, frozenset, type(None))
SUMS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
    ast.Mult: operator.mul,
    ast.Pow: operator.pow,
}
UNARY = {ast.Not: operator.not_, ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Invert: operator.invert}
COMPARED = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
STATEMENTS = (
    ast.Assert, ast.Expr, ast.Assign, ast.AugAssign, ast.For, ast.If, ast.Pass, ast.FunctionDef, ast.Import,
    ast.ImportFrom, ast.Try, ast.Return, ast.Break, ast.Continue, ast.Raise,
)
OTHERS = (
    ast.Module, ast.Constant, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Name, ast.Load, ast.Store, ast.Attribute,
    ast.Call, ast.keyword, ast.Starred, ast.Compare, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.BinOp, ast.IfExp,
    ast.Subscript, ast.Slice, ast.JoinedStr, ast.FormattedValue, ast.ListComp, ast.SetComp, ast.DictComp,
    ast.GeneratorExp, ast.comprehension, ast.ExceptHandler, ast.arguments, ast.arg, ast.alias, ast.operator,
    ast.unaryop, ast.cmpop,
)


class _Returned(BaseException):
    pass


class _Broken(BaseException):
    pass


class _Continued(BaseException):
    pass


class Plain(Tests):
    """The candidate of plain tests: its functions, classes and plain values, and nothing imported."""

    def names(self, wanted):
        found = self.result("names", list(wanted))
        held = {}
        for name, pair in zip(wanted, found if type(found) is list else []):
            if type(pair) is not tuple or len(pair) != 2:
                continue
            it = pair[1]
            if not isinstance(it, Function) and type(it) not in PLAIN:
                raise Unknown
            self.classes = self.classes or isinstance(it, Class)
            held[name] = it
        return held


def readable(source):
    """The tree of plain code; raises Unknown."""
    if len(source) > MOST_SIZE:
        raise Unknown
    try:
        tree = ast.parse(source)
        # What the parser lets through: a return at module level, two arguments of one name.
        compile(tree, "tests", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unknown from error
    for node in ast.walk(tree):
        if not isinstance(node, (*STATEMENTS, *OTHERS)):
            raise Unknown
        if isinstance(node, ast.Attribute) and (node.attr.startswith("_") or isinstance(node.ctx, ast.Store)):
            if node.attr != "__name__" or isinstance(node.ctx, ast.Store):
                raise Unknown
        if isinstance(node, ast.FunctionDef):
            args = node.args
            if node.decorator_list or args.defaults or args.kwonlyargs or args.vararg or args.kwarg or args.posonlyargs:
                raise Unknown
        if isinstance(node, ast.Import) and any(alias.name != "math" for alias in node.names):
            raise Unknown
        if isinstance(node, ast.ImportFrom) and (node.level or node.module not in ("math", "typing")):
            raise Unknown
        if isinstance(node, ast.Try) and node.finalbody:
            raise Unknown
        if isinstance(node, ast.comprehension) and node.is_async:
            raise Unknown
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            raise Unknown
        if isinstance(node, (ast.For, ast.comprehension, ast.Assign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(it, ast.Starred) for target in targets for it in ast.walk(target)):
                raise Unknown
    return tree


class Interpreter:
    """Walks one tree; `space` holds the names of its module."""

    def __init__(self, tests, space):
        self.tests, self.space = tests, space
        self.left = MOST_NODES
        self.line = 0

    def executed(self, tree):
        for node in tree.body:
            self.do(node, [self.space])
        called = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name not in called and plain_test(node):
                self.entered(self.space[node.name], [])

    def entered(self, node, args):
        names = [arg.arg for arg in node.args.args]
        if len(names) != len(args):
            raise Unknown
        try:
            self.body(node.body, [dict(zip(names, args)), self.space])
        except _Returned as returned:
            return returned.args[0]
        return None

    def body(self, nodes, scopes):
        for node in nodes:
            self.do(node, scopes)

    def do(self, node, scopes):
        self.line = node.lineno
        kind = type(node)
        if kind is ast.Assert:
            self.tests.checks += 1
            if not self.at(node.test, scopes):
                said = () if node.msg is None else (self.at(node.msg, scopes),)
                self.line = node.lineno
                raise AssertionError(*said)
        elif kind is ast.Expr:
            self.at(node.value, scopes)
        elif kind is ast.Assign:
            it = self.at(node.value, scopes)
            for target in node.targets:
                self.bind(target, it, scopes)
        elif kind is ast.AugAssign:
            if not isinstance(node.target, ast.Name):
                raise Unknown
            old = self.name(node.target.id, scopes)
            if type(old) not in (*NUMBERS, str):
                raise Unknown
            scopes[0][node.target.id] = self.sum(type(node.op), old, self.at(node.value, scopes))
        elif kind is ast.For:
            self.loop(node, scopes)
        elif kind is ast.If:
            self.body(node.body if self.at(node.test, scopes) else node.orelse, scopes)
        elif kind is ast.FunctionDef:
            if scopes[0] is not self.space:
                raise Unknown
            self.space[node.name] = node
        elif kind is ast.Try:
            self.attempt(node, scopes)
        elif kind is ast.Return:
            raise _Returned(None if node.value is None else self.at(node.value, scopes))
        elif kind is ast.Break:
            raise _Broken
        elif kind is ast.Continue:
            raise _Continued
        elif kind is ast.Raise:
            raise self.error(node, scopes)
        elif kind in (ast.Import, ast.ImportFrom):
            self.imported(node, scopes)

    def loop(self, node, scopes):
        for it in self.each(self.at(node.iter, scopes)):
            self.bind(node.target, it, scopes)
            try:
                self.body(node.body, scopes)
            except _Continued:
                continue
            except _Broken:
                return
        self.body(node.orelse, scopes)

    def attempt(self, node, scopes):
        try:
            self.body(node.body, scopes)
        except (Unknown, Gone, Late, Malformed, _Returned, _Broken, _Continued):
            raise
        except BaseException as error:  # noqa: B902
            for handler in node.handlers:
                if handler.type is None or isinstance(error, self.kinds(handler.type)):
                    if handler.name:
                        scopes[0][handler.name] = error
                    self.body(handler.body, scopes)
                    return
            raise
        self.body(node.orelse, scopes)

    def kinds(self, node):
        names = node.elts if isinstance(node, ast.Tuple) else [node]
        kinds = tuple(BUILTIN_ERRORS.get(it.id) if isinstance(it, ast.Name) else None for it in names)
        if None in kinds or any(it.id in self.space for it in names):
            raise Unknown
        return kinds

    def error(self, node, scopes):
        call = node.exc
        if node.cause is not None or not isinstance(call, ast.Call) or call.keywords:
            raise Unknown
        kind = self.kinds(call.func)[0]
        return kind(*[self.at(arg, scopes) for arg in call.args])

    def imported(self, node, scopes):
        if isinstance(node, ast.ImportFrom) and node.module == "math":
            for alias in node.names:
                if alias.name not in MATHS:
                    raise Unknown
                scopes[0][alias.asname or alias.name] = MATHS[alias.name]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                scopes[0][alias.asname or alias.name] = math

    def bind(self, target, it, scopes):
        kind = type(target)
        if kind is ast.Name:
            scopes[0][target.id] = it
        elif kind in (ast.Tuple, ast.List):
            items = list(self.each(it))
            if len(items) != len(target.elts):
                raise ValueError(f"expected {len(target.elts)} values to unpack, got {len(items)}")
            for part, item in zip(target.elts, items):
                self.bind(part, item, scopes)
        elif kind is ast.Subscript:
            held = self.at(target.value, scopes)
            if type(held) not in (list, dict) and not isinstance(held, Proxy):
                raise Unknown
            held[self.at(target.slice, scopes)] = it
        else:
            raise Unknown

    def each(self, it):
        for item in it:
            self.spend()
            yield item

    def spend(self):
        self.left -= 1
        if self.left < 0:
            raise Unknown

    def name(self, name, scopes):
        for scope in scopes:
            if name in scope:
                return scope[name]
        if name in CALLED or name in BUILTIN_ERRORS:
            return CALLED.get(name) or BUILTIN_ERRORS[name]
        if hasattr(builtins, name):
            raise Unknown
        raise NameError(f"name {name!r} is not defined")

    def at(self, node, scopes):
        """What an expression gives."""
        self.spend()
        kind = type(node)
        if kind is ast.Constant:
            return node.value
        if kind is ast.Name:
            it = self.name(node.id, scopes)
            if it is math or isinstance(it, (ast.AST, types.FunctionType)):
                raise Unknown
            return it
        if kind is ast.Call:
            return self.called(node, scopes)
        if kind is ast.List:
            return self.items(node.elts, scopes)
        if kind is ast.Tuple:
            return tuple(self.items(node.elts, scopes))
        if kind is ast.Set:
            return set(self.items(node.elts, scopes))
        if kind is ast.Dict:
            if None in node.keys:
                raise Unknown
            return {self.at(key, scopes): self.at(it, scopes) for key, it in zip(node.keys, node.values)}
        if kind is ast.Compare:
            return self.compared(node, scopes)
        if kind is ast.BoolOp:
            for part in node.values:
                it = self.at(part, scopes)
                if bool(it) is isinstance(node.op, ast.Or):
                    return it
            return it
        if kind is ast.UnaryOp:
            return UNARY[type(node.op)](self.at(node.operand, scopes))
        if kind is ast.BinOp:
            return self.sum(type(node.op), self.at(node.left, scopes), self.at(node.right, scopes))
        if kind is ast.IfExp:
            return self.at(node.body if self.at(node.test, scopes) else node.orelse, scopes)
        if kind is ast.Subscript:
            held = self.at(node.value, scopes)
            if type(held) not in PLAIN and not isinstance(held, Proxy):
                raise Unknown
            return held[self.at(node.slice, scopes)]
        if kind is ast.Slice:
            return slice(*[None if it is None else self.at(it, scopes) for it in (node.lower, node.upper, node.step)])
        if kind is ast.Attribute:
            return self.attribute(node, scopes)
        if kind is ast.JoinedStr:
            return self.text(node, scopes)
        if kind is ast.GeneratorExp:
            return self.comprehended(node, scopes, lambda inner: self.at(node.elt, inner))
        if kind in (ast.ListComp, ast.SetComp):
            made = self.comprehended(node, scopes, lambda inner: self.at(node.elt, inner))
            return list(made) if kind is ast.ListComp else set(made)
        if kind is ast.DictComp:
            return dict(self.comprehended(node, scopes, lambda i: (self.at(node.key, i), self.at(node.value, i))))
        raise Unknown

    def items(self, nodes, scopes):
        out = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                out.extend(self.each(self.at(node.value, scopes)))
            else:
                out.append(self.at(node, scopes))
        return out

    def comprehended(self, node, scopes, made):
        # The first iterable is evaluated where the comprehension stands, all else when it is asked for.
        first = self.at(node.generators[0].iter, scopes)

        def walk(i, inner):
            if i == len(node.generators):
                yield made(inner)
                return
            part = node.generators[i]
            for it in self.each(first if i == 0 else self.at(part.iter, inner)):
                self.bind(part.target, it, inner)
                if all(self.at(test, inner) for test in part.ifs):
                    yield from walk(i + 1, inner)

        return walk(0, [{}, *scopes])

    def compared(self, node, scopes):
        left = self.at(node.left, scopes)
        held = True
        for op, part in zip(node.ops, node.comparators):
            right = self.at(part, scopes)
            held = COMPARED[type(op)](left, right)
            if part is not node.comparators[-1] and not held:
                return held
            left = right
        return held

    def sum(self, op, a, b):
        act = SUMS.get(op)
        if act is None:
            raise Unknown
        if isinstance(a, Proxy) or isinstance(b, Proxy):
            return act(a, b)
        if type(a) not in PLAIN or type(b) not in PLAIN or (op is ast.Mod and type(a) in (str, bytes)):
            raise Unknown
        for it in (a, b):
            if type(it) is int and it.bit_length() > MOST_BITS:
                raise Unknown
        if op is ast.Pow and not (type(b) in (bool, int, float) and abs(b) <= 1000 and (type(a) is not int or a.bit_length() <= 64)):
            raise Unknown
        if op is ast.Mult:
            for one, other in ((a, b), (b, a)):
                if type(one) not in NUMBERS and type(other) is int and len(one) * other > MOST_SIZE:
                    raise Unknown
        if op is ast.Add and type(a) not in NUMBERS and type(b) is type(a) and hasattr(a, "__len__") and len(a) + len(b) > 4 * MOST_SIZE:
            raise Unknown
        return act(a, b)

    def attribute(self, node, scopes):
        if isinstance(node.value, ast.Name) and self.known(node.value.id, scopes) is math:
            if node.attr not in MATHS:
                raise Unknown
            return MATHS[node.attr]
        held = self.at(node.value, scopes)
        if isinstance(held, Proxy) and not node.attr.startswith("_"):
            return getattr(held, node.attr)
        if node.attr == "__name__" and isinstance(held, type):
            return held.__name__
        raise Unknown

    def known(self, name, scopes):
        return next((scope[name] for scope in scopes if name in scope), None)

    def called(self, node, scopes):
        func = node.func
        if isinstance(func, ast.Attribute) and self.known(getattr(func.value, "id", None), scopes) is not math:
            held = self.at(func.value, scopes)
            if isinstance(held, Proxy) and not func.attr.startswith("_"):
                target = getattr(held, func.attr)
            elif func.attr in METHODS.get(type(held), ()):
                target = getattr(held, func.attr)
            elif type(held) is str and func.attr == "join":
                target = functools.partial(self.joined, held)
            else:
                raise Unknown
        else:
            target = self.name(func.id, scopes) if isinstance(func, ast.Name) else self.at(func, scopes)
            if isinstance(target, type) and id(target) not in KNOWN_CALLS:
                raise Unknown
        args = self.items(node.args, scopes)
        kwargs = {word.arg: self.at(word.value, scopes) for word in node.keywords}
        if None in kwargs:
            raise Unknown
        if isinstance(target, ast.FunctionDef):
            if kwargs:
                raise Unknown
            return self.entered(target, args)
        if isinstance(target, (Proxy, Hollow)):
            return target(*args, **kwargs)
        if target is type and len(args) != 1 or target is str and len(args) > 1 or "key" in kwargs:
            raise Unknown
        if target is isinstance and len(args) == 2 and any(isinstance(it, Hollow) for it in args):
            raise Unknown
        return target(*args, **kwargs)

    def joined(self, between, parts):
        held = list(self.each(parts))
        if sum(len(it) for it in held if type(it) is str) + len(between) * len(held) > MOST_SIZE:
            raise Unknown
        return between.join(held)

    def text(self, node, scopes):
        out = []
        for part in node.values:
            if isinstance(part, ast.Constant):
                out.append(part.value)
                continue
            it = self.at(part.value, scopes)
            if type(it) not in PLAIN and not isinstance(it, (Proxy, BaseException)):
                raise Unknown
            out.append({115: str, 114: repr, 97: ascii}.get(part.conversion, str)(it))
        return "".join(out)


class Hollow:
    """A function that gives None, whatever it is asked."""

    def __init__(self, tests):
        self._tests = tests

    def __call__(self, *args, **kwargs):
        self._tests.calls += 1


class Emptied(Tests):
    """A candidate whose functions give None; nothing of it is run."""

    def __init__(self, solution):
        super().__init__(None)
        tree = ast.parse(solution)
        self.functions = {it.name for it in tree.body if isinstance(it, ast.FunctionDef) and not it.decorator_list}
        self.others = bound_names(tree) - self.functions

    def names(self, wanted):
        if self.others.intersection(wanted):
            raise Unknown
        return {name: Hollow(self) for name in wanted if name in self.functions}


def judged(tests, task, begin):
    """The verdict of plain tests; raises Unknown, before the candidate has begun wherever that can be told by then."""
    if task["form"] not in ("asserts", "pairs"):
        raise Unknown
    setup = readable(task["setup"])
    if any(not isinstance(it, (ast.Import, ast.ImportFrom)) for it in setup.body):
        raise Unknown
    pairs = task["form"] == "pairs"
    tree = None if pairs else readable(task["tests"])
    space = {"__name__": "tests"}
    walker = Interpreter(tests, space)
    walker.body(setup.body, [space])
    if begin and (failed := begun(tests)) is not None:
        return failed
    if pairs:
        return paired(tests, task, space)
    free = free_names(tree, set(space))
    wanted = [name for name in free if not hasattr(builtins, name)]
    found = tests.names([*wanted, *[name for name in free if hasattr(builtins, name)]])
    ours = {name: it for name, it in found.items() if name in wanted}
    space.update(ours or found)
    stopped = []

    def action():
        try:
            walker.executed(tree)
        except (Unknown, RecursionError, MemoryError) as error:
            if error is tests.thrown:
                raise
            stopped.append(error)

    outcome = attempted(tests, task["tests"].split("\n"), action, lambda _error: walker.line)
    if stopped:
        raise Unknown
    return outcome


def run(channel, task):
    """The verdict of one task's tests on the candidate at the other end; None where they are not plain."""
    tests = Plain(channel)
    try:
        outcome = judged(tests, task, True)
    except (Gone, Late):
        outcome = result(tests, "error")
    except (Unknown, Exception):
        outcome = None
    if tests.stopped is not None:
        outcome = result(tests, *tests.stopped)
    return outcome


def pass_on_nothing(task, solution):
    """Whether tests pass where every function gives None, without running the solution; None where they are not plain."""
    try:
        return judged(Emptied(solution), task, False)["state"] == "pass"
    except (Unknown, Exception):
        return None
