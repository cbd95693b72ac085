"""The tests' side of the wall: runs test code, in which the names that it does not define are the candidate's."""
import ast
import builtins
import collections
import datetime
import errno
import importlib
import io
import os
import sys
import types

from peer import BUILTIN_ERRORS, OPERATIONS, Gone, Late, Peer
from proxies import Class, Function, Generator, Proxy, data_of
from values import MUTABLE, Malformed, TooLarge, sync

# Names that tests may take from the imports of a solution: they resolve to the real thing, whatever the solution says.
KNOWN = {
    "collections": "Counter defaultdict OrderedDict deque namedtuple",
    "math": "isclose sqrt inf nan pi floor ceil",
    "decimal": "Decimal",
    "fractions": "Fraction",
    "datetime": "date timedelta",
    "array": "array",
    "itertools": "product permutations combinations chain islice",
    "functools": "reduce partial",
    "copy": "deepcopy",
    "typing": "List Dict Tuple Set Optional Any Union Callable",
}
# What an operating system answers where a door is closed.
CLOSED = {
    getattr(errno, name)
    for name in "EPERM EACCES EROFS ENETUNREACH EHOSTUNREACH EAFNOSUPPORT ENOSYS ENETDOWN".split()
    if hasattr(errno, name)
}
_HIDDEN = (
    types.ModuleType,
    types.FunctionType,
    types.FrameType,
    types.CodeType,
    types.GeneratorType,
    types.CoroutineType,
    types.TracebackType,
    types.MethodType,
    types.BuiltinFunctionType,
)


