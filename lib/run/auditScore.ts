import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {checkLabels, type CheckedLabels} from "../curate/audit/checkLabels.js";
import {score} from "../curate/audit/score.js";
import {withDuckDB} from "../io/duckdb.js";
import {readRows} from "../io/readRows.js";
import {AuditPlan, type AuditResult} from "../schema/audit.js";
import {auditFrame} from "./auditFrame.js";
import {planHash} from "./auditTasks.js";

/** A plan with its labels, and what they say of it. */
export interface ScoredAudit extends CheckedLabels {
  plan: AuditPlan;
  result: AuditResult;
}

/**
 * Reads a plan and labels, and scores them.
 *
 * @param options.plan path of the plan; DIR/audit-plan.json without it
 * @throws TypeError for a plan or a label that is none, and where the data set is not the one that was drawn from
 */
export async function auditScore(
  folder: string,
  labelFiles: readonly string[],
  {plan: path = join(folder, "audit-plan.json")}: {plan?: string} = {}
): Promise<ScoredAudit> {
  const plan = await readPlan(path);
  const {frame} = await withDuckDB((connection) => auditFrame(connection, folder));
  if (frame.sha256 !== plan.frame.sha256)
    throw new TypeError(
      `${folder}: expected the ${plan.frame.rows} samples of T2 and T3 that ${path} was drawn from, got ${frame.rows} of which some are others: draw a new plan`
    );
  const hash = planHash(plan);
  const rows = [];
  for await (const row of readRows(labelFiles)) rows.push(row);
  const checked = checkLabels(rows, plan, hash);
  return {plan, ...checked, result: score(plan, checked.labels, hash)};
}

async function readPlan(path: string): Promise<AuditPlan> {
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null)
    throw new TypeError(`${path}: expected a plan as \`ballast audit plan\` writes it, got nothing there`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TypeError(`${path}: expected JSON: ${(error as Error).message}`, {cause: error});
  }
  const {data, error} = AuditPlan.safeParse(value);
  if (data !== undefined) return data;
  const [{path: field, message}] = error.issues;
  throw new TypeError(`${path}: ${field.join(".")}: ${message}`);
}
