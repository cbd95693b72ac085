import {copyFile, mkdir, readFile, rm} from "node:fs/promises";
import {basename, join} from "node:path";
import {parse} from "yaml";
import {lookedAt, type Looked} from "../curate/audit/looked.js";
import {defectReason} from "../curate/audit/score.js";
import {refuse} from "../curate/rules.js";
import {audit, assignTier} from "../curate/tier.js";
import {Pictures} from "../endpoints/pictures.js";
import {builtinTokenizer} from "../io/assets.js";
import {writeAtomic} from "../io/atomic.js";
import {literal, rows, withDuckDB} from "../io/duckdb.js";
import {withLock} from "../io/lock.js";
import {fromJsonl} from "../io/parquet.js";
import type {AuditLabel, AuditPlan, AuditResult} from "../schema/audit.js";
import {Recipe} from "../schema/recipe.js";
import type {Sample} from "../schema/sample.js";
import {canonicalJson} from "../text/json.js";
import {auditFrame} from "./auditFrame.js";
import {writeCards} from "./cards.js";
import {rejectColumns, sampleColumns} from "./columns.js";
import {auditFile, datasetFiles, rejectsOf, shardsOf} from "./datasetFiles.js";
import {copyMedia} from "./media.js";
import {publish} from "./publish.js";
import {writeShards} from "./writeShards.js";

/** How many samples an audit moved. */
export interface AppliedAudit {
  /** defects, to the rejects */
  out: number;
  /** T2 to T3 */
  down: number;
  /** T3 to T2 */
  up: number;
}

/**
 * Writes a data set anew with what people said: each sample that they looked at carries their verdict; defects go to the
 * rejects, T2 of refused strata goes to T3, what they accepted may rise from T3 to T2, never above its ceiling; cards and
 * meta/audit.json hold the figures. A run of the factory in the same folder makes the data set without it.
 *
 * @throws Error where the decision is still open, or what is left breaks a rule: the data set then stays as it was
 */
export async function auditApply(
  folder: string,
  plan: AuditPlan,
  labels: readonly AuditLabel[],
  result: AuditResult
): Promise<AppliedAudit> {
  const open = result.decision === "go-on" ? "the gate" : result.strata.find((one) => one.decision === "go-on")?.id;
  if (open !== undefined) throw new Error(`expected a decision to apply, got none yet for ${open}: ${result.because}`);
  const store = join(folder, ".store");
  return withLock(join(store, "lock"), async () => {
    const staging = join(store, "staging");
    await rm(staging, {recursive: true, force: true});
    try {
      return await rewrite(folder, staging, {plan, labels, result});
    } finally {
      await rm(staging, {recursive: true, force: true});
    }
  });
}

async function rewrite(
  folder: string,
  staging: string,
  {plan, labels, result}: {plan: AuditPlan; labels: readonly AuditLabel[]; result: AuditResult}
): Promise<AppliedAudit> {
  const recipe = Recipe.parse(parse(await readFile(join(folder, "meta", "recipe.yaml"), "utf8")));
  const files = await datasetFiles(folder);
  await mkdir(join(staging, "meta"), {recursive: true});
  const moved = await withDuckDB(
    async (connection) => {
      await auditFrame(connection, folder);
      const all = (paths: readonly string[]) =>
        `read_parquet([${paths.map((path) => literal(join(folder, path))).join(", ")}])`;
      await connection.run(`
        CREATE TABLE drafts AS SELECT *, '' AS stage, '' AS reason, '' AS detail, []::${rejectColumns.pii} AS pii
        FROM ${all(shardsOf(files))}`);
      if (rejectsOf(files).length > 0)
        await connection.run(`INSERT INTO drafts BY NAME SELECT * FROM ${all(rejectsOf(files))}`);
      const lines = join(staging, "moved.jsonl");
      const {text, counts} = await verdictLines(
        recipe.policy,
        (await rows(connection, seenOf(lookedAt(plan, labels), result))) as unknown as Seen[],
        {plan, labels, result}
      );
      await writeAtomic(lines, text);
      await connection.run(`
        UPDATE drafts SET verdicts = m.verdicts, tier = m.tier, stage = m.stage, reason = m.reason, detail = m.detail
        FROM ${fromJsonl([lines], movedColumns)} AS m WHERE drafts.id = m.id AND drafts.stage = ''`);
      await rm(lines);
      await writeShards(connection, staging, recipe.shard.rows);
      await copyMedia(connection, {from: [new Pictures(folder)], to: staging});
      for (const path of files.filter((path) => path.startsWith("meta/")))
        await copyFile(join(folder, path), join(staging, "meta", basename(path)));
      await writeAtomic(join(staging, auditFile), `${canonicalJson(result, 2)}\n`);
      const card = await writeCards(connection, {folder: staging, recipe, tokenizer: builtinTokenizer()});
      refuse(card.rules);
      return counts;
    },
    {temporary: join(staging, ".spill")}
  );
  await rm(join(staging, ".spill"), {recursive: true, force: true});
  await publish(staging, folder);
  return moved;
}

