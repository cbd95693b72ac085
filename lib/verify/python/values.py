"""Plain Python values as JSON text and back: what crosses the wall between a candidate and its tests.

Exact types only: an instance of a subclass of int is an object, not an int, so no odd __eq__ crosses. What is not
plain crosses as a handle that the other side can only ask about. Lists are tagged, as no JSON list means itself:
["l", items…], ["t", …] tuple, ["s", …] set, ["z", …] frozenset, ["d", key, value, …], ["i", hex], ["f", repr],
["h", …] an object of the side that wrote it, ["o", id] an object of the side that reads it.

It does not keep two names for one list apart from two equal lists: sharing inside a value is lost.
"""
import array
import collections
import datetime
import json
import sys

MOST_VALUES = 400_000
MOST_DEPTH = 120
MOST_TEXT = 4_000_000
MOST_BITS = 4_000_000
MOST_LINE = 16_000_000

_TYPES = {
    t.__name__: t
    for t in (int, str, float, bool, list, dict, set, tuple, bytes, complex, frozenset, object, range, type, bytearray)
}
_TYPES["NoneType"] = type(None)
# Held here, so that a candidate that changes its own modules later changes nothing in how values are written.
_CONTAINERS = {list: "l", tuple: "t", set: "s", frozenset: "z"}
_DICTS = {dict: "d", collections.OrderedDict: "od", collections.Counter: "n"}
_DATES = {
    datetime.date: ("date", ("year", "month", "day")),
    datetime.time: ("time", ("hour", "minute", "second", "microsecond")),
    datetime.datetime: ("datetime", ("year", "month", "day", "hour", "minute", "second", "microsecond")),
    datetime.timedelta: ("timedelta", ("days", "seconds", "microseconds")),
}
_dumps, _loads = json.dumps, json.loads
_defaultdict, _deque, _array = collections.defaultdict, collections.deque, array.array
_utc = datetime.timezone.utc
MUTABLE = (list, dict, set, bytearray, collections.deque, collections.OrderedDict, collections.Counter, collections.defaultdict)


class TooLarge(ValueError):
    """A value that is too large, too deep or of a shape that does not cross."""


class Malformed(ValueError):
    """A line that no honest side writes."""


def rare(module, name):
    """A class of a module that takes long to import, where somebody has imported it."""
    return getattr(sys.modules.get(module), name, TooLarge)


def write(value, export):
    """JSON text of a value; export(value) gives the JSON of what is not plain."""
    return _dumps(plain(value, export), separators=(",", ":"))


def plain(value, export):
    """A value as JSON data. Raises TooLarge."""
    left = MOST_VALUES

    def walk(v, depth):
        nonlocal left
        left -= 1
        if left < 0 or depth > MOST_DEPTH:
            raise TooLarge("a value too large or too deep")
        t = type(v)
        if v is None or t is bool:
            return v
        if t is str:
            if len(v) > MOST_TEXT:
                raise TooLarge("a string too long")
            return v
        if t is int:
            if -9007199254740992 < v < 9007199254740992:
                return v
            if v.bit_length() > MOST_BITS:
                raise TooLarge("a number too large")
            return ["i", hex(v)]
        if t is float:
            return v if v - v == 0 else ["f", repr(v)]
        if t in _CONTAINERS:
            return [_CONTAINERS[t], *[walk(x, depth + 1) for x in v]]
        if t in _DICTS:
            return [_DICTS[t], *pairs(v, depth)]
        if t is complex:
            return ["c", repr(v.real), repr(v.imag)]
        if t is bytes or t is bytearray:
            if len(v) > MOST_TEXT:
                raise TooLarge("bytes too many")
            return ["b" if t is bytes else "ba", v.hex()]
        if t is range:
            return ["r", walk(v.start, depth), walk(v.stop, depth), walk(v.step, depth)]
        if t is _deque:
            return ["q", v.maxlen, *[walk(x, depth + 1) for x in v]]
        if t is _defaultdict:
            factory = v.default_factory
            name = factory.__name__ if type(factory) is type and _TYPES.get(factory.__name__) is factory else None
            return ["dd", name, *pairs(v, depth)]
        if t is rare("decimal", "Decimal"):
            return ["D", str(v)]
        if t is rare("fractions", "Fraction"):
            return ["F", walk(v.numerator, depth), walk(v.denominator, depth)]
        if t in _DATES:
            name, fields = _DATES[t]
            zone = getattr(v, "tzinfo", None)
            if zone is None or zone is _utc:
                return [name, zone is _utc, *[getattr(v, f) for f in fields]]
        if t is _array:
            return ["a", v.typecode, *[walk(x, depth + 1) for x in v.tolist()]]
        if t is type and _TYPES.get(v.__name__) is v:
            return ["type", v.__name__]
        if v is NotImplemented:
            return ["NotImplemented"]
        if v is Ellipsis:
            return ["Ellipsis"]
        if t is type({}.keys()):
            return ["k", *[walk(x, depth + 1) for x in v]]
        fields = t.__dict__.get("_fields") if type(t) is type and t.__bases__ == (tuple,) else None
        if type(fields) is tuple and len(fields) == tuple.__len__(v) <= 100:
            return ["nt", t.__name__, [str(f) for f in fields], *[walk(x, depth + 1) for x in tuple.__iter__(v)]]
        return export(v)

    def pairs(v, depth):
        out = []
        for key, item in dict.items(v):
            out.append(walk(key, depth + 1))
            out.append(walk(item, depth + 1))
        return out

    return walk(value, 0)


