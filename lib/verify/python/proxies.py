"""What stands for a candidate's objects among the tests. Nothing of the candidate runs here.

An object is never equal to a plain value, nor less or more than one. What an operator makes of an object and a plain
value must be an object again, and is no number and no truth: so no object can pass `abs(f(x) - y) < eps` by knowing y.
It does not guard against an object that says what it holds differently each time it is asked.
"""
import types

from peer import BINARY

_REFLECTED = "add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift divmod".split()
_COMPARED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
_CONVERTED = "len iter next reversed hash format abs round int float index".split()


class Proxy:
    """An object of the candidate."""

    __slots__ = ("__ballast_tests", "__ballast_data", "__ballast_mixed", "__weakref__")

    def __init__(self, tests, data, mixed):
        object.__setattr__(self, "_Proxy__ballast_tests", tests)
        object.__setattr__(self, "_Proxy__ballast_data", data)
        object.__setattr__(self, "_Proxy__ballast_mixed", mixed)

    def __getattr__(self, name):
        return tests_of(self).result("get", self, name)

    def __setattr__(self, name, it):
        tests_of(self).result("set", self, name, it)

    def __delattr__(self, name):
        tests_of(self).result("del", self, name)

    def __eq__(self, other):
        return isinstance(other, Proxy) and tests_of(self).result("op", "eq", self, other) is True

    def __ne__(self, other):
        return not self == other

    def __bool__(self):
        return converted(self, "bool") is True

    def __str__(self):
        return tests_of(self).result("op", "str", self)

    def __repr__(self):
        return tests_of(self).result("op", "repr", self)

    def __contains__(self, it):
        tests = tests_of(self)
        try:
            iterator = tests.result("op", "iter", self)
        except TypeError:
            if not tests.classes:
                raise
            return tests.result("op", "contains", self, it) is True
        return any(it is other or it == other for other in iterator)

    def __getitem__(self, key):
        return tests_of(self).result("op", "getitem", self, key)

    def __setitem__(self, key, it):
        tests_of(self).result("op", "setitem", self, key, it)

    def __delitem__(self, key):
        tests_of(self).result("op", "delitem", self, key)

    def __enter__(self):
        return tests_of(self).result("op", "enter", self)

    def __exit__(self, kind, error, _trace):
        known = isinstance(error, Exception)
        return tests_of(self).result("op", "exit", self, None, str(error) if known else None)

    def __dir__(self):
        return tests_of(self).result("op", "dir", self)


class Function(Proxy):
    """A function of the candidate, or an object that can be called."""

    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return tests_of(self).call(self, args, kwargs)


class Class(Function):
    """A class of the candidate."""

    __slots__ = ()

    def __instancecheck__(self, it):
        return isinstance(it, Proxy) and tests_of(self).result("op", "isinstance", it, self) is True

    def __subclasscheck__(self, it):
        return isinstance(it, Proxy) and tests_of(self).result("op", "issubclass", it, self) is True


class Generator(Proxy):
    """A generator of the candidate."""

    __slots__ = ()

    @property
    def __class__(self):
        return types.GeneratorType


def tests_of(proxy):
    return object.__getattribute__(proxy, "_Proxy__ballast_tests")


def data_of(proxy):
    """The handle, as the candidate's side wrote it."""
    return object.__getattribute__(proxy, "_Proxy__ballast_data")


def mixed(it):
    """Whether an operator made it of an object and a plain value."""
    return isinstance(it, Proxy) and object.__getattribute__(it, "_Proxy__ballast_mixed")


def converted(self, name, *more):
    if mixed(self):
        raise TypeError(f"expected a value, got an object of the solution ({name})")
    return tests_of(self).result("op", name, self, *more)


def combined(name, self, left, right):
    tests = tests_of(self)
    result = tests.result("op", name, left, right)
    other = right if left is self else left
    if isinstance(other, Proxy) and not mixed(self) and not mixed(other):
        return result
    if type(result) is tuple or not isinstance(result, Proxy):
        raise TypeError(f"expected a value, got an object of the solution ({name})")
    return tests.proxy(data_of(result), True)


def _install():
    def binary(name, reflected):
        if reflected:
            return lambda self, other: combined(name, self, other, self)
        return lambda self, other: combined(name, self, self, other)

    for name in [*BINARY, "divmod"]:
        if name in ("eq", "ne", "getitem", "delitem") or name in _COMPARED:
            continue
        bare = name.rstrip("_")
        setattr(Proxy, f"__{bare}__", binary(name, False))
        if name in _REFLECTED:
            setattr(Proxy, f"__r{bare}__", binary(name, True))
    for name in _COMPARED:

        def compared(self, other, name=name):
            if not isinstance(other, Proxy) or mixed(self) or mixed(other):
                return NotImplemented
            return tests_of(self).result("op", name, self, other)

        setattr(Proxy, f"__{name}__", compared)
    for name in _CONVERTED:
        setattr(Proxy, f"__{name}__", lambda self, *more, name=name: converted(self, name, *more))
    for name in ("neg", "pos", "invert"):

        def unary(self, name=name):
            result = tests_of(self).result("op", name, self)
            if mixed(self) and not isinstance(result, Proxy):
                raise TypeError("expected a value, got an object of the solution")
            return tests_of(self).proxy(data_of(result), mixed(self)) if isinstance(result, Proxy) else result

        setattr(Proxy, f"__{name}__", unary)


_install()
