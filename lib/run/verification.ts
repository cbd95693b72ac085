import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {literal, rows, withDuckDB} from "../io/duckdb.js";
import type {Usage} from "../verify/sandbox/program.js";
import type {Artefacts} from "./artefacts.js";
import type {WrittenVerification} from "./writeVerification.js";

/** What verifiers said of a data set or of somebody's files, in counts. */
export interface Verification {
  /** by verifier; labels and mutants are null where there were none */
  verifiers: WrittenVerification["verifiers"];
  /** time and memory of the last run, by verifier, where it was measured */
  usage: Record<string, Usage | null>;
}

/** The counts that `ballast verify` wrote, or those over a data set's kept and refused samples. */
export async function verification({
  source,
  verification: written,
  shards,
  rejects
}: Pick<Artefacts, "source" | "verification" | "shards" | "rejects">): Promise<Verification> {
  const verifiers =
    written === null
      ? await countVerdicts([...shards, ...rejects])
      : (JSON.parse(await readFile(written, "utf8")) as WrittenVerification).verifiers;
  return {verifiers, usage: await lastUsage(join(source, "meta", "run.jsonl"))};
}

async function countVerdicts(paths: readonly string[]): Promise<Verification["verifiers"]> {
  const counted: Verification["verifiers"] = {};
  if (paths.length === 0) return counted;
  const found = await withDuckDB((connection) =>
    rows(
      connection,
      `SELECT generator, v.verifier AS verifier, v.ok AS ok, v.reason AS reason, v.sandbox AS sandbox, count(*) AS n
       FROM (SELECT generator, unnest(verdicts) AS v
             FROM read_parquet([${paths.map(literal).join(", ")}], union_by_name = true))
       GROUP BY ALL ORDER BY ALL`
    )
  );
  for (const row of found) {
    const {verifier, generator, reason, sandbox, ok, n} = row as unknown as Counted;
    const tally = (counted[verifier] ??= {
      ok: 0,
      no: 0,
      reasons: {},
      sandboxes: {},
      generators: {},
      labels: null,
      mutants: null
    });
    const of = (tally.generators[generator] ??= {ok: 0, no: 0});
    tally[ok ? "ok" : "no"] += n;
    of[ok ? "ok" : "no"] += n;
    if (!ok) tally.reasons[reason] = (tally.reasons[reason] ?? 0) + n;
    if (sandbox !== "") tally.sandboxes[sandbox] = (tally.sandboxes[sandbox] ?? 0) + n;
  }
  return Object.fromEntries(Object.entries(counted).sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Counted {
  verifier: string;
  generator: string;
  reason: string;
  sandbox: string;
  ok: boolean;
  n: number;
}

/** What the last line of a run's log says of its verifiers; nothing where there is no log, or none that says it. */
async function lastUsage(path: string): Promise<Verification["usage"]> {
  if (!existsSync(path)) return {};
  const last = (await readFile(path, "utf8")).trim().split("\n").at(-1) ?? "";
  try {
    return (JSON.parse(last) as {usage?: Verification["usage"]}).usage ?? {};
  } catch {
    return {};
  }
}
