import {linearProgram, type Row} from "./linearProgram.js";
import {rowOf, slack, type Rule} from "./rules.js";

/** A part of a training run, with the mix of that part. */
export interface Phase {
  /** where it begins and ends, as fractions of the run's tokens */
  readonly from: number;
  readonly to: number;
  /** share of the phase's tokens by tier; they sum to 1 */
  readonly weights: Readonly<Record<string, number>>;
  readonly note: string;
  /** tokens drawn in this phase by tier; null where the run's tokens were not given */
  readonly tokens: Readonly<Record<string, number>> | null;
  /** epochs over a tier within this phase, for the tiers whose supply is known; null where the run's tokens were not given */
  readonly epochs: Readonly<Record<string, number>> | null;
}

export interface ScheduleOptions {
  /** what the mix of every phase must keep, in the order of the weights' tiers; caps on repetition are not among them */
  rules?: readonly Rule[];
  /** tokens of the whole run */
  tokens?: number;
  /** tokens at hand of each tier */
  supply?: Readonly<Record<string, number>>;
  /** most epochs over a tier in the whole run */
  repetition?: number;
  /** where each phase ends, as fractions of the run, rising to 1 */
  ends?: readonly number[];
  /** by how much of its own average an anchor's share rises from the first phase to the last */
  strength?: number;
  /** tiers that come late; by default T0 and T1, of every domain */
  anchors?: readonly string[];
}

/**
 * A run in phases whose anchors rise from phase to phase and whose average is exactly the weights.
 *
 * An anchor's share rises by `strength` times its average from the first phase to the last, and up to twice that where
 * the run reads the tier more than once: a small supply is kept for the end. The other tiers make room in proportion.
 * Where that breaks a rule, the steps are the nearest ones that keep every rule in every phase; where no anchor can rise,
 * the schedule is one phase and its note says why. Over the whole run each tier is drawn as the weights say, so that its
 * epochs are those of the plan.
 *
 * The order is prior belief, not a finding: the runs behind a fit measured one mix from start to end. Late anchors are
 * the practice of, among others, MiniCPM (arXiv:2404.06395) and Llama 3 (arXiv:2407.21783).
 *
 * @param weights share of the run's tokens by tier, as in a plan
 * @throws RangeError if the weights do not sum to 1 or break a rule or the cap on repetition; for ends that do not rise
 *   to 1; for a tier that is not there
 */
