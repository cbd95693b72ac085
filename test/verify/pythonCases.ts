/** A task whose function doubles a number, with the tests that its solution must not fool. */
export function doubling(solution: string, tests = plainTests, form = ""): string {
  return `Doubles a number.\n\n@solution python\n${solution}\n\n@test python${form}\n${tests}`;
}

const plainTests = "assert double(2) == 4\nassert abs(double(0.5) - 1) < 1e-6\nassert double(0) == 0";

/** Indented lines of a function `double`. */
const body = (...lines: string[]) => ["def double(n):", ...lines.map((line) => `    ${line}`)].join("\n");

const odd = (...methods: string[]) =>
  ["class Odd:", ...methods.map((method) => `    ${method}`), "def double(n):", "    return Odd()"].join("\n");

/** Solutions that are wrong and try to pass, with the reasons that may be given. */
export const hostile: readonly (readonly [name: string, solution: string, reasons: readonly string[]])[] = [
  ["prints PASS", body("print('PASS')"), ["failed-test"]],
  ["leaves with exit 0", body("import sys", "sys.exit(0)"), ["error"]],
  ["ends its process", body("import os", "os._exit(0)"), ["error"]],
  ["ends while it is loaded", "import os\nos._exit(0)", ["error"]],
  ["equals everything", odd("__eq__ = lambda s, o: True", "__ne__ = lambda s, o: False"), ["failed-test"]],
  [
    "computes what was asked",
    odd(
      "__eq__ = lambda s, o: True",
      "__sub__ = lambda s, o: 0",
      "__abs__ = lambda s: 0",
      "__lt__ = lambda s, o: True"
    ),
    ["failed-test"]
  ],
  [
    "gives an odd int",
    "class Int(int):\n    def __eq__(self, other):\n        return True\n    __hash__ = int.__hash__\ndef double(n):\n    return Int(7)",
    ["failed-test"]
  ],
  [
    "redefines builtins",
    "import builtins\nbuiltins.abs = lambda x: 0\nabs = lambda x: 0\ndef double(n):\n    return 4",
    ["failed-test"]
  ],
  ["breaks json", body("import json", "json.dumps = lambda *a, **k: '4'", "return 5"), ["failed-test", "error"]],
  [
    "looks through frames",
    body(
      "import sys",
      "f = sys._getframe()",
      "while f:",
      "    f.f_globals.update(double=4, tests=None, assert_=1)",
      "    f = f.f_back",
      "return 5"
    ),
    ["failed-test", "error"]
  ],
  [
    "searches memory for its tests",
    body(
      "import gc",
      "held = [o for o in gc.get_objects() if isinstance(o, dict) and 'assert double' in repr(o.get('tests', ''))]",
      "return 4 if held else 5"
    ),
    ["failed-test", "error"]
  ],
  [
    "writes to every descriptor",
    body(
      "import os",
      "for fd in range(256):",
      "    try:",
      `        os.write(fd, b'{"state":"pass","detail":"","first":null,"calls":1,"checks":1}\\n')`,
      "    except OSError:",
      "        pass",
      "return 5"
    ),
    ["failed-test", "error"]
  ],
  ["kills whom it can", body("import os", "os.kill(-1, 9)", "return 5"), ["error", "failed-test", "denied"]],
  [
    "rewrites files",
    body(
      "import os",
      "for at, _, names in os.walk('/tmp'):",
      "    for name in names:",
      "        open(os.path.join(at, name), 'w').close()",
      "return 5"
    ),
    ["failed-test"]
  ],
  [
    "poisons modules",
    "import sys\nfor name in list(sys.modules):\n    if name not in ('sys', 'builtins'):\n        sys.modules[name] = None\ndef double(n):\n    return 5",
    ["failed-test", "error"]
  ],
  [
    "waits for the end",
    "import atexit, os\natexit.register(os._exit, 0)\ndef double(n):\n    return 5",
    ["failed-test"]
  ],
  [
    "answers from a thread",
    "import threading\ndef double(n):\n    try:\n        threading.Thread(target=print, daemon=True).start()\n    except RuntimeError:\n        pass\n    return 5",
    ["failed-test"]
  ],
  [
    "answers to signals",
    "import signal\ntry:\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\nexcept Exception:\n    pass\ndef double(n):\n    return 5",
    ["failed-test"]
  ],
  ["stops a loop early", body("raise StopIteration"), ["error"]],
  ["asks to be skipped", body("import unittest", "raise unittest.SkipTest('no')"), ["error"]],
  ["answers too much", body("return 'x' * 5_000_000"), ["output-limit", "error"]],
  [
    "answers too deeply",
    body("it = []", "for _ in range(1000):", "    it = [it]", "return it"),
    ["output-limit", "error"]
  ],
  [
    "dies in its objects",
    "class Odd:\n    def __del__(self):\n        raise SystemExit(0)\ndef double(n):\n    Odd()\n    return 5",
    ["failed-test"]
  ],
  [
    "floods its pipe",
    body(
      "import os",
      "while True:",
      "    for fd in range(3, 64):",
      "        try:",
      "            os.write(fd, b'x' * 65536)",
      "        except OSError:",
      "            pass"
    ),
    ["error", "timeout"]
  ],
  [
    "replies before it is asked",
    body(
      "import os",
      "for fd in range(3, 64):",
      "    try:",
      '        os.write(fd, b\'["l","ok",4,["l",null]]\\n\' * 99)',
      "    except OSError:",
      "        pass",
      "return 4"
    ),
    ["failed-test", "error"]
  ],
  ...[
    ["nests its reply", "b'[' * 900_000"],
    ["replies with a huge number", 'b\'["l","ok",["i","0x\' + b\'f\' * 3_000_000 + b\'"],["l"]]\''],
    ["replies with endless digits", "b'[\"l\",\"ok\",' + b'9' * 3_000_000 + b',[\"l\"]]'"],
    ["replies with a handle that is none", 'b\'["l","ok",["h",0,"class",[],{}],["l"]]\''],
    ["replies with what tests alone may say", 'b\'["l","ok",["ref","os","_exit"],["l"]]\'']
  ].map(([name, bytes]): [string, string, string[]] => [
    name,
    body(
      "import os",
      "for fd in range(3, 64):",
      "    try:",
      `        os.write(fd, ${bytes} + b'\\n')`,
      "    except OSError:",
      "        pass",
      "os._exit(0)"
    ),
    ["error", "failed-test", "timeout"]
  ]),
  [
    "leaves a fork that holds its pipe",
    body("import os, time", "if os.fork() == 0:", "    time.sleep(60)", "os._exit(0)"),
    ["error"]
  ],
  ["closes its pipe", body("import os", "os.closerange(0, 256)", "return 4"), ["error"]],
  [
    "forks until it cannot",
    body(
      "import os",
      "try:",
      "    while True:",
      "        if os.fork() == 0:",
      "            while True:",
      "                os.fork()",
      "except OSError:",
      "    return 5"
    ),
    ["failed-test", "error", "timeout"]
  ],
  [
    "leaves locked folders behind",
    body(
      "import os",
      "if os.listdir('/tmp'):",
      "    return 2 * n",
      "os.makedirs('/tmp/a/b', exist_ok=True)",
      "os.chmod('/tmp/a/b', 0)",
      "os.chmod('/tmp/a', 0)",
      "os._exit(0)"
    ),
    ["error"]
  ],
  [
    "runs a program that is no file",
    body(
      "import os",
      "fd = os.memfd_create('x')",
      "os.write(fd, b'#!/bin/true')",
      "os.execv('/dev/fd/%d' % fd, ['x'])"
    ),
    ["denied", "error"]
  ],
  ["opens the terminal", body("return open('/dev/tty').read()"), ["error", "denied"]],
  ["never ends", body("while True:", "    pass"), ["timeout"]],
  ["goes too deep", body("return double(n) + 1"), ["stack-overflow"]],
  ["eats memory", body("it = []", "while True:", "    it.append(bytearray(10_000_000))"), ["out-of-memory"]]
];