class Tests(Peer):
    """Holds the proxies of one candidate."""

    def __init__(self, channel):
        super().__init__(channel)
        self.proxies = {}
        self.errors = {}
        self.classes = False
        self.calls = 0
        self.checks = 0
        self.last = ""
        self.thrown = None
        self.stopped = None

    def ask(self, *message):
        if self.stopped is not None:
            raise Gone
        try:
            return super().ask(*message)
        except Gone:
            self.stopped = ("ended", "the solution ended its process")
            raise
        except Late:
            self.stopped = ("late", "gave no answer in time")
            raise
        except Malformed as error:
            self.stopped = ("error", f"a reply that cannot be read: {error}")
            raise Gone from None

    def result(self, *message):
        reply = self.ask(*message)
        try:
            return self.load(reply[2])
        except (Malformed, IndexError):
            self.stopped = ("error", "a reply that cannot be read")
            raise Gone from None

    def call(self, target, args, kwargs):
        self.calls += 1
        name = str(data_of(target)[3])[:60]
        self.last = ""
        try:
            reply = self.ask("call", target, args, kwargs)
        except StopIteration as error:
            # It would end a loop over map(f, …) before its time.
            self.thrown = RuntimeError(f"{name} raised StopIteration")
            raise self.thrown from error
        try:
            result = self.load(reply[2])
            for old, new in zip(args, self.load(reply[3])):
                if type(new) is tuple and len(new) == 1:
                    sync(old, new[0])
        except (Malformed, IndexError, TypeError):
            self.stopped = ("error", "a reply that cannot be read")
            raise Gone from None
        if not isinstance(result, Proxy):
            self.last = f"{name} gave {brief(result)}"
        else:
            self.last = f"{name} gave an object of class {str(data_of(result)[3])[:60]}"
        return result

    def proxy(self, data, mixed=False):
        key = (data[1], mixed)
        if key not in self.proxies:
            kinds = {"class": Class, "function": Function, "generator": Generator}
            self.proxies[key] = kinds.get(data[2], Proxy)(self, data, mixed)
        return self.proxies[key]

    def adopt(self, data):
        if data[0] == "o":
            return self.own(data[1])
        if data[0] != "h" or type(data[1]) is not int or type(data[2]) is not str or type(data[3]) is not str:
            raise Malformed("an unknown value")
        if data[2] == "exception":
            return self.error_class(data[1], data[3], data[4], data[5])
        if data[2] == "coroutine":
            return self.awaited(self.proxy(data))
        return self.proxy(data)

    async def awaited(self, proxy):
        return self.result("await", proxy)

    def error_class(self, number, name, own, known):
        """A class of ours for an exception class of the candidate's, so that `except` catches it."""
        if number in self.errors:
            return self.errors[number]
        if len(own) > 20:
            raise Malformed("too many classes")
        base = BUILTIN_ERRORS[known]
        for above, called in reversed(own):
            base = self.errors.setdefault(above, type(str(called), (base,), {}))
        handle = self.proxy(["h", number, "class", name, None])
        made = type(name, (base,), {"_handle": handle, "__getattr__": _remote})
        return self.errors.setdefault(number, made)

    def raised(self, data):
        try:
            name, kind, message, args, number, it = (self.load(part) for part in data[2:8])
            error = self.rebuilt(name, kind, message, args)
        except (Malformed, ValueError, TypeError, KeyError):
            self.stopped = ("error", "a reply that cannot be read")
            raise Gone from None
        if it is not None and not isinstance(error, tuple(BUILTIN_ERRORS[n] for n in ("SystemExit",))):
            try:
                error._remote = it
            except AttributeError:
                pass
        self.thrown = error
        self.thrown_errno = number
        return error

    def rebuilt(self, name, kind, message, args):
        if kind is None:
            kind = BUILTIN_ERRORS[name]
        elif not (isinstance(kind, type) and issubclass(kind, BaseException)):
            raise Malformed("no exception")
        try:
            return kind(*args)
        except Exception:
            error = Exception(str(message)) if kind in BUILTIN_ERRORS.values() else kind()
            return error

    def export(self, it):
        if isinstance(it, Proxy):
            return ["o", data_of(it)[1]]
        if isinstance(it, type) and issubclass(it, BaseException) and "_handle" in vars(it):
            return ["o", data_of(vars(it)["_handle"])[1]]
        if isinstance(it, BaseException) and isinstance(getattr(it, "_remote", None), Proxy):
            return ["o", data_of(it._remote)[1]]
        module, name = getattr(it, "__module__", None), getattr(it, "__qualname__", None)
        if module in sys.stdlib_module_names or module == "builtins":
            found = sys.modules.get(module)
            for part in str(name).split("."):
                found = getattr(found, part, None)
            if found is it:
                return ["ref", module, name]
        owner = getattr(it, "__objclass__", None)
        if isinstance(it, types.MethodDescriptorType) and owner.__module__ == "builtins":
            return ["ref", "builtins", f"{owner.__name__}.{it.__name__}"]
        return ["h", self.number(it), callable(it)]

    def do(self, verb, rest):
        """What a candidate may do with an object of the tests: call it, iterate it, use it; never look behind it."""
        target = self.load(rest[0] if verb != "op" else rest[1])
        if verb == "call":
            if not callable(target):
                raise TypeError("not callable")
            return [target(*self.load(rest[1]), **self.load(rest[2])), []]
        if verb in ("get", "set"):
            name = self.load(rest[1])
            if type(name) is not str or name.startswith("_") or isinstance(target, _HIDDEN):
                raise AttributeError("not for the solution")
            if verb == "get":
                return [getattr(target, name)]
            setattr(target, name, self.load(rest[2]))
            return [None]
        if verb == "op" and rest[0] in OPERATIONS and rest[0] not in ("dir", "format", "enter", "exit"):
            return [OPERATIONS[rest[0]](*[self.load(part) for part in rest[1:]])]
        raise Malformed("an unknown question")

    def names(self, wanted):
        """The candidate's objects of these names; a name that it does not have is left out."""
        found = self.result("names", list(wanted))
        if type(found) is not list:
            self.stopped = ("error", "a reply that cannot be read")
            raise Gone
        held = {}
        for name, pair in zip(wanted, found):
            if type(pair) is not tuple or len(pair) != 2:
                continue
            it = known(name, pair[1])
            self.classes = self.classes or isinstance(it, Class)
            held[name] = it
        return held


def _remote(self, name):
    remote = self.__dict__.get("_remote")
    if name.startswith("__") or not isinstance(remote, Proxy):
        raise AttributeError(name)
    return getattr(remote, name)


def known(name, it):
    """What a name of the candidate is to the tests: modules and what is imported from them are the tests' own."""
    if isinstance(it, (Proxy, type)) or callable(it):
        sort, home = (data_of(it)[2], data_of(it)[4]) if isinstance(it, Proxy) else ("class", None)
        if sort == "module":
            real = {"np": "numpy", "dt": "datetime"}.get(name, home)
            if real in sys.stdlib_module_names and (name == real or name not in sys.stdlib_module_names):
                return importlib.import_module(real)
            return importlib.import_module(name) if name in sys.stdlib_module_names else it
        for module, names in KNOWN.items():
            if name in names.split() and home != "solution":
                return getattr(importlib.import_module(module), name)
        if name == "datetime" and home != "solution":
            return datetime.datetime
    return it


