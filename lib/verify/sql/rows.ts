import {csv, markdown} from "./tables.js";
import type {SqlValue} from "./engine.js";
import {Refusal} from "./refusal.js";

/** An answer as a text states it. */
export interface Answer {
  rows: readonly (readonly SqlValue[])[];
  /** whether it says how its values fall into rows; a bare list does not */
  shaped: boolean;
}

/** Numbers as they were computed may differ by this share, for sums in another order. */
const relative = 1e-9;

/**
 * Reads an answer: JSON (a value, a list of values, or a list of rows), a Markdown table with its header, or a value a line.
 * "none", "null" and nothing are no rows.
 *
 * @throws Refusal "unreadable"
 */
export function readAnswer(text: string): Answer {
  const body = text.trim();
  if (/^[[{"]/.test(body) || /^-?\d+(?:\.\d+)?$/.test(body)) {
    // Numbers keep their digits: they say how exact the answer is.
    const kept = body.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (part) =>
      part.startsWith('"') ? part : `{"number":"${part}"}`
    );
    let value: unknown;
    try {
      value = JSON.parse(kept);
    } catch {
      throw new Refusal("unreadable", "expected an answer in JSON");
    }
    if (!Array.isArray(value)) return {rows: [[single(value)]], shaped: false};
    if (value.every(Array.isArray) && value.length > 0)
      return {rows: value.map((row: unknown[]) => row.map(single)), shaped: true};
    return {rows: value.map((cell) => [single(cell)]), shaped: false};
  }
  if (body.startsWith("|"))
    return {
      rows: markdown(body.split("\n"))
        .slice(1)
        .map((row) => row.map(word)),
      shaped: true
    };
  if (/^(?:none|null)?$/i.test(body)) return {rows: [], shaped: false};
  const lines = body.split("\n").map((line) => line.trim());
  if (lines.every((line) => line.includes(",") && line.includes('"')))
    return {rows: csv(lines.join("\n")).map((row) => row.map(word)), shaped: true};
  return {rows: lines.map((line) => [word(line)]), shaped: false};
}

function single(value: unknown): SqlValue {
  if (value === null) return null;
  if (typeof value === "boolean") return {number: value ? "1" : "0"};
  if (typeof value === "string") return value;
  const {number} = value as {number?: unknown};
  if (typeof number === "string" && Object.keys(value as object).length === 1) return {number};
  throw new Refusal("unreadable", "expected texts, numbers, true, false and null in an answer");
}

function word(text: string): SqlValue {
  return /^(?:null|none)$/i.test(text) ? null : text;
}

/** Whether two results hold the same rows, as often; in the same order where it counts. */
export function sameRows(
  a: readonly (readonly SqlValue[])[],
  b: readonly (readonly SqlValue[])[],
  ordered: boolean
): boolean {
  if (a.length !== b.length || a.some((row, i) => row.length !== b[i].length)) return false;
  const [x, y] = ordered ? [a, b] : [sorted(a), sorted(b)];
  return x.every((row, i) => row.every((value, j) => sameValue(value, y[i][j], relative)));
}

/**
 * Whether a result is what an answer states. Texts that read as numbers equal those numbers; a number with decimals may be
 * rounded at its last digit; one NULL is the same as no row; a list may be a column or a row.
 */
export function meetsAnswer(result: readonly (readonly SqlValue[])[], {rows, shaped}: Answer): boolean {
  const empty = (all: readonly (readonly SqlValue[])[]) =>
    all.every((row) =>
      row.every((value) => value === null || (typeof value === "string" && /^(?:none|null)?$/i.test(value)))
    );
  if (empty(result) && empty(rows)) return true;
  if (!shaped) {
    if (result.length !== 1 && result.some((row) => row.length !== 1)) return false;
    return match(
      result.flat().map((value) => [value]),
      rows
    );
  }
  return match(result, rows);
}

// Greedy: a stated row takes the first result that it fits; statements are rarely so coarse that this matters.
function match(result: readonly (readonly SqlValue[])[], stated: readonly (readonly SqlValue[])[]): boolean {
  if (result.length !== stated.length) return false;
  const left = sorted(result);
  for (const row of sorted(stated)) {
    const at = left.findIndex(
      (other) => other.length === row.length && row.every((value, i) => stands(value, other[i]))
    );
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return true;
}

function stands(stated: SqlValue, computed: SqlValue): boolean {
  const number = digits(stated);
  const decimals = number === null ? 0 : (/\.(\d+)$/.exec(number)?.[1].length ?? 0);
  const value = digits(computed);
  if (number !== null && value !== null) {
    const difference = Math.abs(Number(number) - Number(value));
    return (
      difference <= relative * Math.abs(Number(value)) ||
      (decimals > 0 && difference <= 0.5 * 10 ** -decimals * (1 + 1e-9))
    );
  }
  return sameValue(stated, computed, relative);
}

function sameValue(a: SqlValue, b: SqlValue, tolerance: number): boolean {
  if (a === null || b === null) return a === b;
  if (typeof a === "string" && typeof b === "string") return a.trim() === b.trim();
  const [x, y] = [digits(a), digits(b)];
  if (x === null || y === null) return false;
  if (x === y) return true;
  return Math.abs(Number(x) - Number(y)) <= tolerance * Math.max(Math.abs(Number(x)), Math.abs(Number(y)));
}

function digits(value: SqlValue): string | null {
  const text = value === null ? "" : typeof value === "string" ? value.trim() : value.number;
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? text : null;
}

// Numbers by their value, to 7 digits, so that what is nearly equal is side by side.
function sorted(rows: readonly (readonly SqlValue[])[]): (readonly SqlValue[])[] {
  const key = (row: readonly SqlValue[]) =>
    JSON.stringify(
      row.map((value) =>
        value === null ? "" : digits(value) === null ? (value as string).trim() : Number(digits(value)).toPrecision(7)
      )
    );
  return rows
    .map((row) => ({row, key: key(row)}))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({row}) => row);
}
