import type {Privacy} from "../run/privacy.js";
import type {DataMembership} from "../run/privacyMembership.js";
import type {Share} from "../run/privacyPii.js";
import {figure, table} from "./table.js";

/** What `ballast privacy` found, for people. */
export function privacyInWords(found: Privacy): string {
  const {samples, seeds, memorisation, nearCopies, canaries, membership, alarms} = found;
  const parts = [`${samples} samples against ${seeds} seeds\n`];
  const there = found.pii.filter(({found, seedValues}) => found + seedValues > 0);
  if (there.length > 0) {
    const head = [
      "personal data",
      "finds",
      "in samples",
      "values in seeds",
      "of them in samples",
      "finds of these",
      "samples with these"
    ];
    const shown = (n: number, {share, interval}: Share) =>
      share === null ? "–" : `${n} (${percent(share, interval)})`;
    const rows = there.map((of) => [
      ...[of.type, String(of.found), String(of.samples), String(of.seedValues)],
      ...[shown(of.replayed, of.ofValues), String(of.replays), shown(of.replaying, of.ofSamples)]
    ]);
    parts.push(table([head, ...rows]));
  } else parts.push("no personal data was found\n");
  const {max, p99, p99Interval, run, long, coverage, least} = memorisation;
  if (long.share !== null && p99 !== null)
    parts.push(
      `longest run of tokens shared with a seed: ${max === 0 ? `under ${least}` : max}; 99th percentile ${p99 === 0 ? `under ${least}` : p99}` +
        `${p99Interval === null ? "" : ` [${p99Interval[0]}, ${p99Interval[1] ?? "–"}]`}; ` +
        `${long.samples} samples (${percent(long.share, long.interval)}) share ${run} or more\n` +
        `${memorisation.ngram}-grams that a seed has cover ${coverage.proportion === null ? "–" : percent(coverage.proportion, coverage.interval)} of the tokens\n`
    );
  if (nearCopies.share !== null)
    parts.push(
      `${nearCopies.samples} samples (${percent(nearCopies.share, nearCopies.interval)}) are near copies of a seed, Jaccard at least ${nearCopies.threshold}\n`
    );
  if (canaries !== null) {
    const {hits, verbatim, expectedByChance, exposures, bound, exposed} = canaries;
    const most = exposures.canaries.reduce((a, b) => (b.exposure > a.exposure ? b : a));
    parts.push(
      `${verbatim} of ${canaries.canaries} canaries stand in the samples, in ${hits} places (at most ${figure(expectedByChance)} by chance)\n` +
        `highest exposure ${figure(most.exposure)} bits [${most.interval.map(figure).join(", ")}] of ${figure(canaries.bits)}, by ${exposures.method} of ${exposures.scored} secrets; ` +
        `${exposed.length} reach ${figure(bound)} bits\n`
    );
  }
  if (membership !== null) parts.push(membershipInWords(membership));
  for (const {kind, detail} of alarms) parts.push(`ALARM ${kind}: ${detail}\n`);
  if (alarms.length === 0) parts.push("no alarm\n");
  return parts.join("");
}

function membershipInWords(found: DataMembership): string {
  const {members, nonMembers, shared, unscored, blind, attacks, control, verdict, detail} = found;
  const left = [
    ...(shared > 0 ? [`${shared} non-members that are members`] : []),
    ...(unscored > 0 ? [`${unscored} texts without a token`] : [])
  ];
  const row = (name: string, {auc, interval, tpr}: Pick<typeof control, "auc" | "interval" | "tpr">) => [
    name,
    `${figure(auc)} [${interval.map(figure).join(", ")}]`,
    ...tpr.map(({tpr, interval}) => (tpr === null || interval === null ? "too few" : percent(tpr, interval)))
  ];
  const head = ["attack", "AUC", ...control.tpr.map(({fpr}) => `TPR at ${figure(100 * fpr)} % FPR`)];
  const rows = [...attacks.map((one) => row(one.id, one)), row("control: trained on the members", control)];
  const few = control.tpr.filter(({tpr}) => tpr === null).map(({detail}) => `${detail}\n`);
  return (
    `membership of ${members} members and ${nonMembers} non-members${left.length === 0 ? "" : `, without ${left.join(" and ")}`}\n` +
    table([head, ...rows]) +
    few.join("") +
    (blind === null
      ? ""
      : `words alone tell them apart with an AUC of ${figure(blind.auc)}; by chance it lies in [${blind.chance.map(figure).join(", ")}], p ${figure(blind.p)}\n`) +
    (control.interval[0] > 0.5
      ? ""
      : "even a model trained on the members does not tell them: this audit has no power\n") +
    `${verdict}: ${detail}\n`
  );
}

function percent(share: number, interval: readonly [number, number] | null): string {
  const shown = `${figure(100 * share)} %`;
  return interval === null ? shown : `${shown} [${interval.map((bound) => figure(100 * bound)).join(", ")}]`;
}
