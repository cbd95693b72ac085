import type {Law} from "../scaling/law.js";
import {logOffset} from "../scaling/laws/mixLog.js";

/**
 * Writes a law's gradient by some places of its row, and the upper triangle of its Hessian by them, and returns its
 * value. Both are overwritten.
 */
type Slopes = (theta: Float64Array, row: Float64Array, gradient: Float64Array, hessian: Float64Array | null) => number;

/** Laws whose derivatives by the shares are written out. Places are those of the row, in rising order. */
const written: Readonly<Record<string, (law: Law, places: readonly number[]) => Slopes>> = {
  constant: (law) => (theta, row, g, h) => {
    g.fill(0);
    h?.fill(0);
    return law.predict(theta, row);
  },
  "mix-linear": (law, places) => (theta, row, g, h) => {
    for (let i = 0; i < places.length; i++) g[i] = theta[places[i]];
    h?.fill(0);
    return lawValue(law)(theta, row);
  },
  "mix-log": (law, places) => logs(law, places, 0),
  "mix-ridge": (law, places) => logs(law, places, 1),
  "mix-quadratic": (law, places) => (theta, row, g, h) => {
    const m = row.length;
    const k = places.length;
    const pair = (i: number, j: number) => theta[m + i * m - (i * (i + 1)) / 2 + (j - i - 1)];
    for (let i = 0; i < k; i++) {
      const p = places[i];
      let sum = theta[p];
      for (let q = 0; q < m; q++) if (q !== p) sum += row[q] * (q < p ? pair(q, p) : pair(p, q));
      g[i] = sum;
      if (h !== null) for (let j = i; j < k; j++) h[i * k + j] = i === j ? 0 : pair(p, places[j]);
    }
    return law.predict(theta, row);
  },
  "mixing-exponential": (_, places) => (theta, row, g, h) => {
    const m = row.length;
    const k = places.length;
    let sum = 0;
    for (let j = 0; j < m; j++) sum += theta[j + 1] * row[j];
    const above = theta[m + 1] * Math.exp(sum);
    for (let i = 0; i < k; i++) {
      const slope = above * theta[places[i] + 1];
      g[i] = slope;
      if (h !== null) for (let j = i; j < k; j++) h[i * k + j] = slope * theta[places[j] + 1];
    }
    return theta[0] + above;
  },
  "shukor-additive": (law, places) => (theta, row, g, h) => {
    const m = row.length - 2;
    const k = places.length;
    const first = new Float64Array(k);
    const second = new Float64Array(k);
    let sum = 0;
    for (let t = 0; t < m; t++) if (row[2 + t] > 0) sum += theta[5 + t] * row[2 + t] ** theta[5 + m + t];
    for (let i = 0; i < k; i++) {
      const t = places[i] - 2;
      const [c, gamma, w] = [theta[5 + t], theta[5 + m + t], row[places[i]]];
      first[i] = c * gamma * w ** (gamma - 1);
      second[i] = c * gamma * (gamma - 1) * w ** (gamma - 2);
      g[i] = -first[i] / (sum * sum);
    }
    if (h !== null)
      for (let i = 0; i < k; i++)
        for (let j = i; j < k; j++)
          h[i * k + j] = (2 * first[i] * first[j]) / sum ** 3 - (i === j ? second[i] / (sum * sum) : 0);
    return law.predict(theta, row);
  },
  linear: alongShare((_, [, a]) => [a, 0]),
  quadratic: alongShare((x, [, a, b]) => [a + 2 * b * x, 2 * b]),
  "share-log": alongShare((x, [, a, c, e1, e2]) => [
    a / (x + e1) - c / (1 - x + e2),
    -a / (x + e1) ** 2 - c / (1 - x + e2) ** 2
  ]),
  "share-saturating": alongShare((x, [, a, b, tau, omega]) => {
    const rise = (a / tau) * Math.exp(-x / tau);
    const drop = (b / omega) * Math.exp((x - 1) / omega);
    return [rise - drop, -rise / tau - drop / omega];
  })
};

/** A law's derivatives by places of its row: written out where we know them, else by central differences. */
export function lawSlopes(law: Law, places: readonly number[]): Slopes {
  return (written[law.id] ?? differences)(law, places);
}

/** A law's value as a plain loop, for the laws whose own prediction makes lists: a plateau asks for some 100,000. */
export function lawValue(law: Law): (theta: Float64Array, row: Float64Array) => number {
  if (law.id !== "mix-linear" && law.id !== "mix-log" && law.id !== "mix-ridge") return law.predict;
  const first = law.id === "mix-ridge" ? 1 : 0;
  const logged = law.id !== "mix-linear";
  return (theta, row) => {
    const m = row.length;
    let sum = first === 1 ? theta[0] : 0;
    for (let t = 0; t < m; t++) sum += theta[first + t] * row[t];
    if (logged) for (let t = 0; t < m; t++) sum += theta[first + m + t] * Math.log(row[t] + logOffset);
    return sum;
  };
}

/** Σ b_t w_t + Σ c_t log(w_t + offset), b from place `at` of theta on. */
function logs(law: Law, places: readonly number[], at: number): Slopes {
  const value = lawValue(law);
  return (theta, row, g, h) => {
    const m = row.length;
    const k = places.length;
    h?.fill(0);
    for (let i = 0; i < k; i++) {
      const w = row[places[i]] + logOffset;
      const c = theta[at + m + places[i]];
      g[i] = theta[at + places[i]] + c / w;
      if (h !== null) h[i * k + i] = -c / (w * w);
    }
    return value(theta, row);
  };
}

function alongShare(of: (x: number, theta: Float64Array) => readonly [number, number]) {
  return (law: Law, places: readonly number[]): Slopes =>
    (theta, row, g, h) => {
      if (places.length > 0) {
        const [slope, bend] = of(row[0], theta);
        g[0] = slope;
        if (h !== null) h[0] = bend;
      }
      return law.predict(theta, row);
    };
}

/**
 * Central differences, good to about 1e-9 of the value for slopes and 1e-6 for bends, where the law is smooth over
 * 1e-3 of a share; near 0 the steps shrink with the share, so that no share turns negative.
 */
function differences(law: Law, places: readonly number[]): Slopes {
  const k = places.length;
  const steps = new Float64Array(k);
  return (theta, row, g, h) => {
    const value = law.predict(theta, row);
    const moved = row.slice();
    const at = (i: number, si: number, j: number, sj: number) => {
      moved[places[i]] += si * steps[i];
      moved[places[j]] += sj * steps[j];
      const found = law.predict(theta, moved);
      moved[places[i]] = row[places[i]];
      moved[places[j]] = row[places[j]];
      return found;
    };
    for (let i = 0; i < k; i++) {
      steps[i] = Math.min(6e-6, 0.4 * Math.abs(row[places[i]]) || 6e-6);
      g[i] = (at(i, 1, i, 0) - at(i, -1, i, 0)) / (2 * steps[i]);
    }
    if (h === null) return value;
    for (let i = 0; i < k; i++) steps[i] = Math.min(3e-4, 0.4 * Math.abs(row[places[i]]) || 3e-4);
    for (let i = 0; i < k; i++) {
      h[i * k + i] = (at(i, 1, i, 0) - 2 * value + at(i, -1, i, 0)) / (steps[i] * steps[i]);
      for (let j = i + 1; j < k; j++)
        h[i * k + j] =
          (at(i, 1, j, 1) - at(i, 1, j, -1) - at(i, -1, j, 1) + at(i, -1, j, -1)) / (4 * steps[i] * steps[j]);
    }
    return value;
  };
}
