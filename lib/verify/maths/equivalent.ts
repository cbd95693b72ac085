import type {BigNumber} from "mathjs";
import {rational, type Rational} from "../../text/rational.js";
import {sameAntiderivative} from "./antiderivative.js";
import type {Answer, ListAnswer, RelationAnswer, ValueAnswer} from "./answer.js";
import {exactValue} from "./exact.js";
import {call, namesOf, substitute, type Expression} from "./expression.js";
import {isConstant} from "./readAnswer.js";
import type {Reals} from "./reals.js";
import {numericValue} from "./numeric.js";
import {regionOf, sameRegion, variableOf} from "./region.js";
import {sameValue, type Sameness} from "./sameValue.js";
import {doubles} from "./reals.js";
import {treeOf} from "./tree.js";
import {readUnit} from "./units.js";

/** What came of a comparison. */
interface Comparison {
  word: Sameness;
  /** whether a unit that one side alone has was passed over */
  unitAlone: boolean;
  /** pairs of formulas that nothing here can tell apart or together, each as the JSON of two trees (see `treeOf`) */
  asked: ReadonlySet<string>;
}

/**
 * Whether a candidate's answer is the reference's.
 *
 * Answers are read by our own bounded parser and not by a computer algebra system's: those take a product of letters, a
 * mixed number or an interval for something else, simplify while they read (which 9^9^9 turns into an attack), evaluate
 * text as code, or fail on the half of answers that are no formulas.
 *
 * - A name before "=" is passed over where one side alone has it, "(x, y) =" and "x ∈" before a set too; two different
 *   variables differ. "…, k ∈ ℤ" is passed over, and another letter or another first value of a series differs.
 * - Lists without brackets and sets have no order, tuples have; a list is a multiset, a set is not. A list may stand for
 *   a set, or for a tuple of the same order; x_1 = 1, x_2 = 2 is a list of roots. [1, 2, 3] is (1, 2, 3), [1, 2] an interval. A column or row of a matrix may be written as a tuple, a matrix not as its
 *   transpose. ± stands for both values.
 * - Intervals, inequalities of one variable and their unions are compared as parts of the real line; open is not closed.
 * - Equations and inequalities that are not solved are the same where their differences are in a constant ratio.
 * - Units are converted where both sides have one, and must measure the same; a unit that one side alone has is passed
 *   over. "%" and "°" are numbers too: 50 % is 1/2 and 50, 30° is π/6 and 30; without a sign 50 is not 1/2.
 * - An exact reference demands exactness: 0.33 is not 1/3, 3.14 is not π. Where the reference is one written decimal, a
 *   value that no decimal can write (1/3, π) must round to its digits, of which there must be two that count; a decimal
 *   with more places must round to it, where there are three.
 * - Antiderivatives, where both sides have "+ C", are the same up to a constant, and ln x stands for ln |x| there; elsewhere
 *   ln x² is not 2 ln x. A side that lacks "+ C" where the other has it differs. One arbitrary constant may be c or C.
 * - A logarithm that names no base may be natural or of base 10, whichever makes the answers the same.
 * - A multiple choice is its letter in either case, several are a set: ABD is A, B, D.
 * - Ratios are compared up to a factor; numbers in a named base by digits and base, either of which may lack the base.
 *
 * @param opinions what another program says of pairs that an earlier comparison asked about
 */
