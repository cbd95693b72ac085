import type {ClusteredProportion} from "../stats/clusteredProportion.js";
import type {Agreement, VerifierTally} from "../run/verifyTally.js";
import {table} from "./table.js";

/** What verifiers said, for a person: counts, reasons, labels, mutants, generators where there are several. */
export function verifyInWords(tallies: Readonly<Record<string, VerifierTally>>): string {
  return Object.entries(tallies)
    .map(([id, tally]) => {
      const {ok, no, reasons, sandboxes, generators, labels, mutants, usage} = tally;
      const ran = Object.keys(sandboxes).sort().join(", ");
      const lines = [`${id}: ${ok} ok, ${no} not${ran === "" ? "" : ` (${ran})`}`];
      const list = Object.entries(reasons).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
      lines.push(...list.map(([reason, n]) => `  ${reason} ${n}`));
      if (labels !== null) lines.push(...labelLines(labels));
      if (mutants !== null) {
        const {all, operators, equivalent} = mutants;
        lines.push(`  mutants killed: ${killed(all)}; ${equivalent} more are equivalent`);
        const rows = Object.entries(operators).map(([name, one]) => [`    ${name}`, killed(one)]);
        if (rows.length > 0) lines.push(table(rows).trimEnd());
      }
      const names = Object.entries(generators).filter(([name]) => name !== "");
      if (names.length > 1) {
        const rows = names.map(([name, {ok, no}]) => [`    ${name}`, `${ok} ok`, `${no} not`]);
        lines.push("  by generator:", table(rows).trimEnd());
      }
      if (usage !== null && usage.programs > 0)
        lines.push(
          `  ${usage.programs} programs, ${(usage.wall / 1000).toFixed(1)} s of run time in all, at most ${Math.round(usage.memory / 1e6)} MB`
        );
      return `${lines.join("\n")}\n`;
    })
    .join("");
}

function labelLines({of, agree, sensitivity, specificity, differ}: Agreement): string[] {
  const share = ({of, n, interval}: Agreement["sensitivity"]) =>
    interval === null ? "none" : `${n} of ${of} [${interval.map((p) => p.toFixed(4)).join(", ")}]`;
  return [
    `  ${agree} of ${of} published labels reproduced; right ones accepted: ${share(sensitivity)}, wrong ones refused: ${share(specificity)}`,
    ...(differ.length === 0 ? [] : [`  differ: ${differ.join(", ")}${of - agree > differ.length ? ", …" : ""}`])
  ];
}

function killed({successes, trials, clusters, proportion, interval}: ClusteredProportion): string {
  if (proportion === null || interval === null) return "none to kill";
  return `${successes} of ${trials}, ${proportion.toFixed(3)} [${interval.map((p) => p.toFixed(3)).join(", ")}] over ${clusters} samples`;
}