const movedColumns = {
  id: "VARCHAR",
  tier: "VARCHAR",
  stage: "VARCHAR",
  reason: "VARCHAR",
  detail: "VARCHAR",
  verdicts: sampleColumns.verdicts
};

type Seen = Pick<Sample, "id" | "tier" | "ceiling" | "tokens" | "generated" | "kind" | "verdicts"> & {stratum: string};

/** SQL of the samples that change: those looked at, and all of T2 in a refused stratum. */
function seenOf(looked: readonly Looked[], {strata}: AuditResult): string {
  const ids = looked.filter(({word}) => word !== null).map(({sample}) => literal(sample.id));
  const refused = strata.filter(({decision}) => decision === "reject").map(({id}) => literal(id));
  return `
    SELECT drafts.id, drafts.tier, ceiling, tokens, "generated", kind, verdicts, stratum
    FROM drafts JOIN frame ON frame.id = drafts.id AND drafts.stage = ''
    WHERE drafts.id IN (${["''", ...ids].join(", ")}) OR (drafts.tier = 'T2' AND stratum IN (${["''", ...refused].join(", ")}))
    ORDER BY drafts.id`;
}

function verdictLines(
  policy: Recipe["policy"],
  seen: readonly Seen[],
  {plan, labels, result}: {plan: AuditPlan; labels: readonly AuditLabel[]; result: AuditResult}
): {text: string; counts: AppliedAudit} {
  const looked = new Map(lookedAt(plan, labels).map((one) => [one.sample.id, one]));
  const strata = new Map(result.strata.map((one) => [one.id, one]));
  const counts = {out: 0, down: 0, up: 0};
  const base = {verifier: audit.verifier, family: audit.family, version: result.plan.slice(0, 16), score: null, sandbox: ""}; // prettier-ignore
  const lines = seen.map((sample) => {
    // Applied a second time, a plan says nothing new.
    const verdicts: Sample["verdicts"] = sample.verdicts.filter(
      ({verifier, version}) => verifier !== base.verifier || version !== base.version
    );
    const one = looked.get(sample.id);
    if (one !== undefined && one.word !== null) {
      const reason = defectReason(one) ?? "";
      const detail = one.labels.map(({labeller, label, reason: why}) => `${labeller}: ${why || label}`).join("; ");
      verdicts.push({...base, ok: one.word === "accept", reason, detail: detail.slice(0, 300)});
    }
    const {id, decision, defects, looked: n} = strata.get(sample.stratum)!;
    if (sample.tier === "T2" && decision === "reject")
      verdicts.push({...base, ok: false, reason: audit.stratumRefused, detail: `${id}: ${defects} defects in ${n} samples`}); // prettier-ignore
    const assigned = assignTier({...sample, verdicts}, policy);
    if ("tier" in assigned) {
      if (assigned.tier > sample.tier) counts.down++;
      if (assigned.tier < sample.tier) counts.up++;
      return {id: sample.id, tier: assigned.tier, stage: "", reason: "", detail: "", verdicts};
    }
    counts.out++;
    return {id: sample.id, tier: null, stage: "audit", reason: assigned.reason, detail: assigned.detail, verdicts};
  });
  return {text: lines.map((line) => `${JSON.stringify(line)}\n`).join(""), counts};
}