export function equivalent(
  candidate: Answer,
  reference: Answer,
  decimals: Reals<BigNumber>,
  opinions: ReadonlyMap<string, Sameness> = new Map()
): Comparison {
  const asked = new Set<string>();
  let unitAlone = false;

  function same(x: Expression, y: Expression): Sameness {
    const word = sameValue(x, y, decimals);
    if (word !== "undecided") return word;
    const question = JSON.stringify([treeOf(x), treeOf(y)]);
    asked.add(question);
    return opinions.get(question) ?? word;
  }

  function compare(c: Answer, r: Answer): Sameness {
    const [nc, nr] = [named(c), named(r)];
    if (nc !== null || nr !== null) {
      const equation = c.kind === "relation" && r.kind === "relation" && c.sides.length === 2 && r.sides.length === 2;
      const [left, right] = [nc?.name ?? null, nr?.name ?? null];
      if (nc !== null && nr !== null && left !== null && right !== null && left !== right)
        return equation ? equations(c, r) : "different";
      // One of them is solved: y = 2x + 1 and 2x - y + 1 = 0.
      if ((nc === null) !== (nr === null) && equation) return equations(c, r);
      return compare(nc?.value ?? c, nr?.value ?? r);
    }
    const [manyC, manyR] = [lettersOf(c), lettersOf(r)];
    if (manyC !== null && manyR !== null && (manyC.length > 1 || manyR.length > 1))
      return manyC === manyR ? "equal" : "different";
    if (c.kind === "choice" || r.kind === "choice") {
      const [a, b] = [letterOf(c), letterOf(r)];
      if (a !== null && b !== null) return a === b ? "equal" : "different";
      const [x, y] = [c, r].map((side) => (side.kind === "choice" ? side.rest : side));
      return x === null || y === null ? "different" : compare(x, y);
    }
    if (c.kind === "unreadable" || r.kind === "unreadable") return "undecided";
    if (c.kind === "text" || r.kind === "text") return sameText(wordsOf(c), wordsOf(r)) ? "equal" : "different";
    if (c.kind === "list" || r.kind === "list") {
      const lists = listed(c, r);
      if (lists !== null) return lists;
    }
    if (c.kind === "relation" && r.kind === "relation") {
      const [a, b] = [variableOf(c), variableOf(r)];
      if (a !== null && b !== null && a !== b) return "different";
      if (regionOf(c) === null || regionOf(r) === null) return equations(c, r);
    }
    if (c.kind === "set" && r.kind === "set") return sets(c.items, r.items);
    if (c.kind === "sequence" && r.kind === "sequence" && c.items.length === r.items.length) {
      if (c.items.length < 3 && (c.open !== r.open || c.close !== r.close)) return "different";
      return inOrder(c.items, r.items);
    }
    if (c.kind !== "value" || r.kind !== "value") {
      const [a, b] = [regionOf(c), regionOf(r)];
      if (a !== null && b !== null) return sameRegion(a, b, same);
    }
    if (c.kind === "matrix" || r.kind === "matrix") return matrices(c, r);
    if (c.kind === "ratio" || r.kind === "ratio") return ratios(c, r);
    if (c.kind === "based" || r.kind === "based") return based(c, r);
    if (c.kind === "time" || r.kind === "time") return times(c, r);
    if (c.kind === "value" && r.kind === "value") return values(c, r);
    // A set of one is its element.
    if (c.kind === "set" && c.items.length === 1 && r.kind === "value") return compare(c.items[0], r);
    if (r.kind === "set" && r.items.length === 1 && c.kind === "value") return compare(c, r.items[0]);
    return "different";
  }

  function listed(c: Answer, r: Answer): Sameness | null {
    const [a, b] = [assignments(c), assignments(r)];
    if (a !== null && b !== null) {
      if (a.size !== b.size || [...a.keys()].some((name) => !b.has(name))) return "different";
      return inOrder(
        [...a.values()],
        [...a.keys()].map((name) => b.get(name)!)
      );
    }
    if (a !== null || b !== null) {
      const [given, other] = a !== null ? [a, r] : [b!, c];
      if (other.kind === "sequence" || other.kind === "list") {
        const items = [...given.values()];
        const roots = new Set([...given.keys()].map((name) => /^(.*)_\d$/.exec(name)?.[1] ?? ""));
        if (other.kind === "list" && roots.size === 1 && !roots.has("") && items.length === other.items.length)
          return a !== null ? matched(items, other.items) : matched(other.items, items);
        return a !== null ? inOrder(items, other.items) : inOrder(other.items, items);
      }
    }
    const [x, y] = [c, r].map((side) => (side.kind === "list" ? withoutNames(side) : side));
    const [left, right] = [regionOf(x), regionOf(y)];
    if (left !== null && right !== null) return sameRegion(left, right, same);
    const [xs, ys] = [itemsOf(x), itemsOf(y)];
    if (xs === null || ys === null) return null;
    if (x.kind === "sequence" || y.kind === "sequence") return inOrder(xs, ys);
    if (x.kind === "set" || y.kind === "set") return sets(xs, ys);
    return xs.length === ys.length ? matched(xs, ys) : "different";
  }

  function inOrder(xs: readonly Answer[], ys: readonly Answer[]): Sameness {
    if (xs.length !== ys.length) return "different";
    return worst(xs.map((x, i) => compare(x, ys[i])));
  }

  /** One to one, whatever the order. */
  function matched(xs: readonly Answer[], ys: readonly Answer[]): Sameness {
    const left = [...xs];
    let result: Sameness = "equal";
    for (const y of ys) {
      const words = left.map((x) => compare(x, y));
      const at = words.indexOf("equal");
      if (at >= 0) left.splice(at, 1);
      else if (words.some((word) => word !== "different")) result = words.find((word) => word !== "different")!;
      else return "different";
    }
    return result;
  }

  function sets(xs: readonly Answer[], ys: readonly Answer[]): Sameness {
    const covered = (of: readonly Answer[], by: readonly Answer[], turn: boolean) =>
      worst(
        of.map((x) => {
          const words = by.map((y) => (turn ? compare(y, x) : compare(x, y)));
          return words.find((word) => word === "equal") ?? words.find((word) => word !== "different") ?? "different";
        })
      );
    return worst([covered(xs, ys, false), covered(ys, xs, true)]);
  }

  function matrices(c: Answer, r: Answer): Sameness {
    const [a, b] = [rowsOf(c), rowsOf(r)];
    if (a === null || b === null) return "different";
    const vectors = c.kind !== r.kind && (a.length === 1 || b.length === 1) && a.length !== b.length;
    const flat = (rows: readonly (readonly Answer[])[]) => rows.flat();
    const isVector = (rows: readonly (readonly Answer[])[]) =>
      rows.length === 1 || rows.every((row) => row.length === 1);
    if (vectors) return isVector(a) && isVector(b) ? inOrder(flat(a), flat(b)) : "different";
    if (a.length !== b.length || a.some((row, i) => row.length !== b[i].length)) return "different";
    return inOrder(flat(a), flat(b));
  }

  function ratios(c: Answer, r: Answer): Sameness {
    const [a, b] = [partsOf(c), partsOf(r)];
    if (a === null || b === null || a.length !== b.length) return "different";
    return worst(a.slice(1).map((_, i) => same(call("*", a[0], b[i + 1]), call("*", a[i + 1], b[0]))));
  }

  /** Two relations with = or an inequality: the differences of their sides are in a constant ratio. */
  function equations(c: RelationAnswer, r: RelationAnswer): Sameness {
    const [a, b] = [differences(c), differences(r)];
    if (a === null || b === null)
      return c.operators.length === r.operators.length ? (sameSides(c, r) ?? "different") : "different";
    const names = [...namesOf(b.difference, namesOf(a.difference))].sort();
    let ratio: number | null = null;
    let word: Sameness = "undecided";
    // The ratio at two far points, in exact fractions where possible; a third comparison asks sameValue.
    for (const at of [1, 2, 3, 4]) {
      const point = new Map<string, Rational>(
        names.map((name, i) => [name, rational(BigInt(at * 7919 + i * 104729 + at * at * i), 1000n)])
      );
      const [x, y] = [a, b].map(({difference}) => numericValue(difference, point, doubles, "e"));
      if (x === null || y === null || x.re === 0 || y.re === 0 || Math.abs(x.im) + Math.abs(y.im) > 0) continue;
      ratio = x.re / y.re;
      const [p, q] = [a, b].map(({difference}) => exactValue(difference, point));
      if (typeof p === "string" || typeof q === "string") continue;
      word = same(call("*", a.difference, {op: "number", value: q}), call("*", b.difference, {op: "number", value: p}));
      break;
    }
    if (ratio === null) return "undecided";
    if (word === "undecided") word = same(a.difference, b.difference);
    if (word !== "equal") return word;
    const turned = ratio < 0 ? a.operator.replace(/[<>]/, (sign) => (sign === "<" ? ">" : "<")) : a.operator;
    return turned === b.operator ? "equal" : "different";
  }

  function sameSides(c: RelationAnswer, r: RelationAnswer): Sameness | null {
    if (c.operators.join() !== r.operators.join()) return null;
    return inOrder(c.sides, r.sides);
  }

  function values(c: ValueAnswer, r: ValueAnswer): Sameness {
    if (c.noun !== r.noun && c.noun.startsWith("mod ") && r.noun.startsWith("mod ")) return "different";
    if (c.unit !== null && r.unit !== null) {
      if (c.unit.dimension !== r.unit.dimension) return "different";
      return rounded(scaled(c, r), r);
    }
    const plain = upToConstants(c.expression, r);
    if (plain === "equal") unitAlone ||= (c.unit === null) !== (r.unit === null);
    if (plain === "equal" || (c.unit === null && r.unit === null))
      return plain === "equal" ? plain : letterUnits(c, r, plain);
    unitAlone = true;
    const [unit, isCandidate] = c.unit === null ? [r.unit!, false] : [c.unit, true];
    // Percent and degrees are numbers, so what has no unit may be the number.
    if (unit.dimension !== "") return letterUnits(c, r, plain);
    const one: ValueAnswer = {
      kind: "value",
      expression: {op: "number", value: rational(1)},
      unit: null,
      noun: "",
      decimals: null
    };
    const number = isCandidate ? scaled(c, one) : scaled(r, one);
    const other = isCandidate ? rounded(number, r) : same(c.expression, number);
    return other === "equal" ? other : plain;
  }

  /** The candidate's value in the reference's unit. */
  function scaled(c: ValueAnswer, r: ValueAnswer): Expression {
    const [from, to] = [c.unit, r.unit];
    let value = c.expression;
    if (from !== null) {
      value = call("*", value, {op: "number", value: from.factor});
      if (from.pi) value = call("*", value, {op: "constant", name: "pi"});
    }
    if (to !== null) {
      value = call("/", value, {op: "number", value: to.factor});
      if (to.pi) value = call("/", value, {op: "constant", name: "pi"});
    }
    return value;
  }

  /** "5m" was read as a product: five metres, where the other side has no such letter. */
  function letterUnits(c: ValueAnswer, r: ValueAnswer, otherwise: Sameness): Sameness {
    if (isConstant(c) === isConstant(r)) return otherwise;
    const [x, y] = [lettered(c), lettered(r)];
    return x === c && y === r ? otherwise : values(x, y);
  }

  function upToConstants(value: Expression, r: ValueAnswer): Sameness {
    const word = rounded(value, r);
    if (word === "equal") return word;
    const [a, b] = [value, r.expression].map((side) => constantsIn(side).join());
    const named = (a === "c" && b === "C") || (a === "C" && b === "c");
    const x = named ? substitute(value, new Map([[a, {op: "name", name: b}]])) : value;
    return sameAntiderivative(x, r.expression, same) ?? (named ? same(x, r.expression) : word);
  }

  function rounded(value: Expression, r: ValueAnswer): Sameness {
    const word = same(value, r.expression);
    if (word !== "different" || r.decimals === null || namesOf(value).size > 0) return word;
    const {places, digits} = r.decimals;
    const exact = exactValue(value, new Map());
    if (exact === "too-large" || exact === "undefined") return word;
    const written = typeof exact !== "string" && decimalPlaces(exact.d);
    if (digits < (typeof written === "number" ? 3 : 2) || (typeof written === "number" && written <= places))
      return word;
    const [x, y] = [value, r.expression].map((side) => numericValue(side, new Map(), decimals, "e"));
    if (x === null || y === null || Math.abs(x.im.toNumber()) > 0) return word;
    const apart = Math.abs(decimals.subtract(x.re, y.re).toNumber());
    return apart <= 0.5 * 10 ** -places * (1 + 1e-12) ? "equal" : word;
  }

  const word = compare(candidate, reference);
  return {word, unitAlone: unitAlone && word === "equal", asked};
}