def brief(it):
    try:
        text = repr(it)
    except Exception:
        return f"a {type(it).__name__}"
    return text if len(text) <= 80 else f"{text[:77]}..."


class _Counted(ast.NodeTransformer):
    """Counts the assertions that are reached."""

    def visit_Assert(self, node):
        call = ast.Expr(ast.Call(ast.Name("__checked__", ast.Load()), [], []))
        ast.copy_location(call, node)
        ast.fix_missing_locations(call)
        self.generic_visit(node)
        return [call, node]


def bound_names(tree):
    """Names that code defines at module level or anywhere by an import or global statement."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
        elif isinstance(node, ast.Global):
            names.update(node.names)

    def walk(node):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
            return
        if isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            return
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        if isinstance(node, ast.ExceptHandler) and node.name:
            names.add(node.name)
        for child in ast.iter_child_nodes(node):
            walk(child)

    walk(tree)
    return names


def free_names(tree, have):
    """Names that code reads and nobody but the candidate can have defined."""
    read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return sorted(read - bound_names(tree) - have)


class Failed(Exception):
    """A test that failed, where it is no assertion."""


def result(tests, state, detail=""):
    return {
        "state": state,
        "detail": " ".join(str(detail).split())[:400],
        "calls": tests.calls,
        "checks": tests.checks,
    }


def run(channel, task):
    """The verdict of one task's tests on the candidate at the other end: a dict with state and detail."""
    tests = Tests(channel)
    try:
        outcome = judged(tests, task)
    except RecursionError:
        outcome = result(tests, "stack-overflow", "the tests went too deep")
    except BaseException as error:  # noqa: B902
        outcome = result(tests, "error", f"{type(error).__name__}: {brief(error)}")
    if tests.stopped is not None:
        outcome.update(state=tests.stopped[0], detail=tests.stopped[1])
    return outcome


def judged(tests, task):
    form = task["form"]
    if form == "pytest":
        return pytested(tests, task)
    space = {"__name__": "tests", "__builtins__": builtins}
    sys.modules["tests"] = types.ModuleType("tests")
    try:
        exec(compile(task["setup"], "setup", "exec", dont_inherit=True), space)
        have = set(space)
        source = task["tests"]
        tree = ast.parse(source) if form == "asserts" else None
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return result(tests, "unreadable", f"the tests: {type(error).__name__}: {error}")
    failed = begun(tests)
    if failed is not None:
        return failed
    if form == "pairs":
        return paired(tests, task, space)
    space["__checked__"] = checker(tests)
    free = free_names(tree, have | {"__checked__"})
    wanted = [name for name in free if not hasattr(builtins, name)]
    found = tests.names([*wanted, *[name for name in free if hasattr(builtins, name)]])
    # A solution may define `sum` where that is what is asked for, but not redefine what its tests are written with.
    ours = {name: it for name, it in found.items() if name in wanted}
    space.update(ours if wanted and any(name in ours for name in wanted) else found)
    space.update(modules(tests))
    lines = source.split("\n")
    return attempted(tests, lines, lambda: executed(tests, tree, space))


def begun(tests):
    """Loads the solution; what came of it where it failed."""
    try:
        tests.ask("begin")
    except BaseException as error:  # noqa: B902
        if error is not tests.thrown and tests.stopped is None:
            raise
        return result(tests, state_of(tests, error), f"the solution: {told(error)}")
    return None


def checker(tests):
    def checked():
        tests.checks += 1

    return checked


def modules(tests):
    """Makes `import solution` a stub."""
    stub = types.ModuleType("solution")

    def lookup(name):
        if name.startswith("__"):
            raise AttributeError(name)
        found = tests.names([name])
        if name not in found:
            raise AttributeError(f"the solution has no {name}")
        return found[name]

    stub.__getattr__ = lookup
    sys.modules["solution"] = stub
    return {}


