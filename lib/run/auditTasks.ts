import {join} from "node:path";
import {literal, rows, withDuckDB} from "../io/duckdb.js";
import {sha256} from "../io/sha256.js";
import type {AuditHead, AuditPlan, AuditTask} from "../schema/audit.js";
import {canonicalJson} from "../text/json.js";
import {datasetFiles, shardsOf} from "./datasetFiles.js";

/** sha256 of a plan, by which labels name it. */
export function planHash(plan: AuditPlan): string {
  return sha256(canonicalJson(plan));
}

/** What one person is to look at, with the texts, in the plan's order; nothing of what others said. */
export interface LabellerTasks {
  head: AuditHead;
  tasks: AuditTask[];
}

/** Reads the texts of a plan's samples and of their seeds, for each labeller. */
export async function auditTasks(folder: string, plan: AuditPlan): Promise<LabellerTasks[]> {
  const shards = shardsOf(await datasetFiles(folder)).filter((path) => /^data\/[^/]+\/T[23]\//.test(path));
  const seeds = join(folder, "meta", "seeds.parquet");
  const found = new Map<string, AuditTask>();
  await withDuckDB(async (connection) => {
    const places = new Map(plan.samples.map((sample) => [sample.id, sample]));
    const from = `read_parquet([${shards.map((path) => literal(join(folder, path))).join(", ")}])`;
    const columns = await rows(connection, `DESCRIBE SELECT * FROM ${from}`);
    const pictures = columns.some((column) => column.column_name === "media")
      ? "list_transform(s.media, one -> one.path)"
      : "[]";
    // In batches: a statement that names a hundred thousand ids would be slow to parse.
    const ids = [...places.keys()];
    for (let i = 0; i < ids.length; i += 1000) {
      const batch = ids
        .slice(i, i + 1000)
        .map(literal)
        .join(", ");
      const read = await rows(
        connection,
        `SELECT s.id, s.tier, s.generator, s.domain, s.kind, s.text, coalesce(seeds.text, '') AS source, ${pictures} AS pictures,
           list_transform(s.verdicts, v -> {'verifier': v.verifier, 'ok': v.ok, 'reason': v.reason, 'score': v.score, 'detail': v.detail}) AS verdicts
         FROM (SELECT * FROM ${from} WHERE id IN (${batch})) AS s LEFT JOIN read_parquet(${literal(seeds)}) AS seeds ON seeds.sha256 = s.seed`
      );
      for (const {pictures, ...row} of read) {
        const {origin, stratum, place} = places.get(row.id as string)!;
        found.set(row.id as string, {
          ...(row as unknown as AuditTask),
          ...{origin, stratum, place},
          ...((pictures as string[]).length === 0 ? {} : {pictures: pictures as string[]})
        });
      }
    }
  });
  const {dataset, rule, strata, reasons} = plan;
  return plan.labellers.map((labeller) => {
    const tasks = plan.samples.filter((sample) => sample.labellers.includes(labeller)).map(({id}) => found.get(id)!);
    return {head: {plan: planHash(plan), labeller, dataset, rule, strata, reasons, tasks: tasks.length}, tasks};
  });
}

/** A labeller's tasks as JSONL: the head, then a line a task. */
export function tasksJsonl({head, tasks}: LabellerTasks): string {
  return [head, ...tasks].map((line) => `${canonicalJson(line)}\n`).join("");
}
