import {allocate} from "../curate/audit/allocate.js";
import {sequence, type DrawnSample} from "../curate/audit/sequence.js";
import {literal, rows, withDuckDB} from "../io/duckdb.js";
import type {AuditPlan, AuditRule} from "../schema/audit.js";
import {decide, sprt} from "../stats/sprt.js";
import {auditFrame} from "./auditFrame.js";

/** What a defect may be called, where a person names no others. */
const defectReasons = [
  "wrong-answer",
  "unsupported-claim",
  "contradicts-source",
  "not-self-contained",
  "off-topic",
  "incoherent",
  "badly-formed",
  "unsafe",
  "personal-data",
  "other"
] as const;

/** How an audit is to be drawn. */
export interface AuditPlanOptions {
  rule: AuditRule;
  seed: number;
  /** share of samples that two people look at */
  double: number;
  labellers: readonly string[];
  reasons?: readonly string[];
  /** at least so many of every stratum, for a plan without defects */
  floor: number;
  /** at most so many of those on which judges disagree */
  disagreements: number;
}

/**
 * Draws the samples of a data set that people are to look at. The same data set, seed and options give the same plan. Draw
 * with a seed that was chosen after the data set was made: whoever knows it beforehand knows which samples count.
 *
 * @throws TypeError where the folder holds no data set; RangeError where it has nothing to draw from
 */
export async function auditPlan(
  folder: string,
  {rule, seed, double, labellers, reasons = defectReasons, floor, disagreements}: AuditPlanOptions
): Promise<AuditPlan> {
  return withDuckDB(async (connection) => {
    const {card, frame, votes, groups} = await auditFrame(connection, folder);
    const chosen = allocate(
      groups.map(({stratum, size, disagreement}) => ({id: stratum, size, disagreement})),
      rule,
      {floor, disagreements}
    );
    const wanted = [...chosen].map(([id, n]) => `(${literal(id)}, ${n})`).join(", ");
    const drawn = (await rows(
      connection,
      `SELECT id, origin, stratum, rank FROM (
         SELECT id, origin, stratum, row_number() OVER (PARTITION BY stratum ORDER BY sha256(${literal(`${seed}:`)} || id), origin) AS rank
         FROM frame
       ) JOIN (VALUES ${wanted}) AS wanted(name, n) ON name = stratum WHERE rank <= n ORDER BY stratum, rank`
    )) as unknown as DrawnSample[];
    const strata = groups.map(({stratum: id, ...group}) => ({id, ...group, chosen: chosen.get(id)!}));
    const byId = new Map(strata.map((one) => [one.id, one]));
    return {
      version: 1,
      dataset: card.name,
      ...{frame, seed, rule, votes, strata},
      labellers: [...labellers],
      reasons: [...reasons],
      samples: sequence(drawn, byId, {seed, double, labellers, first: firstStop(rule)})
    };
  });
}

/** The place at which a plan may end at the earliest. */
function firstStop(rule: AuditRule): number {
  if (rule.plan === "zero-defect") return Infinity;
  const test = sprt(rule);
  let n = 1;
  while (n < rule.most && decide(test, n, 0) !== "accept") n++;
  return n;
}