def executed(tests, tree, space):
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and plain_test(node)}
    called = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    code = compile(ast.fix_missing_locations(_Counted().visit(tree)), "tests", "exec", dont_inherit=True)
    exec(code, space)
    for name in [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]:
        if name in defined - called and callable(space.get(name)):
            space[name]()
    if "unittest" not in sys.modules:
        return
    import unittest

    cases = [it for it in space.values() if isinstance(it, type) and issubclass(it, unittest.TestCase)]
    for case in dict.fromkeys(cases):
        if case.__module__ != "tests":
            continue
        suite = unittest.defaultTestLoader.loadTestsFromTestCase(case)
        done = unittest.TextTestRunner(stream=io.StringIO(), failfast=True).run(suite)
        tests.checks += done.testsRun - len(done.skipped)
        for test, trace in [*done.failures, *done.errors]:
            raise Failed(f"{test.id().split('.', 1)[-1]}: {trace.strip().splitlines()[-1]}")
        if done.unexpectedSuccesses:
            raise Failed(f"{done.unexpectedSuccesses[0].id()}: passed unexpectedly")


def plain_test(node):
    args = node.args
    needed = len(args.posonlyargs) + len(args.args) - len(args.defaults)
    return node.name.startswith("test") and needed <= 0 and not any(d is None for d in args.kw_defaults)


def attempted(tests, lines, action, line=None):
    """What came of running test code; line(error) says where it stopped."""
    try:
        action()
    except BaseException as error:  # noqa: B902
        at = (line or line_of)(error)
        shown = lines[at - 1].strip()[:160] if 0 < at <= len(lines) else "a test"
        if error is tests.thrown:
            return result(tests, state_of(tests, error), f"{shown}: {told(error)}")
        if isinstance(error, Failed):
            caused = tests.thrown is not None and type(tests.thrown).__name__ in str(error)
            return result(tests, state_of(tests, tests.thrown) if caused else "failed-test", error)
        if isinstance(error, AssertionError):
            said = f" ({brief(str(error))})" if str(error) else ""
            return result(tests, "failed-test", f"{shown}: {tests.last or 'it does not hold'}{said}")
        if isinstance(error, TooLarge):
            return result(tests, "error", f"{shown}: {error}")
        if isinstance(error, MemoryError):
            return result(tests, "out-of-memory", shown)
        # Test code fails of itself mostly where a value is of another kind than was expected.
        missing = isinstance(error, NameError)
        return result(tests, "error" if missing or tests.calls == 0 else "failed-test", f"{shown}: {told(error)}; {tests.last}")
    if tests.calls == 0 or tests.checks == 0:
        what = "no function of the solution was called" if tests.calls == 0 else "no assertion was reached"
        return result(tests, "no-tests", what)
    return result(tests, "pass")


def line_of(error):
    at = 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "tests":
            at = trace.tb_lineno
        trace = trace.tb_next
    return at


def told(error):
    text = str(error)
    return f"{type(error).__name__}: {text[:160]}" if text else type(error).__name__


def state_of(tests, error):
    """What an exception of the candidate's is to a verdict."""
    if isinstance(error, MemoryError):
        return "out-of-memory"
    if isinstance(error, RecursionError):
        return "stack-overflow"
    number = getattr(tests, "thrown_errno", None)
    if isinstance(error, PermissionError) or (isinstance(error, OSError) and number in CLOSED):
        return "denied"
    if isinstance(error, TooLarge) or type(error).__name__ == "TooLarge":
        return "output-limit"
    return "error"


