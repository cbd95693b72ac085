"""The candidate's side of the wall: holds setup and solution, and answers calls. Nothing in it is believed: the other
side reads its lines as data alone, so a solution that takes this file over can only give wrong answers."""
import builtins
import importlib
import sys
import types

from peer import BUILTIN_ERRORS, OPERATIONS, Gone, Late, Peer
from values import MUTABLE, Malformed, plain, read, value


class Foreign:
    """An object of the tests, of which a candidate may ask what anybody may."""

    __slots__ = ("_peer", "_number")

    def __init__(self, peer, number):
        object.__setattr__(self, "_peer", peer)
        object.__setattr__(self, "_number", number)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return self._peer.result("get", self, name)

    def __setattr__(self, name, it):
        self._peer.result("set", self, name, it)

    def __eq__(self, other):
        return self is other or (isinstance(other, Foreign) and self._peer.result("op", "eq", self, other))

    def __hash__(self):
        return self._number


class ForeignFunction(Foreign):
    """A function or class of the tests, passed to a candidate."""

    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return self._peer.result("call", self, args, kwargs)


def _forward(name):
    def method(self, *args):
        return self._peer.result("op", name, self, *args)

    return method


def _reflected(name):
    return lambda self, other: self._peer.result("op", name, other, self)


for _name in "len iter next bool str repr getitem setitem delitem contains lt le gt ge abs neg int float index".split():
    setattr(Foreign, f"__{_name}__", _forward(_name))
for _name in "add sub mul truediv floordiv mod pow matmul".split():
    setattr(Foreign, f"__{_name}__", _forward(_name))
    setattr(Foreign, f"__r{_name}__", _reflected(_name))


class Candidate(Peer):
    """Serves one solution."""

    def __init__(self, channel):
        super().__init__(channel)
        self.foreign = {}
        self.space = {}

    def result(self, *message):
        return self.load(self.ask(*message)[2])

    def serve(self, setup, solution):
        """Answers until the other side is gone; the solution is loaded when it says so."""
        self.setup, self.solution = setup, solution
        while True:
            line = self.channel.receive()
            if line is None:
                return
            try:
                data = read(line)
                self.channel.send(self.answer(data))
            except (Gone, Late, Malformed):
                return

    def begin(self):
        module = types.ModuleType("solution")
        self.space = module.__dict__
        sys.modules["solution"] = module
        for name, source in (("setup", self.setup), ("solution", self.solution)):
            exec(compile(source, name, "exec", dont_inherit=True), self.space)

    def do(self, verb, rest):
        if verb == "begin":
            self.begin()
            return []
        if verb == "names":
            return [[(name, self.space[name]) if name in self.space else None for name in self.load(rest[0])]]
        if verb == "call":
            target, args, kwargs = self.load(rest[0]), self.load(rest[1]), self.load(rest[2])
            result = target(*args, **kwargs)
            return [result, [self.changed(given, it) for given, it in zip(rest[1][1:], args)]]
        if verb == "get":
            return [getattr(self.load(rest[0]), self.load(rest[1]))]
        if verb == "set":
            setattr(self.load(rest[0]), self.load(rest[1]), self.load(rest[2]))
            return [None]
        if verb == "del":
            delattr(self.load(rest[0]), self.load(rest[1]))
            return [None]
        if verb == "op":
            return [OPERATIONS[rest[0]](*[self.load(it) for it in rest[1:]])]
        if verb == "await":
            return [_awaited(self.load(rest[0]))]
        raise Malformed(f"unknown {verb}")

    def changed(self, given, it):
        """An argument that the call changed, in a tuple; None where it did not."""
        if type(it) not in MUTABLE and type(it) is not tuple:
            return None
        return None if plain(it, self.export) == given else (it,)

    def raised(self, data):
        name, _kind, message, args, _number, _it = (self.load(it) if i != 1 else None for i, it in enumerate(data[2:8]))
        kind = BUILTIN_ERRORS.get(name, Exception)
        try:
            return kind(*args)
        except Exception:
            return Exception(message)

    def adopt(self, data):
        tag = data[0]
        if tag == "o":
            return self.own(data[1])
        if tag == "ref":
            it = importlib.import_module(data[1])
            for part in data[2].split("."):
                it = getattr(it, part)
            return it
        if tag == "h":
            kind = ForeignFunction if data[2] else Foreign
            return self.foreign.setdefault(data[1], kind(self, data[1]))
        raise Malformed("an unknown value")

    def export(self, it):
        if isinstance(it, Foreign):
            return ["o", it._number]
        kind = type(it)
        named = isinstance(it, (type, types.FunctionType, types.BuiltinFunctionType))
        name = str(it.__name__ if named else kind.__name__)[:100]
        if isinstance(it, types.ModuleType):
            return ["h", self.number(it), "module", name, str(it.__name__)]
        if isinstance(it, type) and issubclass(it, BaseException):
            return ["h", self.number(it), "exception", name, *self.ancestry(it)]
        sort = "class" if isinstance(it, type) else "function" if callable(it) else "object"
        if isinstance(it, types.GeneratorType):
            sort = "generator"
        elif isinstance(it, types.CoroutineType):
            sort = "coroutine"
        home = getattr(it, "__module__", None)
        return ["h", self.number(it), sort, name, home if type(home) is str else None]

    def ancestry(self, kind):
        """The classes of its own that an exception is derived from, and the first that everybody knows."""
        own = []
        for base in kind.__mro__:
            if BUILTIN_ERRORS.get(base.__name__) is base:
                return own, base.__name__
            if base is not kind:
                own.append([self.number(base), base.__name__])
        return own, "Exception"


def _awaited(it):
    asyncio = importlib.import_module("asyncio")

    async def wait():
        return await it

    return asyncio.run(wait())


def serve(channel, setup, solution):
    """Answers what the tests' side asks of one solution."""
    sys.setrecursionlimit(1100)
    builtins.exit = builtins.quit = sys.exit
    Candidate(channel).serve(setup, solution)