def read(text):
    """JSON data of a line; raises Malformed."""
    if len(text) > MOST_LINE:
        raise Malformed("a line too long")
    try:
        return _loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("no JSON") from error


def value(data, adopt):
    """The value of JSON data; adopt(data) gives what stands for a handle. Raises Malformed."""

    def items(from_, d, depth):
        return [walk(x, depth + 1) for x in d[from_:]]

    def pairs(from_, d, depth):
        flat = items(from_, d, depth)
        return list(zip(flat[::2], flat[1::2], strict=True))

    def walk(d, depth):
        if depth > MOST_DEPTH + 2:
            raise Malformed("too deep")
        if d is None or type(d) in (bool, int, float, str):
            return d
        if type(d) is not list or not d or type(d[0]) is not str:
            raise Malformed("an unknown value")
        tag = d[0]
        if tag == "l":
            return items(1, d, depth)
        if tag == "t":
            return tuple(items(1, d, depth))
        if tag == "d":
            return dict(pairs(1, d, depth))
        if tag == "i":
            return int(d[1], 16)
        if tag == "f":
            return float(d[1])
        if tag == "s":
            return set(items(1, d, depth))
        if tag == "z":
            return frozenset(items(1, d, depth))
        if tag == "c":
            return complex(float(d[1]), float(d[2]))
        if tag == "b":
            return bytes.fromhex(d[1])
        if tag == "ba":
            return bytearray.fromhex(d[1])
        if tag == "r":
            return range(*items(1, d, depth))
        if tag == "q":
            return _deque(items(2, d, depth), d[1])
        if tag == "od":
            return collections.OrderedDict(pairs(1, d, depth))
        if tag == "n":
            return collections.Counter(dict(pairs(1, d, depth)))
        if tag == "dd":
            return _defaultdict(None if d[1] is None else _TYPES[d[1]], pairs(2, d, depth))
        if tag == "D":
            import decimal

            return decimal.Decimal(d[1])
        if tag == "F":
            import fractions

            return fractions.Fraction(walk(d[1], depth), walk(d[2], depth))
        if tag == "a":
            return _array(d[1], items(2, d, depth))
        if tag == "type":
            return _TYPES[d[1]]
        if tag == "NotImplemented":
            return NotImplemented
        if tag == "Ellipsis":
            return Ellipsis
        if tag == "k":
            return dict.fromkeys(items(1, d, depth)).keys()
        if tag == "nt":
            return collections.namedtuple(d[1], d[2])(*items(3, d, depth))
        if tag in ("date", "time", "datetime", "timedelta"):
            made = getattr(datetime, tag)(*d[2:])
            return made.replace(tzinfo=_utc) if d[1] else made
        return adopt(d)

    try:
        return walk(data, 0)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
        raise error if isinstance(error, Malformed) else Malformed("an unknown value") from error


def sync(old, new, depth=0):
    """Makes an old list, dict, set … hold what a new one holds, in place and item by item where shapes agree."""
    if type(old) is not type(new) or type(old) not in MUTABLE or depth > MOST_DEPTH:
        if type(old) is tuple and type(new) is tuple:
            for a, b in zip(old, new):
                sync(a, b, depth + 1)
        return
    if type(old) in (list, bytearray):
        old[:] = [kept(a, b, depth) for a, b in zip(old, new)] + list(new[len(old):])
    elif type(old) is collections.deque:
        items = [kept(a, b, depth) for a, b in zip(old, new)] + list(new)[len(old):]
        old.clear()
        old.extend(items)
    elif type(old) is set:
        old.clear()
        old.update(new)
    else:
        items = {key: kept(old[key], item, depth) if key in old else item for key, item in new.items()}
        old.clear()
        old.update(items)


def kept(old, new, depth):
    if type(old) is type(new) and type(old) in (*MUTABLE, tuple):
        sync(old, new, depth + 1)
        return old if type(old) is not tuple else new
    return new