export function schedule(
  weights: Readonly<Record<string, number>>,
  {
    rules = [],
    tokens,
    supply = {},
    repetition = 4,
    ends = [0.6, 0.9, 1],
    strength = 0.5,
    anchors = Object.keys(weights).filter((tier) => /(^|\/)T[01]$/.test(tier))
  }: ScheduleOptions = {}
): Phase[] {
  const tiers = Object.keys(weights);
  const mean = tiers.map((tier) => weights[tier]);
  checkMean(tiers, mean, rules);
  checkEnds(ends);
  if (!(strength >= 0 && strength < Infinity))
    throw new RangeError(`strength: expected a number of at least 0, got ${strength}`);
  for (const [field, names] of [["anchors", anchors] as const, ["supply", Object.keys(supply)] as const])
    for (const tier of names)
      if (!tiers.includes(tier)) throw new RangeError(`${field}: expected one of ${tiers.join(", ")}, got ${tier}`);
  const epochs = epochsOf(tiers, mean, {tokens, supply, repetition});
  const phase = (from: number, to: number, mix: readonly number[], note: string): Phase => {
    const drawn = tokens === undefined ? null : mix.map((w) => w * (to - from) * tokens);
    return {
      from,
      to,
      weights: Object.fromEntries(tiers.map((tier, j) => [tier, mix[j]])),
      note,
      tokens: drawn && Object.fromEntries(tiers.map((tier, j) => [tier, drawn[j]])),
      epochs:
        drawn &&
        Object.fromEntries(
          tiers.flatMap((tier, j) => (supply[tier] > 0 ? [[tier, drawn[j] / supply[tier]] as const] : []))
        )
    };
  };
  const one = (why: string) => [phase(0, 1, mean, `one mix from start to end: ${why}`)];
  if (ends.length === 1 || strength === 0) return one("no rise was asked for");
  const late = tiers.map((tier, j) => anchors.includes(tier) && mean[j] > slack);
  const names = tiers.filter((_, j) => late[j]);
  if (names.length === 0) return one("the mix holds none of the tiers that would come late");
  if (tiers.every((_, j) => late[j] || mean[j] <= slack)) return one("every tier of the mix is an anchor");
  const starts = [0, ...ends.slice(0, -1)];
  const clock = ends.map((_, p) => p / (ends.length - 1));
  const middle = clock.reduce((sum, c, p) => sum + c * (ends[p] - starts[p]), 0);
  const first = -middle;
  const last = 1 - middle;
  const wish = idealRise(mean, late, {first, last, strength, epochs});
  const rise = shrink(mean, nearestRise(mean, late, wish, {first, last, rules}), {first, last, rules});
  const risen = rise.reduce((sum, d, j) => sum + (late[j] ? d : 0), 0);
  if (risen < 1e-6) return one(`${names.join(" and ")} cannot rise from phase to phase${blockers(mean, rules)}`);
  const percent = (mix: readonly number[]) =>
    `${(100 * mix.reduce((sum, w, j) => sum + (late[j] ? w : 0), 0)).toFixed(1)} %`;
  return ends.map((to, p) => {
    const mix = mean.map((w, j) => Math.max(0, w + (clock[p] - middle) * rise[j]));
    const note = `${names.join(" + ")} at ${percent(mix)}, over the run ${percent(mean)}; that anchors come late is prior belief: the runs measured one mix from start to end`;
    return phase(starts[p], to, mix, note);
  });
}

/** By how much each tier's share would change from the first phase to the last, were there no rules; the sum is 0. */
function idealRise(
  mean: readonly number[],
  late: readonly boolean[],
  {first, last, strength, epochs}: {first: number; last: number; strength: number; epochs: readonly (number | null)[]}
): number[] {
  const wish = mean.map((w, j) =>
    late[j] ? w * Math.min(-1 / first, strength * Math.min(2, Math.max(1, epochs[j] ?? 1))) : 0
  );
  const others = mean.reduce((sum, w, j) => sum + (late[j] ? 0 : w), 0);
  const asked = wish.reduce((a, b) => a + b, 0);
  const by = Math.min(1, others / (last * asked));
  return wish.map((d, j) => by * (late[j] ? d : (-asked * mean[j]) / others));
}

/**
 * The rise nearest to the wish that keeps the rules in the first and the last phase, and so in all between: anchors rise
 * or stay, the others fall or stay. Nearest by the sum of |rise − wish| over each tier's average, anchors counting most.
 */
function nearestRise(
  mean: readonly number[],
  late: readonly boolean[],
  wish: readonly number[],
  {first, last, rules}: {first: number; last: number; rules: readonly Rule[]}
): readonly number[] {
  if (shrink(mean, wish, {first, last, rules})[late.indexOf(true)] === wish[late.indexOf(true)]) return wish;
  // Unknowns: each tier's rise or fall over its average, then the distance of each to its wish.
  const live = mean.flatMap((w, j) => (w > slack ? [j] : []));
  const n = live.length;
  const pad = (a: readonly number[]) => [...a, ...new Array<number>(2 * n - a.length).fill(0)];
  const unit = (i: number, v: number) => Array.from({length: n}, (_, t) => (t === i ? v : 0));
  const sign = live.map((j) => (late[j] ? 1 : -1));
  const rows: Row[] = [{a: pad(live.map((j, i) => sign[i] * mean[j])), bound: 0, equal: true}];
  for (const [i, j] of live.entries()) {
    rows.push({a: pad(unit(i, late[j] ? -first : last)), bound: 1});
    const target = Math.abs(wish[j]) / mean[j];
    rows.push(
      {a: [...unit(i, 1), ...unit(i, -1)], bound: target},
      {a: [...unit(i, -1), ...unit(i, -1)], bound: -target}
    );
  }
  for (const {a, bound} of rules.map(rowOf))
    for (const at of [first, last])
      rows.push({a: pad(live.map((j, i) => at * sign[i] * mean[j] * a[j])), bound: Math.max(0, bound - dot(a, mean))});
  const solution = linearProgram([...new Array<number>(n).fill(0), ...live.map((j) => (late[j] ? 100 : 1))], rows);
  if (solution === null) return mean.map(() => 0);
  return mean.map((w, j) => (live.includes(j) ? sign[live.indexOf(j)] * w * solution[live.indexOf(j)] : 0));
}

