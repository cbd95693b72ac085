import {identifier} from "../io/duckdb.js";
import {tiers} from "../schema/tier.js";
import {queryRuns} from "./queryRuns.js";

/** A run as charts need it: where it stands in its experiment, and what was measured. */
export interface TableRun {
  experiment: string;
  arm: string;
  seed: string;
  generation: number | null;
  tokens: number | null;
  supply: number | null;
  /** generated tokens over all tokens */
  share: number;
  /** share of each tier that the table has a column for */
  tiers: Partial<Record<(typeof tiers)[number], number>>;
  benchmarks: Record<string, number>;
}

/** Numeric columns that describe a run and measure nothing. */
const facts = new Set(
  "experiment arm seed generation tokens supply synthetic_share tokenizer n d c params parameters flops step steps epoch epochs lr run index".split(
    " "
  )
);

/**
 * Reads a runs table, ours or a user's (CSV, JSONL or Parquet). A user's needs `synthetic_share`, or `share_T0` to
 * `share_T3` whose T2 and T3 then count as synthetic; every other number column is a benchmark.
 *
 * @throws TypeError naming the file and, for a value, its row and column
 */
export async function readRunsTable(path: string): Promise<TableRun[]> {
  const table = await queryRuns(path, ({columns, select}) =>
    select(Object.fromEntries(columns.map((name) => [name, identifier(name)])))
  );
  const columns = Object.keys(table);
  if (!columns.includes("synthetic_share") && !tiers.every((tier) => columns.includes(`share_${tier}`)))
    throw new TypeError(
      `${path}: expected a column synthetic_share, or share_T0 to share_T3; got ${columns.join(", ")}`
    );
  const measured = columns.filter(
    (name) => !facts.has(name) && !name.startsWith("share_") && table[name].some((value) => typeof value === "number")
  );
  if (measured.length === 0) throw new TypeError(`${path}: expected a number column with benchmark values, found none`);
  return table[columns[0]].map((_, i) => toRun((name) => table[name]?.[i], measured, `${path}: row ${i + 1}`));
}

function toRun(cell: (name: string) => unknown, measured: readonly string[], where: string): TableRun {
  const number = (name: string): number | null => {
    const value = cell(name);
    if (value === null || value === undefined) return null;
    if (typeof value !== "number" || !Number.isFinite(value))
      throw new TypeError(`${where}: ${name}: expected a finite number, got ${String(value)}`);
    return value;
  };
  const byTier = Object.fromEntries(
    tiers.flatMap((tier) => {
      const share = number(`share_${tier}`);
      return share === null ? [] : [[tier, share]];
    })
  ) as TableRun["tiers"];
  const share = number("synthetic_share") ?? (byTier.T2 ?? 0) + (byTier.T3 ?? 0);
  if (share < 0 || share > 1 + 1e-9)
    throw new RangeError(`${where}: synthetic_share: expected a share from 0 to 1, got ${share}`);
  return {
    experiment: String(cell("experiment") ?? "share"),
    arm: String(cell("arm") ?? "runs"),
    seed: String(cell("seed") ?? ""),
    generation: number("generation"),
    tokens: number("tokens"),
    supply: number("supply"),
    share: Math.min(1, share),
    tiers: byTier,
    benchmarks: Object.fromEntries(
      measured.flatMap((name) => {
        const value = number(name);
        return value === null ? [] : [[name, value]];
      })
    )
  };
}
