import type {AppliedAudit} from "../run/auditApply.js";
import type {AuditResult} from "../schema/audit.js";
import {table} from "./table.js";

/** What an audit came to, for a terminal. */
export function auditInWords(
  {decision, because, gate, overall, strata, reasons, labels, alpha, alphaInterval}: AuditResult,
  {repeated, applied}: {repeated: number; applied: AppliedAudit | null}
): string {
  const lines = [`${{accept: "accepted", reject: "refused", "go-on": "still open"}[decision]}: ${because}`];
  lines.push(
    `gate: ${gate.defects} defects in ${gate.looked} of ${gate.drawn} samples, 95 % interval ${range(gate.sequential ?? gate.exact)}` +
      (gate.sequential === null
        ? " (exact)"
        : ` (exact over where the test may stop; the naive ${range(gate.exact)} is not valid here)`)
  );
  lines.push(
    overall === null
      ? "over all strata: not known while one of them was not looked at"
      : `over all strata, weighted: ${percent(overall.share)}, 95 % interval ${range(overall.wilson)}`
  );
  const {all, skipped, double, differ} = labels;
  lines.push(`${all} labels, ${skipped} of them skipped, ${repeated} given twice`);
  if (double > 0)
    lines.push(
      `${double} samples looked at twice, ${differ} with different words; alpha ${alpha === null ? "not defined" : alpha.toFixed(3)}` +
        (alphaInterval === null ? "" : `, 95 % interval ${alphaInterval.map((v) => v.toFixed(3)).join(" to ")}`)
    );
  for (const [reason, n] of Object.entries(reasons)) lines.push(`defect: ${reason} ${n}`);
  if (applied !== null)
    lines.push(
      `applied: ${applied.out} samples to the rejects, ${applied.down} from T2 to T3, ${applied.up} from T3 to T2`
    );
  const head = ["stratum", "samples", "drawn", "looked at", "defects", "95 % interval", "decision"];
  const rows = strata.map((one) => [
    ...[one.id, one.size, one.chosen, one.looked, one.defects].map(String),
    range(one.wilson),
    one.decision
  ]);
  return `${lines.join("\n")}\n${table([head, ...rows])}`;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

function range(interval: readonly number[] | null): string {
  return interval === null ? "unknown" : interval.map(percent).join(" to ");
}
