import type {AuditRule} from "../../schema/audit.js";

/** A part of the frame before samples are drawn from it. */
export interface FrameStratum {
  id: string;
  size: number;
  disagreement: boolean;
}

/**
 * How many samples to draw of each stratum.
 *
 * zero-defect: the share 1 − (1 − confidence)^(1 / D) of every stratum, rounded up, D the smallest number of defects that
 * is the share `defects` of the frame. However D defects lie over the strata, all are missed with a probability of at most
 * 1 − confidence: a stratum of N items with d of them misses its own with at most (1 − n / N)^d. sprt: a sequence of `most`
 * items, each stratum in proportion.
 *
 * @param options.floor at least so many of every stratum, or all there are
 * @param options.disagreements at most so many of those on which judges disagree, over all such strata in proportion
 */
export function allocate(
  strata: readonly FrameStratum[],
  rule: AuditRule,
  {floor, disagreements}: {floor: number; disagreements: number}
): Map<string, number> {
  const total = (disagreement: boolean) =>
    strata.reduce((sum, one) => sum + (one.disagreement === disagreement ? one.size : 0), 0);
  const [frame, apart] = [total(false), total(true)];
  const fraction = frame === 0 ? 0 : rule.plan === "sprt" ? Math.min(1, rule.most / frame) : leastFraction(frame, rule);
  return new Map(
    strata.map(({id, size, disagreement}) => {
      if (disagreement) return [id, apart <= disagreements ? size : Math.min(size, Math.ceil((size * disagreements) / apart - 1e-9))]; // prettier-ignore
      return [id, Math.min(size, Math.max(rule.plan === "sprt" ? 0 : floor, Math.ceil(size * fraction - 1e-9)))];
    })
  );
}

function leastFraction(frame: number, {defects, confidence}: {defects: number; confidence: number}): number {
  const least = Math.max(1, Math.ceil(frame * defects - 1e-9));
  return 1 - (1 - confidence) ** (1 / least);
}