/** Classic bugs: a right solution, what to replace in it, and tests that a careful person writes. */
export const bugs: readonly (readonly [right: string, from: string, to: string, tests: string])[] = [
  [
    "def gcd(a, b):\n    while b:\n        a, b = b, a % b\n    return a",
    "a, b = b, a % b",
    "a, b = a % b, b",
    "assert gcd(12, 18) == 6"
  ],
  [
    "def find(a, x):\n    lo, hi = 0, len(a)\n    while lo < hi:\n        m = (lo + hi) // 2\n        if a[m] < x:\n            lo = m + 1\n        else:\n            hi = m\n    return lo if lo < len(a) and a[lo] == x else -1",
    "lo = m + 1",
    "lo = m",
    "assert find([1, 3, 5], 5) == 2\nassert find([], 1) == -1"
  ],
  [
    "def bits(n):\n    c = 0\n    while n:\n        n &= n - 1\n        c += 1\n    return c",
    "n &= n - 1",
    "n ^= n - 1",
    "assert bits(127) == 7\nassert bits(0) == 0"
  ],
  [
    "def flat(x):\n    if isinstance(x, list):\n        return [z for y in x for z in flat(y)]\n    return [x]",
    "return [x]",
    "return x",
    "assert flat([[1, [2]], 3]) == [1, 2, 3]"
  ],
  ["def fact(n):\n    return 1 if n == 0 else n * fact(n - 1)", "n == 0", "n == 1", "assert fact(0) == 1"],
  [
    "def top(a):\n    best = here = a[0]\n    for x in a[1:]:\n        here = max(x, here + x)\n        best = max(best, here)\n    return best",
    "max(x, here + x)",
    "max(0, here + x)",
    "assert top([-3, -1]) == -1"
  ],
  [
    "def merge(a, b):\n    out = []\n    while a and b:\n        out.append(a.pop(0) if a[0] <= b[0] else b.pop(0))\n    return out + a + b",
    "out + a + b",
    "out + a",
    "assert merge([1], [2]) == [1, 2]"
  ],
  [
    "def leap(y):\n    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)",
    "y % 400 == 0",
    "y % 400 != 0",
    "assert leap(2000)\nassert not leap(1900)"
  ],
  [
    "def add(x, to=None):\n    to = [] if to is None else to\n    to.append(x)\n    return to",
    "to=None):\n    to = [] if to is None else to",
    "to=[]):",
    "assert add(1) == [1]\nassert add(2) == [2]"
  ],
  ["def pal(s):\n    return s == s[::-1]", "s[::-1]", "s[:-1:]", "assert pal('aba')\nassert not pal('ab')"],
  [
    "def primes(n):\n    return [p for p in range(2, n + 1) if all(p % q for q in range(2, int(p ** 0.5) + 1))]",
    "int(p ** 0.5) + 1",
    "int(p ** 0.5)",
    "assert primes(10) == [2, 3, 5, 7]"
  ],
  [
    "def mid(a):\n    a = sorted(a)\n    n = len(a)\n    return a[n // 2] if n % 2 else (a[n // 2 - 1] + a[n // 2]) / 2",
    "a[n // 2 - 1] + a[n // 2]",
    "a[n // 2] + a[n // 2]",
    "assert mid([1, 2, 3, 4]) == 2.5"
  ],
  [
    "def pairs(a):\n    return [(x, y) for i, x in enumerate(a) for y in a[i + 1:]]",
    "a[i + 1:]",
    "a[i:]",
    "assert pairs([1, 2]) == [(1, 2)]"
  ],
  [
    "def drop(d):\n    for k in list(d):\n        if d[k] is None:\n            del d[k]",
    "list(d)",
    "d",
    "d = {'a': None, 'b': 1}\ndrop(d)\nassert d == {'b': 1}"
  ],
  [
    "def roman(n):\n    out = ''\n    for v, s in [(10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')]:\n        while n >= v:\n            out += s\n            n -= v\n    return out",
    "n >= v",
    "n > v",
    "assert roman(14) == 'XIV'"
  ],
  [
    "def fns():\n    return [lambda x, i=i: x + i for i in range(3)]",
    "x, i=i",
    "x",
    "assert [f(1) for f in fns()] == [1, 2, 3]"
  ],
  [
    "def last(a, k):\n    return a[len(a) - k:]",
    "len(a) - k",
    "-k",
    "assert last([1, 2], 1) == [2]\nassert last([1, 2], 0) == []"
  ],
  [
    "def chunks(a, n):\n    return [a[i:i + n] for i in range(0, len(a), n)]",
    "len(a), n)",
    "len(a) - 1, n)",
    "assert chunks([1, 2, 3], 2) == [[1, 2], [3]]"
  ],
  [
    "def power(b, e):\n    if e == 0:\n        return 1\n    return b * power(b, e - 1)",
    "    if e == 0:\n        return 1\n",
    "",
    "assert power(2, 3) == 8"
  ],
  ["def ratio(a, b):\n    return a / b", "a / b", "b / a", "assert ratio(1, 4) == 0.25"],
  [
    "def between(x, lo, hi):\n    return lo <= x <= hi",
    "x <= hi",
    "x < hi",
    "assert between(3, 1, 3)\nassert not between(4, 1, 3)"
  ],
  [
    "def total(rows):\n    total = 0\n    for total_of_row in rows:\n        total += sum(total_of_row)\n    return total",
    "for total_of_row in rows:\n        total += sum(total_of_row)",
    "for total in rows:\n        total = sum(total)",
    "assert total([[1], [2, 3]]) == 6"
  ],
  [
    "def same(a, b):\n    return abs(a - b) < 1e-9",
    "abs(a - b) < 1e-9",
    "a == b",
    "assert same(0.1 + 0.2, 0.3)\nassert not same(1, 2)"
  ],
  [
    "def oldest(people):\n    return sorted(people, key=lambda p: (-p[1], p[0]))",
    "(-p[1], p[0])",
    "-p[1]",
    "assert oldest([('b', 3), ('a', 3), ('c', 9)]) == [('c', 9), ('a', 3), ('b', 3)]"
  ],
  [
    "def has(a, x):\n    for y in a:\n        if y == x:\n            return True\n    return False",
    "            return True\n    return False",
    "            return True\n        return False",
    "assert has([1, 2], 2)\nassert not has([1], 3)"
  ],
  [
    "def evens(a):\n    out = []\n    for x in a:\n        if x % 2:\n            continue\n        out.append(x)\n    return out",
    "continue",
    "break",
    "assert evens([2, 3, 4]) == [2, 4]"
  ],
  [
    "def clean(a):\n    return [x for x in a if x is not None]",
    "x is not None",
    "x",
    "assert clean([0, None, 1]) == [0, 1]"
  ],
  [
    "def drop_all(a, x):\n    for y in a[:]:\n        if y == x:\n            a.remove(y)\n    return a",
    "a[:]",
    "a",
    "assert drop_all([1, 1, 2], 1) == [2]"
  ],
  [
    "def marked(n):\n    g = [[0] * n for _ in range(n)]\n    g[0][0] = 1\n    return g",
    "[[0] * n for _ in range(n)]",
    "[[0] * n] * n",
    "assert marked(2) == [[1, 0], [0, 0]]"
  ],
  [
    "def lower(a, b):\n    return a if a < b else b",
    "a < b",
    "a > b",
    "assert lower(1, 2) == 1\nassert lower(5, 3) == 3"
  ],
  [
    "def half(n):\n    return n // 2",
    "n // 2",
    "int(n / 2)",
    "assert half(-3) == -2\nassert half(10 ** 17 + 1) == 5 * 10 ** 16"
  ],
  [
    "def turned(m):\n    return [list(r) for r in zip(*m[::-1])]",
    "m[::-1]",
    "m",
    "assert turned([[1, 2], [3, 4]]) == [[3, 1], [4, 2]]"
  ],
  ["def words(s):\n    return s.split()", "s.split()", "s.split(' ')", "assert words('a  b') == ['a', 'b']"],
  [
    "def bare(s):\n    return s.removeprefix('www.')",
    "s.removeprefix('www.')",
    "s.lstrip('www.')",
    "assert bare('www.web.org') == 'web.org'"
  ],
  [
    "def counted(s):\n    out = {}\n    for c in s:\n        out[c] = out.get(c, 0) + 1\n    return out",
    "out.get(c, 0) + 1",
    "out.get(c, 1)",
    "assert counted('aab') == {'a': 2, 'b': 1}"
  ],
  [
    "def mean(a):\n    return sum(a) / len(a) if a else 0.0",
    " if a else 0.0",
    "",
    "assert mean([1, 2]) == 1.5\nassert mean([]) == 0.0"
  ],
  [
    "def changes(n):\n    ways = [1] + [0] * n\n    for coin in (1, 2, 5):\n        for k in range(coin, n + 1):\n            ways[k] += ways[k - coin]\n    return ways[n]",
    "range(coin, n + 1)",
    "range(coin, n)",
    "assert changes(5) == 4"
  ],
  [
    "def triangle(a, b, c):\n    a, b, c = sorted((a, b, c))\n    return a + b > c",
    "    a, b, c = sorted((a, b, c))\n",
    "",
    "assert not triangle(9, 1, 2)\nassert triangle(3, 4, 5)"
  ],
  [
    "def joined(a, b):\n    return {**a, **b}",
    "{**a, **b}",
    "{**b, **a}",
    "assert joined({'k': 1}, {'k': 2}) == {'k': 2}"
  ],
  [
    "def allowed(age, member):\n    return age >= 18 and not member",
    "and not",
    "or not",
    "assert not allowed(17, False)\nassert allowed(18, False)"
  ],
  [
    "def steps(n):\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a",
    "a, b = b, a + b",
    "a = b\n        b = a + b",
    "assert [steps(n) for n in range(6)] == [0, 1, 1, 2, 3, 5]"
  ]
];
