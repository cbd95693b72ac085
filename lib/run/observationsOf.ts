import type {Observations} from "../scaling/observations.js";
import type {Fit} from "../schema/fit.js";
import {tiers} from "../schema/tier.js";
import {identifier} from "../text/identifier.js";
import type {Unmatched} from "./joinRuns.js";
import type {RunsQuery} from "./queryRuns.js";
import {refuseFew, refusePerCent} from "./refuseRuns.js";
import {inputsOf, nameOf, sqlOf, type RunsSelection} from "./selection.js";
import {syntheticByTier} from "./syntheticByTier.js";
import {heldOutOf, numberOf} from "./valueOf.js";

/** Values of the runs by expression. */
type Columns = Readonly<Record<string, readonly unknown[]>>;

/** Runs ready to fit, and what was learnt on the way. */
export interface RunsRead {
  readonly columns: Observations;
  /** each run's row in the file, from 1, the head not counted */
  readonly rows: readonly number[];
  /** runs without a value for the target, left out */
  readonly missing: number;
  /** what the joins left out */
  readonly unmatched: readonly Unmatched[];
  /** 1 − supply / budget, where all runs share both */
  readonly knot: number | undefined;
  readonly syntheticByTier: Record<string, number> | null;
  readonly data: Fit["data"];
}

/** A million runs are fitted in a minute or two and 2.5 GB; more rows than this are samples, and no runs. */
const mostRuns = 2_000_000;

/**
 * The columns to fit, asked of a table of runs: by the command line of a file, by a page of what was dropped there.
 *
 * @param about.path of the table, for messages; about.source and about.sha256 are written down with the fit
 * @throws TypeError for an expression that cannot be read, and for values that are no numbers, by row
 * @throws RangeError for values that are not finite, by row; for runs that were counted with different tokenizers; and
 *   for more than `mostRuns` of them
 */
export async function observationsOf(
  runs: RunsQuery,
  selection: RunsSelection,
  {path, source, sha256}: {path: string; source: string; sha256: string}
): Promise<RunsRead> {
  const {target, holdout, sd, group, where = null} = selection;
  const {shares, scalars, supplies} = inputsOf(path, runs.columns, selection);
  const has = (name: string) => runs.columns.includes(name);
  const expressions: Record<string, string> = {};
  const add = (key: string, text: string) => (expressions[key] = sqlOf(text, runs.columns));
  add("target", target);
  for (const [key, text] of Object.entries({sd, holdout, group})) if (text !== undefined) add(key, text);
  for (const [name, sql] of Object.entries(scalars)) expressions[name] = sql;
  for (const [name, sql] of Object.entries(shares)) expressions[`input ${name}`] = sql;
  for (const [name, sql] of Object.entries(supplies)) expressions[`supply ${name}`] = sql;
  const facts = ["seed", "tokenizer", "supply", "tokens", "synthetic_share", ...tiers.map((t) => `share_${t}`)];
  for (const name of facts) if (has(name)) expressions[`fact ${name}`] = identifier(name);
  const n = await runs.count({target: expressions.target}, where);
  if (n === 0)
    throw new RangeError(
      `${path}: expected runs with a value of ${nameOf(target)}${where ? ` where ${where}` : ""}, found none`
    );
  if (n > mostRuns)
    throw new RangeError(
      `${path}: expected at most ${mostRuns.toLocaleString("en")} runs, got ${n.toLocaleString("en")}; choose among them with where, or average what belongs to one run`
    );
  const measured = `(${expressions.target}\n) IS NOT NULL`;
  const kept: Columns = await runs.select(
    {...expressions, row: runs.row},
    where === null ? measured : `(${where}\n) AND ${measured}`
  );
  const rowOf = (i: number) => `${path}: row ${String(kept.row[i])}`;
  const missing = (await runs.count({run: runs.row}, where)) - n;
  const out = kept.holdout?.map((value, i) => heldOutOf(value, {where: rowOf(i), sql: holdout!}));
  refuseFew(path, {n, missing, held: out?.filter(Boolean).length ?? 0, target: nameOf(target)});
  const numbers = (key: string) => {
    const values = kept[key];
    return allFinite(values) ? values : values.map((v, i) => numberOf(v, {where: rowOf(i), sql: expressions[key]}));
  };
  const byName = (prefix: string, names: object) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, numbers(`${prefix}${name}`)]));
  const inputs = byName("input ", shares);
  refusePerCent(path, inputs);
  return {
    columns: {
      inputs,
      ...(Object.keys(scalars).length > 0 && {scalars: byName("", scalars)}),
      ...(Object.keys(supplies).length > 0 && {supplies: byName("supply ", supplies)}),
      target: numbers("target"),
      ...(has("seed") && {seed: kept["fact seed"].map((value) => String(value ?? ""))}),
      ...(group !== undefined && {group: kept.group.map((value) => String(value ?? ""))}),
      ...(sd !== undefined && {sd: numbers("sd")}),
      ...(has("synthetic_share") &&
        kept["fact synthetic_share"].every((value) => value !== null) && {synthetic: numbers("fact synthetic_share")}),
      ...(out !== undefined && {holdout: out})
    },
    rows: kept.row.map(Number),
    missing,
    unmatched: runs.unmatched,
    knot: knotOf(kept),
    syntheticByTier: has("synthetic_share") ? syntheticByTier(tierShares(kept), kept["fact synthetic_share"]) : null,
    data: {source, sha256, tokenizer: oneTokenizer(path, kept), where}
  };
}

function allFinite(values: readonly unknown[]): values is readonly number[] {
  return values.every(Number.isFinite);
}

function oneTokenizer(path: string, kept: Columns): string | null {
  const seen = [...new Set(kept["fact tokenizer"] ?? [null])];
  if (seen.length > 1)
    throw new RangeError(
      `${path}: expected runs counted with one tokenizer, got ${seen.length}: ${seen.map((s) => String(s ?? "none named")).join(", ")}`
    );
  return seen[0] === null ? null : String(seen[0]);
}

function knotOf(kept: Columns): number | undefined {
  const one = (name: string) => {
    const values = kept[name] ?? [];
    const [value] = values;
    return typeof value === "number" && values.every((other) => other === value) ? value : null;
  };
  const supply = one("fact supply");
  const tokens = one("fact tokens");
  return supply !== null && tokens !== null && supply > 0 && supply < tokens ? 1 - supply / tokens : undefined;
}

/** Run by run; null where a tier has no column, or no number there. */
function tierShares(kept: Columns): (number | null)[][] {
  const columns = tiers.map((tier) => kept[`fact share_${tier}`]);
  return kept.row.map((_, i) =>
    columns.map((values) => {
      const value = values?.[i];
      return typeof value === "number" ? value : null;
    })
  );
}
