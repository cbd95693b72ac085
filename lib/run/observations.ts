import {identifier, type Row} from "../io/duckdb.js";
import {sha256File} from "../io/sha256.js";
import type {Observations} from "../scaling/observations.js";
import type {Fit} from "../schema/fit.js";
import {tiers} from "../schema/tier.js";
import {queryRuns, type RunsQuery} from "./queryRuns.js";
import {syntheticByTier} from "./syntheticByTier.js";

/** Which columns of a runs table to fit; SQL is a column or a DuckDB expression over the columns. */
export interface RunsSelection {
  /** SQL of the value to fit */
  readonly target: string;
  /** SQL of the synthetic share; by default the column synthetic_share */
  readonly share?: string;
  /** columns that are the shares of the tiers, with * and ?, e.g. "share_T*"; in place of `share` */
  readonly shares?: string;
  /** SQL that a run must meet */
  readonly where?: string | null;
  /** SQL of the runs that are kept out of the fit and predicted by it */
  readonly holdout?: string;
  /** SQL of the known standard deviation of each target value */
  readonly sd?: string;
}

/** Runs ready to fit, and what was learnt on the way. */
export interface RunsRead {
  readonly columns: Observations;
  /** runs without a value for the target, left out */
  readonly missing: number;
  /** 1 − supply / budget, where all runs share both */
  readonly knot: number | undefined;
  readonly syntheticByTier: Record<string, number> | null;
  readonly data: Fit["data"];
}

/**
 * Reads the columns to fit from a runs table (CSV, Parquet, JSONL).
 *
 * @throws TypeError for a file or an expression that cannot be read, and for values that are no numbers, by row
 * @throws RangeError for runs that were counted with different tokenizers
 */
export async function readObservations(path: string, selection: RunsSelection): Promise<RunsRead> {
  const {target, holdout, sd, where = null} = selection;
  return queryRuns(path, async (runs) => {
    const inputs = inputsOf(path, runs, selection);
    const has = (name: string) => runs.columns.includes(name);
    const facts = ["seed", "tokenizer", "supply", "tokens", "synthetic_share", ...tiers.map((t) => `share_${t}`)];
    const expressions: Record<string, string> = {target, ...(sd && {sd}), ...(holdout && {holdout})};
    for (const [name, sql] of Object.entries(inputs)) expressions[`input ${name}`] = sql;
    for (const name of facts) if (has(name)) expressions[`fact ${name}`] = identifier(name);
    const all = await runs.select(expressions, where);
    const kept = all.filter((row) => row.target !== null);
    if (kept.length === 0)
      throw new RangeError(
        `${path}: expected runs with a value of ${target}${where ? ` where ${where}` : ""}, found none`
      );
    const numbers = (key: string) =>
      kept.map((row, i) => numeric(row[key], `${path}: run ${i + 1}: ${expressions[key]}`));
    const tokenizer = oneTokenizer(path, kept);
    return {
      columns: {
        inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, numbers(`input ${name}`)])),
        target: numbers("target"),
        ...(has("seed") && {seed: kept.map((row) => String(row["fact seed"] ?? ""))}),
        ...(sd && {sd: numbers("sd")}),
        ...(has("synthetic_share") &&
          kept.every((row) => row["fact synthetic_share"] !== null) && {synthetic: numbers("fact synthetic_share")}),
        ...(holdout && {holdout: kept.map((row) => row.holdout === true)})
      },
      missing: all.length - kept.length,
      knot: knotOf(kept),
      syntheticByTier: syntheticByTier(
        kept.map(tierShares),
        kept.map((row) => row["fact synthetic_share"])
      ),
      data: {source: path.split(/[\\/]/).pop()!, sha256: await sha256File(path), tokenizer, where}
    };
  });
}

function inputsOf(path: string, runs: RunsQuery, {share, shares}: RunsSelection): Record<string, string> {
  if (shares === undefined) {
    if (share === undefined && !runs.columns.includes("synthetic_share"))
      throw new RangeError(
        `${path}: expected a column synthetic_share, or a share to fit against; got ${runs.columns.join(", ")}`
      );
    return {[share ?? "synthetic_share"]: share ?? "synthetic_share"};
  }
  const pattern = new RegExp(
    `^${shares
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`
  );
  const names = runs.columns.filter((name) => pattern.test(name));
  if (names.length < 2)
    throw new RangeError(
      `${path}: expected two columns or more that match ${shares}, got ${names.join(", ") || "none"}`
    );
  return Object.fromEntries(names.map((name) => [name, identifier(name)]));
}

function numeric(value: unknown, where: string): number {
  if (typeof value === "number") return value;
  throw new TypeError(`${where}: expected a number, got ${value === null ? "nothing" : JSON.stringify(value)}`);
}

function oneTokenizer(path: string, kept: readonly Row[]): string | null {
  const seen = [...new Set(kept.map((row) => row["fact tokenizer"] ?? null))];
  if (seen.length > 1)
    throw new RangeError(
      `${path}: expected runs counted with one tokenizer, got ${seen.length}: ${seen.map((s) => String(s ?? "none named")).join(", ")}`
    );
  return seen[0] === null ? null : String(seen[0]);
}

function knotOf(kept: readonly Row[]): number | undefined {
  const one = (name: string) => {
    const values = new Set(kept.map((row) => row[name]));
    const [value] = values;
    return values.size === 1 && typeof value === "number" ? value : null;
  };
  const supply = one("fact supply");
  const tokens = one("fact tokens");
  return supply !== null && tokens !== null && supply > 0 && supply < tokens ? 1 - supply / tokens : undefined;
}

function tierShares(row: Row): (number | null)[] {
  return tiers.map((tier) => {
    const value = row[`fact share_${tier}`];
    return typeof value === "number" ? value : null;
  });
}
