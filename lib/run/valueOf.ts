import {nameOf} from "./selection.js";

/**
 * A finite number from a table's value.
 *
 * @param at.where of the value, for messages; at.sql gave it
 * @throws TypeError for what is no number, RangeError for one that is not finite
 */
export function numberOf(value: unknown, {where, sql}: {where: string; sql: string}): number {
  if (typeof value === "number") {
    if (Number.isFinite(value)) return value;
    throw new RangeError(`${where}: ${nameOf(sql)}: expected a finite number, got ${value}`);
  }
  // One word makes text of a whole column: the other cells of it still count as numbers.
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))) return Number(value);
  const got = value === null ? "nothing" : typeof value === "string" ? quoted(value) : JSON.stringify(value);
  const hint = typeof value === "string" ? `; try_cast(${sql} AS DOUBLE) makes nothing of such a value` : "";
  throw new TypeError(`${where}: ${nameOf(sql)}: expected a number, got ${got}${hint}`);
}

/** A column of JSONL that holds both words and numbers comes as JSON: its words are quoted already. */
const quoted = (text: string) => (/^".*"$/s.test(text) ? text : JSON.stringify(text));

/**
 * Whether a run is held out: true, or 1; a value that is missing keeps it in.
 *
 * @throws TypeError for any other value, with its place
 */
export function heldOutOf(value: unknown, {where, sql}: {where: string; sql: string}): boolean {
  if (value === true || value === 1) return true;
  if (value === false || value === 0 || value === null) return false;
  throw new TypeError(`${where}: holdout ${nameOf(sql)}: expected true or false, got ${JSON.stringify(value)}`);
}
