/** What a sequential test is to tell apart, and how often it may err. */
export interface SprtSpec {
  /** share of defects that is fine */
  p0: number;
  /** share that is not, above p0 */
  p1: number;
  /** at most this probability of rejecting p0 */
  alpha: number;
  /** at most this probability of accepting p1 */
  beta: number;
}

/** Two parallel lines over the number of items: accept at or below the lower, reject at or above the upper. */
export interface Sprt extends SprtSpec {
  slope: number;
  /** the lower line is slope · n − acceptBelow */
  acceptBelow: number;
  /** the upper line is slope · n + rejectAbove */
  rejectAbove: number;
}

/** Where a test stands after some items. */
export type SprtDecision = "accept" | "reject" | "go-on";

/**
 * Wald's sequential probability ratio test of a share of defects, as lines.
 *
 * @throws RangeError unless 0 < p0 < p1 < 1 and alpha, beta in (0, 0.5)
 * Source: Wald (1945), doi:10.1214/aoms/1177731118, section 5.
 */
export function sprt({p0, p1, alpha, beta}: SprtSpec): Sprt {
  if (!(p0 > 0 && p0 < p1 && p1 < 1)) throw new RangeError(`expected 0 < p0 < p1 < 1, got ${p0} and ${p1}`);
  for (const error of [alpha, beta])
    if (!(error > 0 && error < 0.5)) throw new RangeError(`expected error rates in (0, 0.5), got ${error}`);
  const clean = Math.log((1 - p0) / (1 - p1));
  const apart = Math.log(p1 / p0) + clean;
  return {
    ...{p0, p1, alpha, beta},
    slope: clean / apart,
    acceptBelow: Math.log((1 - alpha) / beta) / apart,
    rejectAbove: Math.log((1 - beta) / alpha) / apart
  };
}

/** What the lines say of d defects among the first n items. */
export function decide({slope, acceptBelow, rejectAbove}: Sprt, n: number, defects: number): SprtDecision {
  // A line that is met on paper may be missed by rounding.
  if (defects <= slope * n - acceptBelow + 1e-12) return "accept";
  return defects >= slope * n + rejectAbove - 1e-12 ? "reject" : "go-on";
}

/** How a test ends if the share of defects is p. */
export interface SprtOutcomes {
  /** by the number of items after which it ended, from 0: the probability of ending so */
  accept: Float64Array;
  reject: Float64Array;
  /** after `most` items, by the number of defects: the probability of being undecided */
  running: Map<number, number>;
  /** items looked at on average */
  mean: number;
}

/** The exact distribution of a test's end within at most `most` items, each a defect with probability p on its own. */
export function sprtOutcomes(test: Sprt, p: number, most: number): SprtOutcomes {
  const accept = new Float64Array(most + 1);
  const reject = new Float64Array(most + 1);
  let running = new Map([[0, 1]]);
  let mean = 0;
  for (let n = 1; n <= most && running.size > 0; n++) {
    const next = new Map<number, number>();
    for (const [defects, probability] of running) {
      mean += probability;
      for (const [d, share] of [
        [defects, 1 - p],
        [defects + 1, p]
      ]) {
        if (share === 0) continue;
        const by = probability * share;
        const said = decide(test, n, d);
        if (said === "accept") accept[n] += by;
        else if (said === "reject") reject[n] += by;
        else next.set(d, (next.get(d) ?? 0) + by);
      }
    }
    running = next;
  }
  return {accept, reject, running, mean};
}

/**
 * The number of items after which a test is decided but for a probability of `left`, at the share of defects at which it
 * takes longest, which is near its slope.
 */
export function sprtLength(test: Sprt, {left = 0.001}: {left?: number} = {}): number {
  for (let most = 64; ; most *= 2) {
    const {accept, reject} = sprtOutcomes(test, test.slope, most);
    let open = 1;
    for (let n = 1; n <= most; n++) {
      open -= accept[n] + reject[n];
      if (open <= left) return n;
    }
  }
}
