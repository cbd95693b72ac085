import type {Scalar} from "../scaling/observations.js";
import {identifier} from "../text/identifier.js";
import {nearest} from "../text/nearest.js";
import type {Join} from "./joinRuns.js";

/** Which columns of a runs table to fit; SQL is a column or a DuckDB expression over the columns. */
export interface RunsSelection {
  /** SQL of the value to fit */
  readonly target: string;
  /** SQL of a variable of one number, e.g. {n: "params", d: "flops / (6 * params)"} */
  readonly scalars?: Readonly<Partial<Record<Scalar, string>>>;
  /** SQL of the synthetic share; by default the column synthetic_share, where no other variable is named */
  readonly share?: string;
  /** the shares of the tiers, in place of `share`: columns with * and ?, e.g. "share_T*", or SQL by name */
  readonly shares?: string | Readonly<Record<string, string>>;
  /** columns of the distinct tokens at hand of each share, with * and ? that stand for what they do in `shares` */
  readonly supplies?: string;
  /** SQL that a run must meet */
  readonly where?: string | null;
  /** SQL of the runs that are kept out of the fit and predicted by it */
  readonly holdout?: string;
  /** SQL of a loss that a law of its own predicts from the variables; the target is then fitted over its predictions */
  readonly via?: string;
  /** SQL of the known standard deviation of each target value */
  readonly sd?: string;
  /** SQL of what a cluster bootstrap draws as one, e.g. the corpus that several runs share */
  readonly group?: string;
  /** further tables with columns of the same runs */
  readonly joins?: readonly Join[];
}

/** SQL of everything that a law reads, by name. */
interface Inputs {
  /** by input */
  readonly shares: Readonly<Record<string, string>>;
  readonly scalars: Readonly<Partial<Record<Scalar, string>>>;
  /** by the input whose supply it is */
  readonly supplies: Readonly<Record<string, string>>;
}

/**
 * What a selection means for a table.
 *
 * @param path of the table, for messages
 * @throws RangeError for a pattern that fits no columns, supplies that do not pair with the shares, and a table that
 *   offers nothing to fit against
 */
export function inputsOf(
  path: string,
  columns: readonly string[],
  {scalars = {}, share, shares, supplies}: RunsSelection
): Inputs {
  const sql = (text: string) => sqlOf(text, columns);
  const some = Object.fromEntries(Object.entries(scalars).map(([name, text]) => [name, sql(text)]));
  if (shares === undefined) {
    if (supplies !== undefined) throw new RangeError("supplies: expected shares beside them, got none");
    if (share !== undefined) return {shares: {[nameOf(share)]: sql(share)}, scalars: some, supplies: {}};
    if (Object.keys(some).length > 0) return {shares: {}, scalars: some, supplies: {}};
    if (columns.includes("synthetic_share"))
      return {shares: {synthetic_share: identifier("synthetic_share")}, scalars: {}, supplies: {}};
    throw new RangeError(
      `${path}: expected a column synthetic_share, or a share or another variable to fit against; got ${columns.join(", ")}`
    );
  }
  const given =
    typeof shares === "string"
      ? matching(path, columns, shares).map((name) => [name, identifier(name)])
      : Object.entries(shares).map(([name, text]) => [name, sql(text)]);
  if (given.length < 2)
    throw new RangeError(`expected two shares or more, got ${given.map(([name]) => name).join(", ") || "none"}`);
  return {
    shares: Object.fromEntries(given),
    scalars: some,
    supplies: suppliesOf(path, columns, given, {pattern: typeof shares === "string" ? shares : null, supplies})
  };
}

/** SQL as it was meant: a column's bare name, whatever characters it holds, stands for the column. */
export function sqlOf(text: string, columns: readonly string[]): string {
  return columns.includes(text) ? identifier(text) : text;
}

/** The name of what SQL gives: a column's own, or the expression itself. */
export function nameOf(sql: string): string {
  const [, quoted] = /^\s*"((?:[^"]|"")+)"\s*$/.exec(sql) ?? [];
  return quoted === undefined ? sql.trim() : quoted.replaceAll('""', '"');
}

function matching(path: string, columns: readonly string[], patterns: string): string[] {
  const found = patterns.split(",").flatMap((pattern) => columns.filter((name) => captured(name, pattern) !== null));
  if (found.length >= 2) return [...new Set(found)];
  const near = nearest(patterns.replaceAll("*", ""), columns);
  throw new RangeError(
    `${path}: expected two columns or more that match ${patterns}, got ${found.join(", ") || `none of ${list(columns)}`}${near === null ? "" : `; did you mean ${near}?`}`
  );
}

/** What the * and ? of a pattern stand for in a name, or null where the name does not fit. */
function captured(name: string, pattern: string): string | null {
  const escaped = pattern.trim().replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const found = new RegExp(`^${escaped.replaceAll("*", "(.*)").replaceAll("?", "(.)")}$`).exec(name);
  return found === null ? null : found.slice(1).join(" ");
}

/** Supplies by share: what the one pattern's * stands for is what the other's does. */
function suppliesOf(
  path: string,
  columns: readonly string[],
  shares: readonly (readonly string[])[],
  {pattern, supplies}: {pattern: string | null; supplies: string | undefined}
): Record<string, string> {
  if (supplies === undefined) return {};
  const places = new Map(matching(path, columns, supplies).map((name) => [captured(name, supplies), name]));
  return Object.fromEntries(
    shares.map(([name]) => {
      const key = pattern === null ? name : captured(name, pattern);
      const column = places.get(key);
      if (key === null || column === undefined)
        throw new RangeError(
          `${path}: expected a column that matches ${supplies} for ${name}, got ${[...places.values()].join(", ")}`
        );
      return [name, identifier(column)];
    })
  );
}

function list(columns: readonly string[]): string {
  return columns.length > 20
    ? `${columns.slice(0, 20).join(", ")} and ${columns.length - 20} more`
    : columns.join(", ");
}
