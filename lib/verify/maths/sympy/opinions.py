"""Says of pairs of formulas whether they are the same, one line of JSON a pair; each in a process of its own, which a
counted limit ends. Formulas come as trees and are put together here: nothing is parsed or evaluated as text."""
import json
import os
import resource
import signal
import sys

import sympy
from sympy import S
from sympy.core import random

CPU = 5  # seconds
DEPTH = 80


def power(base, exponent):
    """Odd roots of negative numbers are real, as in the trees' own arithmetic."""
    if exponent.is_Rational and exponent.q > 1 and exponent.q % 2 == 1 and base.is_negative:
        return sympy.real_root(base, exponent.q) ** exponent.p
    return base**exponent


FUNCTIONS = {
    "+": sympy.Add, "*": sympy.Mul, "^": power, "-": lambda a, b: a - b, "/": lambda a, b: a / b,
    "negate": lambda a: -a, "sqrt": sympy.sqrt, "exp": sympy.exp, "ln": sympy.log, "abs": sympy.Abs,
    "floor": sympy.floor, "ceil": sympy.ceiling, "factorial": sympy.factorial, "binomial": sympy.binomial,
    "max": sympy.Max, "min": sympy.Min, "gcd": sympy.gcd, "lcm": sympy.lcm, "mod": sympy.Mod,
    "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan, "cot": sympy.cot, "sec": sympy.sec, "csc": sympy.csc,
    "arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan, "sinh": sympy.sinh, "cosh": sympy.cosh,
    "tanh": sympy.tanh, "Re": sympy.re, "Im": sympy.im, "conjugate": sympy.conjugate,
}
CONSTANTS = {"pi": S.Pi, "e": S.Exp1, "i": S.ImaginaryUnit, "infinity": S.Infinity}


class Unknown(Exception):
    """What no formula of SymPy stands for."""


def root(value, degree):
    return sympy.real_root(value, degree) if degree.is_integer and degree.is_odd else value ** (1 / degree)


def build(tree, counted, depth=0):
    """`counted`: names that sums run over or to, which are whole numbers."""
    if depth > DEPTH:
        raise Unknown("too deep")
    below = lambda part: build(part, counted, depth + 1)
    kind, head, *rest = tree
    if kind == "number":
        return sympy.Rational(int(head), int(rest[0]))
    if kind == "constant":
        return CONSTANTS[head]
    if kind == "name":
        return symbol(head, counted)
    if kind == "bound":
        variable, body, start, end = rest
        inner = counted | {variable} if head in ("sum", "product") else counted
        name = symbol(variable, inner)
        body, start, end = build(body, inner, depth + 1), below(start), below(end)
        if head == "integral":
            return sympy.Integral(body, (name, start, end))
        if head == "limit":
            return sympy.Limit(body, name, start, dir="+-" if start.is_finite else "-")
        return (sympy.Sum if head == "sum" else sympy.Product)(body, (name, start, end))
    if head == "root":
        return root(*map(below, rest))
    if head not in FUNCTIONS:  # "log" names no base
        raise Unknown(head)
    return FUNCTIONS[head](*map(below, rest))


def symbol(name, counted):
    return sympy.Symbol(name, integer=True, positive=True) if name in counted else sympy.Symbol(name, real=True)


def ends(tree, found):
    """Names in the ends of sums and products: these count too."""
    if isinstance(tree, str):
        return
    if tree[0] == "bound" and tree[1] in ("sum", "product"):
        for end in tree[4:6]:
            names(end, found)
    for part in tree[1:]:
        ends(part, found)


def names(tree, found):
    if isinstance(tree, str):
        return
    if tree[0] == "name":
        found.add(tree[1])
    for part in tree[1:]:
        names(part, found)


def opinion(pair):
    counted = set()
    for tree in pair:
        ends(tree, counted)
    a, b = (build(tree, frozenset(counted)).doit() for tree in pair)
    if a == b:
        return "undecided" if a.has(S.NaN, S.ComplexInfinity) else "equal"
    if a in (S.Infinity, S.NegativeInfinity) or b in (S.Infinity, S.NegativeInfinity):
        return "different" if a.is_infinite is not None and b.is_infinite is not None else "undecided"
    apart = sympy.simplify(a - b)
    if apart.has(S.NaN, S.ComplexInfinity, sympy.AccumBounds):
        return "undecided"
    if apart == 0:
        return "equal"
    said = apart.equals(0)
    if said is None:
        return "undecided"
    return "equal" if said else "different"


def answer(line, out):
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU + 1))
    sys.setrecursionlimit(3000)
    random.seed(1)  # `equals` tries points
    try:
        word = opinion(json.loads(line))
    except Exception:
        word = "undecided"
    os.write(out, word.encode())


def main():
    source = os.fdopen(4, "r")
    os.write(3, (json.dumps(sympy.__version__) + "\n").encode())
    for line in source:
        out, into = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(out)
            answer(line, into)
            os._exit(0)
        os.close(into)
        word = os.read(out, 64).decode()
        os.close(out)
        os.waitpid(child, 0)
        os.write(3, (json.dumps(word or "undecided") + "\n").encode())


main()