function constantsIn(expression: Expression): string[] {
  return [...namesOf(expression)].filter((name) => name === "c" || name === "C");
}

/** How many decimals a fraction in lowest terms with this denominator has; false where they never end. */
function decimalPlaces(d: bigint): number | false {
  let places = 0;
  let left = d;
  while (left % 10n === 0n) {
    left /= 10n;
    places++;
  }
  for (const prime of [2n, 5n])
    while (left % prime === 0n) {
      left /= prime;
      places++;
    }
  return left === 1n ? places : false;
}

function worst(words: readonly Sameness[]): Sameness {
  for (const word of ["different", "too-large", "undecided"] as const) if (words.includes(word)) return word;
  return "equal";
}

function lettered(value: ValueAnswer): ValueAnswer {
  const {expression} = value;
  if (expression.op !== "call" || expression.name !== "*" || value.unit !== null) return value;
  const [number, letter] = expression.args;
  if (letter.op !== "name" || namesOf(number).size > 0) return value;
  const unit = readUnit([{type: "word", text: letter.name, spaced: true}]);
  return unit === null ? value : {...value, expression: number, unit};
}

/** What stands after "=" where a name, a function or words come before; the name where it is a variable. */
function named(answer: Answer): {name: string | null; value: Answer} | null {
  if (answer.kind !== "relation") return null;
  if (answer.operators.join() === "in" && answer.sides[1].kind === "set" && variableOf(answer) !== null)
    return {name: variableOf(answer), value: answer.sides[1]};
  if (!answer.operators.every((operator) => operator === "=" || operator === "~")) return null;
  const {sides, operators, left} = answer;
  const [first, second] = sides;
  const about = operators.indexOf("~");
  const value = about > 0 ? sides[about] : sides.at(-1)!;
  if (first.kind === "text") return {name: null, value};
  if (first.kind === "sequence" && first.items.every((item) => item.kind === "value" && item.expression.op === "name"))
    return {name: null, value};
  if (first.kind === "value" && first.expression.op === "name") return {name: first.expression.name, value};
  if (/^[A-Za-z]+'?(?:\^\{?-1\}?)?\([a-zA-Z0-9,]+\)$/.test(left) || derivative.test(left)) return {name: null, value};
  // 5 = x
  if (sides.length === 2 && second.kind === "value" && second.expression.op === "name")
    return {name: second.expression.name, value: first};
  // 1/2 = 0.5, π ≈ 3.14
  if (sides.every((side) => side.kind === "value" && isConstant(side)))
    return {name: null, value: about >= 0 ? sides[about] : sides.at(-1)!};
  return null;
}

const derivative = /^(?:frac\{?d[a-z]\}?\{?d[a-z]\}?|d[a-z]\/d[a-z])$/;

/** Values by name, where a list gives several names one value each. */
function assignments(answer: Answer): Map<string, Answer> | null {
  if (answer.kind !== "list") return null;
  const found = new Map<string, Answer>();
  for (const item of answer.items) {
    const one = named(item);
    if (one === null || one.name === null || found.has(one.name)) return null;
    found.set(one.name, one.value);
  }
  return found;
}

function withoutNames(list: ListAnswer): Answer {
  const items = list.items.map((item) => named(item) ?? {name: "", value: item});
  const names = new Set(items.map(({name}) => name).filter((name) => name !== ""));
  return names.size === 1 && items[0].name !== "" ? {...list, items: items.map(({value}) => value)} : list;
}

function itemsOf(answer: Answer): readonly Answer[] | null {
  if (answer.kind === "list" || answer.kind === "set" || answer.kind === "sequence") return answer.items;
  return answer.kind === "value" || answer.kind === "text" || answer.kind === "choice" ? [answer] : null;
}

function rowsOf(answer: Answer): readonly (readonly Answer[])[] | null {
  if (answer.kind === "matrix") return answer.rows;
  if (answer.kind === "sequence" && answer.items.length > 0 && answer.items.every(({kind}) => kind === "sequence"))
    return answer.items.map((item) => (item.kind === "sequence" ? item.items : []));
  return answer.kind === "sequence" ? [answer.items] : null;
}

function partsOf(answer: Answer): Expression[] | null {
  if (answer.kind === "time" && answer.half === null)
    return [Math.floor(answer.minutes / 60), answer.minutes % 60].map((n) => ({op: "number", value: rational(n)}));
  if (answer.kind === "value") {
    const {expression} = answer;
    if (expression.op === "call" && expression.name === "/") return [...expression.args];
    return expression.op === "number"
      ? [
          {op: "number", value: rational(expression.value.n)},
          {op: "number", value: rational(expression.value.d)}
        ]
      : null;
  }
  if (answer.kind !== "ratio") return null;
  const parts = answer.parts.map((part) => (part.kind === "value" ? part.expression : null));
  return parts.some((part) => part === null) ? null : (parts as Expression[]);
}

function differences({sides, operators}: RelationAnswer): {difference: Expression; operator: string} | null {
  const [left, right] = sides;
  if (sides.length !== 2 || left.kind !== "value" || right.kind !== "value" || operators[0] === "in") return null;
  return {difference: call("-", left.expression, right.expression), operator: operators[0]};
}

/** The letter of a multiple choice, or a single letter that may be one. */
function letterOf(answer: Answer): string | null {
  if (answer.kind === "choice") return answer.letter;
  if (answer.kind === "text") return answer.words.length === 1 ? answer.words.toUpperCase() : null;
  return answer.kind === "value" && answer.expression.op === "name" ? answer.expression.name.toUpperCase() : null;
}

/** The letters of a multiple choice, sorted: ABD; A, B, D; (A). Null for what is none. */
function lettersOf(answer: Answer): string | null {
  if (answer.kind === "choice") return answer.rest === null ? answer.letter : null;
  const letters =
    answer.kind === "list" || answer.kind === "set" || answer.kind === "sequence"
      ? answer.items.map((item) =>
          item.kind === "choice" ? item.letter : item.kind === "value" ? factors(item.expression).join() || "" : ""
        )
      : answer.kind === "value"
        ? factors(answer.expression)
        : [];
  const sorted = [...new Set(letters)].sort();
  return sorted.length < 2 || sorted.length < letters.length || !sorted.every((letter) => /^[A-J]$/.test(letter))
    ? null
    : sorted.join("");
}

function factors(expression: Expression): string[] {
  if (expression.op === "name") return [expression.name];
  return expression.op === "call" && expression.name === "*" ? expression.args.flatMap(factors) : [""];
}

function wordsOf(answer: Answer): string {
  if (answer.kind === "text") return answer.words;
  const letter = answer.kind === "value" && answer.expression.op === "name" ? answer.expression.name : "";
  return letter === "T" || letter === "F" ? letter.toLowerCase() : `\0${answer.kind}`;
}

function based(c: Answer, r: Answer): Sameness {
  const digits = (answer: Answer): {digits: string; base: number | null} | null => {
    if (answer.kind === "based") return answer;
    if (answer.kind !== "value" || answer.expression.op !== "number" || answer.expression.value.d !== 1n) return null;
    return {digits: String(answer.expression.value.n), base: null};
  };
  const [a, b] = [digits(c), digits(r)];
  if (a === null || b === null || a.digits !== b.digits) return "different";
  return a.base === null || b.base === null || a.base === b.base ? "equal" : "different";
}

function times(c: Answer, r: Answer): Sameness {
  if (c.kind !== "time" || r.kind !== "time") {
    // 8:12 may as well be a ratio
    return "different";
  }
  if (c.half !== null && r.half !== null)
    return c.half === r.half && c.minutes % 720 === r.minutes % 720 ? "equal" : "different";
  return c.minutes % 720 === r.minutes % 720 ? "equal" : "different";
}

const same: Readonly<Record<string, string>> = {
  true: "yes",
  false: "no",
  t: "yes",
  f: "no",
  y: "yes",
  n: "no",
  dne: "does not exist"
};

function sameText(a: string, b: string): boolean {
  if (a === b || (same[a] ?? a) === (same[b] ?? b)) return true;
  // Alice and Bob, in either order
  const words = (text: string) =>
    text
      .split(" ")
      .filter((word) => word !== "and")
      .sort()
      .join(" ");
  return / and /.test(a) && / and /.test(b) && words(a) === words(b);
}