/** The rise times the largest factor of at most 1 with which the first and the last phase keep every rule. */
function shrink(
  mean: readonly number[],
  rise: readonly number[],
  {first, last, rules}: {first: number; last: number; rules: readonly Rule[]}
): number[] {
  let factor = 1;
  for (const {a, bound} of rules.map(rowOf)) {
    const room = Math.max(0, bound - dot(a, mean)) + 1e-12;
    const slope = dot(a, rise);
    for (const at of [first, last]) if (at * slope > room) factor = Math.min(factor, room / (at * slope));
  }
  return rise.map((d) => factor * d);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, v, j) => sum + v * b[j], 0);
}

function checkMean(tiers: readonly string[], mean: readonly number[], rules: readonly Rule[]): void {
  for (const [j, w] of mean.entries())
    if (!(w >= 0 && w <= 1)) throw new RangeError(`weights.${tiers[j]}: expected a share from 0 to 1, got ${w}`);
  const sum = mean.reduce((a, b) => a + b, 0);
  if (!(Math.abs(sum - 1) <= slack))
    throw new RangeError(`weights: expected shares that sum to 1, got ${sum} (${(sum - 1).toExponential(1)} off)`);
  for (const {rule, statement, a, ...rest} of rules) {
    if (a.length !== tiers.length)
      throw new RangeError(`${rule}: expected ${tiers.length} coefficients, one a tier, got ${a.length}`);
    const over = dot(rowOf({rule, statement, a, ...rest}).a, mean) - rowOf({rule, statement, a, ...rest}).bound;
    if (over > slack)
      throw new RangeError(`weights: expected ${statement}, missed by ${over.toPrecision(3)} (${rule})`);
  }
}

function checkEnds(ends: readonly number[]): void {
  const rising = ends.every((end, p) => end > (ends[p - 1] ?? 0));
  if (!rising || ends[ends.length - 1] !== 1)
    throw new RangeError(`ends: expected fractions that rise to 1, got ${ends.join(", ") || "none"}`);
}

/** Epochs over each tier in the whole run; null where its supply or the run's tokens are not known. */
function epochsOf(
  tiers: readonly string[],
  mean: readonly number[],
  {tokens, supply, repetition}: {tokens?: number; supply: Readonly<Record<string, number>>; repetition: number}
): (number | null)[] {
  if (tokens === undefined) return tiers.map(() => null);
  if (!(tokens > 0 && tokens < Infinity)) throw new RangeError(`tokens: expected a positive number, got ${tokens}`);
  return tiers.map((tier, j) => {
    const hand = supply[tier];
    if (hand === undefined) return null;
    if (!(hand >= 0 && hand < Infinity))
      throw new RangeError(`supply.${tier}: expected a number of at least 0, got ${hand}`);
    const needed = mean[j] * tokens;
    if (needed > (repetition + 1e-6) * hand)
      throw new RangeError(
        `weights: expected at most ${repetition} epochs over ${tier}, got ${hand === 0 ? `${needed} tokens of a tier without any` : (needed / hand).toPrecision(4)}`
      );
    return hand === 0 ? null : needed / hand;
  });
}

function blockers(mean: readonly number[], rules: readonly Rule[]): string {
  const tight = rules.filter((rule) => Math.abs(dot(rule.a, mean) - rule.bound) <= 10 * slack);
  const statements = [...new Set(tight.map(({statement}) => statement))];
  return statements.length === 0 ? "" : `, as the mix lies on the bound of ${statements.join("; ")}`;
}
