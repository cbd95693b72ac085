import type {Answer, RelationAnswer} from "./answer.js";
import {namesOf, type Expression} from "./expression.js";
import {numericValue} from "./numeric.js";
import {doubles} from "./reals.js";
import type {Sameness} from "./sameValue.js";

/** An end of an interval; no expression stands for infinity. */
interface End {
  expression: Expression | null;
  value: number;
  closed: boolean;
}

/** A part of the real line: intervals apart from each other, in order; a point is an interval closed on both sides. */
type Region = readonly (readonly [from: End, to: End])[];

const low: End = {expression: null, value: -Infinity, closed: false};
const high: End = {expression: null, value: Infinity, closed: false};

/** The part of the real line that an answer stands for; null where it stands for none. */
export function regionOf(answer: Answer): Region | null {
  switch (answer.kind) {
    case "reals":
      return [[low, high]];
    case "sequence": {
      if (answer.items.length !== 2 || !/^[([]$/.test(answer.open)) return null;
      const [from, to] = [endOf(answer.items[0], answer.open === "["), endOf(answer.items[1], answer.close === "]")];
      return from === null || to === null ? null : interval(from, to);
    }
    case "set": {
      const points = answer.items.map((item) => endOf(item, true));
      return points.some((point) => point === null) ? null : join(points.map((point) => [point!, point!]));
    }
    case "union": {
      const parts = answer.parts.map(regionOf);
      return parts.some((part) => part === null) ? null : join(parts.flatMap((part) => part!));
    }
    case "intersection": {
      const parts = answer.parts.map(regionOf);
      return parts.some((part) => part === null) ? null : parts.reduce((left, part) => meet(left!, part!));
    }
    case "without": {
      const parts = [answer.from, ...answer.removed].map(regionOf);
      if (parts.some((part) => part === null)) return null;
      return parts.slice(1).reduce((left, part) => meet(left!, complement(part!)), parts[0]);
    }
    case "relation":
      return ofRelation(answer);
    case "list": {
      const [first] = answer.items;
      const not = first.kind === "relation" && first.operators.length === 1 && first.operators[0] === "!=";
      const parts = answer.items.map((item) => {
        // x ≠ 0, 1
        if (not && item.kind === "value") return regionOf({...first, sides: [first.sides[0], item]});
        return item.kind === "relation" || item.kind === "union" ? regionOf(item) : null;
      });
      if (parts.some((part) => part === null)) return null;
      const all =
        answer.joined === "and" || answer.items.some((item) => item.kind === "relation" && item.operators[0] === "!=");
      return all ? parts.reduce((left, part) => meet(left!, part!)) : join(parts.flatMap((part) => part!));
    }
    default:
      return null;
  }
}

/** The variable of a relation such as 1 < x ≤ 2 or x ∈ [0, 1]; null where it is another. */
export function variableOf({sides}: RelationAnswer): string | null {
  const names = sides.map((side) =>
    side.kind === "value" && side.expression.op === "name" ? side.expression.name : null
  );
  const one = names.filter((name) => name !== null);
  return one.length === 1 ? one[0] : null;
}

function ofRelation(answer: RelationAnswer): Region | null {
  const name = variableOf(answer);
  if (name === null) return null;
  const {sides, operators} = answer;
  const at = sides.findIndex(
    (side) => side.kind === "value" && side.expression.op === "name" && side.expression.name === name
  );
  if (operators[0] === "in") return at === 0 && sides.length === 2 ? regionOf(sides[1]) : null;
  let region: Region = [[low, high]];
  // Left of the variable a relation reads backwards. Two of one direction make an interval.
  for (const [i, operator] of operators.entries()) {
    if (i !== at && i !== at - 1) return null;
    const end = endOf(sides[i === at ? i + 1 : i], operator.endsWith("="));
    if (end === null) return null;
    const side = i === at ? operator : operator.replace(/[<>]/, (sign) => (sign === "<" ? ">" : "<"));
    const part = half(side, end);
    if (part === null) return null;
    region = meet(region, part);
  }
  return region;
}

function half(operator: string, end: End): Region | null {
  if (operator.startsWith("<")) return interval(low, end);
  if (operator.startsWith(">")) return interval(end, high);
  if (operator === "!=")
    return complement([
      [
        {...end, closed: true},
        {...end, closed: true}
      ]
    ]);
  return operator === "="
    ? [
        [
          {...end, closed: true},
          {...end, closed: true}
        ]
      ]
    : null;
}

function endOf(answer: Answer, closed: boolean): End | null {
  if (answer.kind !== "value" || namesOf(answer.expression).size > 0) return null;
  const {expression} = answer;
  if (expression.op === "constant" && expression.name === "infinity") return high;
  if (expression.op === "call" && expression.name === "negate") {
    const [inner] = expression.args;
    if (inner.op === "constant" && inner.name === "infinity") return low;
  }
  const value = numericValue(expression, new Map(), doubles, "e");
  if (value === null || Math.abs(value.im) > 1e-12 * value.peak) return null;
  return {expression, value: value.re, closed};
}

function interval(from: End, to: End): Region {
  if (from.value > to.value || (from.value === to.value && !(from.closed && to.closed))) return [];
  return [[from, to]];
}

const near = (a: number, b: number) =>
  a === b ||
  (Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b)));

function join(parts: readonly (readonly [End, End])[]): Region {
  const sorted = parts.toSorted(([a], [b]) => a.value - b.value || Number(b.closed) - Number(a.closed));
  const out: [End, End][] = [];
  for (const [from, to] of sorted) {
    const last = out.at(-1);
    const touches =
      last !== undefined &&
      (near(from.value, last[1].value) ? from.closed || last[1].closed : from.value < last[1].value);
    if (!touches) out.push([from, to]);
    else if (near(to.value, last[1].value)) last[1] = to.closed ? to : last[1];
    else if (to.value > last[1].value) last[1] = to;
  }
  return out;
}

function complement(region: Region): Region {
  const out: [End, End][] = [];
  let from = low;
  for (const [start, end] of region) {
    out.push(...(interval(from, {...start, closed: !start.closed && start.expression !== null}) as [End, End][]));
    from = {...end, closed: !end.closed && end.expression !== null};
  }
  if (from.value !== Infinity) out.push([from, high]);
  return out;
}

function meet(a: Region, b: Region): Region {
  const out: (readonly [End, End])[] = [];
  for (const [from, to] of a)
    for (const [start, end] of b) {
      const lower = near(from.value, start.value)
        ? from.closed
          ? start
          : from
        : from.value > start.value
          ? from
          : start;
      const upper = near(to.value, end.value) ? (to.closed ? end : to) : to.value < end.value ? to : end;
      out.push(...interval(lower, upper));
    }
  return join(out);
}

/** Whether two regions have the same intervals, open and closed at the same ends. */
export function sameRegion(a: Region, b: Region, same: (x: Expression, y: Expression) => Sameness): Sameness {
  if (a.length !== b.length) return "different";
  let result: Sameness = "equal";
  for (const [i, ends] of a.entries())
    for (const [side, end] of ends.entries()) {
      const other = b[i][side];
      if (end.expression === null || other.expression === null) {
        if (end.value !== other.value) return "different";
        continue;
      }
      if (end.closed !== other.closed) return "different";
      const one = same(end.expression, other.expression);
      if (one === "different") return one;
      if (one !== "equal") result = one;
    }
  return result;
}