def paired(tests, task, space):
    """Cases of a call and what it gives, one JSON object a line."""
    import json

    rows = []
    for at, line in enumerate(task["tests"].split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if type(row) is not dict or not set(row) <= {"call", "args", "kwargs", "expected"}:
                raise ValueError("expected an object of call, args, kwargs and expected")
            if type(row["call"]) is not str or type(row.get("args", [])) is not list or "expected" not in row:
                raise ValueError("expected a call's name, a list of args and an expected value")
            if type(row.get("kwargs", {})) is not dict:
                raise ValueError("expected an object of kwargs")
        except (ValueError, KeyError, RecursionError) as error:
            return result(tests, "unreadable", f"the tests, line {at}: {error}")
        rows.append(row)
    held = tests.names(sorted({row["call"].split(".")[0] for row in rows}))

    def action():
        for row in rows:
            shown = f"{row['call']}({brief(row.get('args', []))[1:-1]})"
            first, *parts = row["call"].split(".")
            target = held.get(first)
            for part in parts:
                if part.startswith("_"):
                    raise Failed(f"{shown}: expected names without an underscore before them")
                target = getattr(target, part)
            if target is None:
                raise Failed(f"{shown}: the solution has no {row['call']}")
            try:
                got = target(*row.get("args", []), **row.get("kwargs", {}))
            except BaseException as error:  # noqa: B902
                if error is tests.thrown:
                    tests.thrown = None
                    raise Failed(f"{shown}: {told(error)}") from None
                raise
            tests.checks += 1
            if not close(row["expected"], got):
                raise Failed(f"{shown}: expected {brief(row['expected'])}, got {brief(got) if not isinstance(got, Proxy) else 'an object'}")

    return attempted(tests, [], action)


RTOL, ATOL = 1e-7, 1e-6


def close(expected, got):
    """Whether a value is the expected one: tuples and lists are one kind, as JSON has it; floats within a tolerance."""
    if isinstance(got, Proxy) or isinstance(expected, bool) != isinstance(got, bool):
        return False
    if isinstance(expected, float) or isinstance(got, float):
        if type(expected) not in (int, float) or type(got) not in (int, float):
            return False
        if expected == got or (expected != expected and got != got):
            return True
        try:
            return abs(got - expected) <= ATOL + RTOL * abs(expected) < float("inf")
        except OverflowError:
            return False
    if isinstance(expected, list):
        same = type(got) in (list, tuple) or isinstance(got, tuple)
        return same and len(got) == len(expected) and all(map(close, expected, got))
    if isinstance(expected, dict):
        if not isinstance(got, dict) or len(got) != len(expected):
            return False
        named = {key if type(key) is str else str(key): it for key, it in got.items()}
        return named.keys() == expected.keys() and all(close(it, named[key]) for key, it in expected.items())
    return type(expected) is type(got) and expected == got


def pytested(tests, task):
    """Real pytest on a file that is gone before the candidate is loaded."""
    import tempfile

    try:
        import pytest
    except ImportError:
        return result(tests, "unsupported", "pytest is not installed in the sandbox")
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "test_solution.py")
    with open(path, "w", encoding="utf-8", errors="surrogatepass") as file:
        file.write(task["tests"])
    state = {"begun": None, "loaded": False, "passed": 0, "failed": None}

    def start():
        if not state["loaded"]:
            state["loaded"] = True
            if os.path.exists(path):
                os.unlink(path)
            state["begun"] = begun(tests)
            if state["begun"] is not None:
                raise ImportError("the solution cannot be loaded")

    stub = types.ModuleType("solution")
    space = {}
    exec(compile(task["setup"], "setup", "exec", dont_inherit=True), space)

    def lookup(name):
        if name.startswith("__"):
            raise AttributeError(name)
        start()
        if name in space:
            return space[name]
        found = tests.names([name])
        if name not in found:
            raise AttributeError(f"the solution has no {name}")
        return found[name]

    stub.__getattr__ = lookup
    sys.modules["solution"] = stub

    class Report:
        def pytest_collectreport(self, report):
            if report.failed and state["failed"] is None:
                state["failed"] = ("collection", str(report.longrepr).strip().splitlines()[-1:])

        def pytest_collection_finish(self, session):
            if os.path.exists(path):
                os.unlink(path)

        def pytest_runtest_logreport(self, report):
            if report.when == "call" and report.passed:
                state["passed"] += 1
                tests.checks += 1
            if report.failed and state["failed"] is None:
                crash = getattr(report.longrepr, "reprcrash", None)
                said = crash.message if crash is not None else str(report.longrepr)
                state["failed"] = (report.nodeid.split("::", 1)[-1], said.strip().splitlines()[:1])

    out, err = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = io.StringIO()
    try:
        options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:faulthandler", "--assert=plain", "--import-mode=importlib"]
        pytest.main([*options, "--rootdir", folder, "-c", os.devnull, path], plugins=[Report()])
    finally:
        sys.stdout, sys.stderr = out, err
    if state["begun"] is not None:
        return state["begun"]
    if state["failed"] is not None:
        where, said = state["failed"]
        said = said[0] if said else ""
        broken = where == "collection"
        thrown = tests.thrown is not None and type(tests.thrown).__name__ in said
        kind = state_of(tests, tests.thrown) if thrown else "error" if broken else "failed-test"
        return result(tests, kind, f"{where}: {said}; {tests.last}")
    if tests.calls == 0 or state["passed"] == 0:
        return result(tests, "no-tests", "no test that calls the solution")
    return result(tests, "pass")
