import type {Random} from "../text/random.js";

/**
 * A draw of how many of n trials succeed, each with probability p; its work does not grow with n.
 *
 * @param n whole, from 0
 * @param p in [0, 1]
 * @throws RangeError for others
 * Source: Hörmann (1993), doi:10.1080/00949659308811496, algorithm BTRS; below a mean of 10 the distribution is inverted,
 *   Kachitvichyanukul & Schmeiser (1988), doi:10.1145/42372.42381, algorithm BINV.
 */
export function binomial(n: number, p: number, random: Random): number {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`expected trials from 0, got ${n}`);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`expected a probability in [0, 1], got ${p}`);
  if (p > 0.5) return n - binomial(n, 1 - p, random);
  if (p === 0 || n === 0) return 0;
  return n * p < 10 ? inverted(n, p, random) : rejected(n, p, random);
}

/** With p ≤ 0.5 and n · p < 10 the start, (1 − p)^n, is above 1e-7. */
function inverted(n: number, p: number, random: Random): number {
  const odds = p / (1 - p);
  for (;;) {
    let left = random();
    let mass = Math.exp(n * Math.log1p(-p));
    for (let k = 0; k <= n; k++) {
      if (left < mass) return k;
      left -= mass;
      mass *= (odds * (n - k)) / (k + 1);
      // What rounding leaves beyond the last mass that counts is drawn anew.
      if (k > n * p && mass < 1e-18) break;
    }
  }
}

function rejected(n: number, p: number, random: Random): number {
  const odds = p / (1 - p);
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const inner = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((n + 1) * p);
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + centre);
    if (edge >= 0.07 && v <= inner) return k;
    if (k < 0 || k > n || edge === 0) continue;
    const height = Math.log((v * alpha) / (a / (edge * edge) + b));
    const top =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      tail(mode) +
      tail(n - mode) -
      tail(k) -
      tail(n - k);
    if (height <= top) return k;
  }
}

/** What Stirling's formula leaves of log k!: log k! − [log √2π + (k + ½) log(k + 1) − (k + 1)]. */
function tail(k: number): number {
  if (k < 10) return tails[k];
  const square = (k + 1) * (k + 1);
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}

const tails = Array.from({length: 10}, (_, k) => {
  let log = 0;
  for (let i = 2; i <= k; i++) log += Math.log(i);
  return log - (Math.log(2 * Math.PI) / 2 + (k + 0.5) * Math.log(k + 1) - (k + 1));
});
