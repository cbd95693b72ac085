"""One end of the wall: asks the other side line by line, and answers what it asks meanwhile."""
import builtins
import operator

from values import MOST_LINE, Malformed, TooLarge, read, value, write

BUILTIN_ERRORS = {
    name: kind for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
}

# What one side may ask of the other's objects, by name.
BINARY = {
    name: getattr(operator, name)
    for name in (
        "add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift lt le gt ge eq ne getitem delitem "
        "iadd isub imul itruediv ifloordiv imod ipow iand ior ixor ilshift irshift"
    ).split()
}
UNARY = {"neg": operator.neg, "pos": operator.pos, "invert": operator.invert}
OTHER = {
    "len": len,
    "iter": iter,
    "next": next,
    "reversed": reversed,
    "bool": bool,
    "str": str,
    "repr": repr,
    "hash": hash,
    "format": format,
    "abs": abs,
    "round": round,
    "int": int,
    "float": float,
    "index": operator.index,
    "contains": operator.contains,
    "setitem": operator.setitem,
    "divmod": divmod,
    "isinstance": isinstance,
    "issubclass": issubclass,
    "dir": dir,
    "enter": lambda it: type(it).__enter__(it),
    "exit": lambda it, kind, error: type(it).__exit__(it, kind, error, None),
}
OPERATIONS = {**BINARY, **UNARY, **OTHER}


class Gone(BaseException):
    """The other side has ended."""


class Late(BaseException):
    """The other side gave no answer in time."""


class Peer:
    """Sends and answers over a channel with `send(line)` and `receive() -> str | None`."""

    def __init__(self, channel):
        self.channel = channel
        self.objects = []
        self.numbers = {}

    def number(self, it):
        """A number by which the other side can name an object of ours; the object is kept."""
        key = id(it)
        if key not in self.numbers:
            self.numbers[key] = len(self.objects)
            self.objects.append(it)
        return self.numbers[key]

    def own(self, number):
        if type(number) is not int or not 0 <= number < len(self.objects):
            raise Malformed("an object that is not there")
        return self.objects[number]

    def dump(self, data):
        return write(data, self.export)

    def load(self, data):
        return value(data, self.adopt)

    def ask(self, *message):
        """The reply to a message, whose parts are plain values or objects; raises what the other side raised."""
        line = self.dump(list(message))
        if len(line) > MOST_LINE:
            raise TooLarge("a message too long")
        self.channel.send(line)
        while True:
            line = self.channel.receive()
            if line is None:
                raise Gone
            data = read(line)
            if type(data) is not list or len(data) < 2 or data[0] != "l":
                raise Malformed("no message")
            if data[1] == "ok":
                return data
            if data[1] == "raise":
                raise self.raised(data)
            self.channel.send(self.answer(data))

    def answer(self, data):
        """The line that answers one message."""
        try:
            line = self.dump(["ok", *self.do(data[1], data[2:])])
            if len(line) > MOST_LINE:
                raise TooLarge("a value too long")
            return line
        except (Gone, Late, Malformed):
            raise
        except BaseException as error:  # noqa: B902  what a candidate raises is its answer
            return self.failure(error)

    def failure(self, error):
        try:
            return self.dump(["raise", *self.describe(error)])
        except (Gone, Late):
            raise
        except BaseException:
            return self.dump(["raise", "Exception", None, "an exception that cannot be told", (), None, None])

    def describe(self, error):
        """Name, class, message, arguments, errno and the exception itself."""
        kind = type(error)
        try:
            message = str(error)[:2000]
        except BaseException:
            message = "an exception that cannot be told"
        args = tuple(a if type(a) in (int, float, str, bool, type(None)) else None for a in error.args[:8])
        args = tuple(a[:2000] if type(a) is str else a for a in args)
        if any(a is None and b is not None for a, b in zip(args, error.args)):
            args = (message,)
        number = error.errno if isinstance(error, OSError) and type(error.errno) is int else None
        named = BUILTIN_ERRORS.get(kind.__name__) is kind
        return [kind.__name__, None if named else kind, message, args, number, None if named else error]

    def raised(self, data):
        raise NotImplementedError

    def export(self, it):
        raise NotImplementedError

    def adopt(self, data):
        raise NotImplementedError

    def do(self, verb, rest):
        raise NotImplementedError
