import type {Law} from "../scaling/law.js";
import {logOffset} from "../scaling/laws/mixLog.js";
import {tierPlaces as tier} from "../scaling/laws/tierPlaces.js";

/** A function of one affine form of the weights, which bends one way all along: φ(a · w + from). */
export interface Ridge {
  readonly a: Float64Array;
  readonly from: number;
  /** 1 for a convex φ, −1 for a concave one */
  readonly bend: 1 | -1;
  value(s: number): number;
  slope(s: number): number;
}

/** A function of a sum of ridges that falls and is convex, e.g. one over it; or the negative of one. */
interface Group {
  readonly ridges: readonly Ridge[];
  /** 1 for a convex function, −1 for a concave one */
  readonly bend: 1 | -1;
  value(sum: number): number;
  slope(sum: number): number;
}

/** A function as linear · w, ridges and groups of ridges, up to a constant. */
export interface Ridges {
  readonly linear: Float64Array;
  readonly ridges: readonly Ridge[];
  readonly groups: readonly Group[];
}

/** A law's row as it follows from the weights: row[i] = origin[i] + columns · w. */
interface RowMap {
  readonly n: number;
  readonly origin: readonly number[] | Float64Array;
  /** by place of the row: what each weight adds */
  column(place: number): Float64Array;
}

/** A law as a sum of ridges, where it is known to be one; else null. */
export function ridgesOf({id}: Law, theta: Float64Array, {n, origin, column}: RowMap): Ridges | null {
  const at = (place: number, ridge: Omit<Ridge, "a" | "from">): Ridge => ({
    ...ridge,
    a: column(place),
    from: origin[place]
  });
  const along = (weights: (place: number) => number, places: readonly number[]) => ({
    a: sum(
      n,
      places.map((place) => [weights(place), column(place)] as const)
    ),
    from: places.reduce((total, place) => total + weights(place) * origin[place], 0)
  });
  const m = origin.length;
  const none = new Float64Array(n);
  switch (id) {
    case "mix-log":
    case "mix-ridge": {
      const b = id === "mix-ridge" ? 1 : 0;
      const places = Array.from({length: m}, (_, t) => t);
      return {
        linear: along((t) => theta[b + t], places).a,
        ridges: places.map((t) => at(t, logarithm(theta[b + m + t]))),
        groups: []
      };
    }
    case "mixing-exponential": {
      const places = Array.from({length: m}, (_, t) => t);
      const form = along((t) => theta[1 + t], places);
      return {linear: none, ridges: [{...form, ...exponential(theta[m + 1])}], groups: []};
    }
    case "shukor-additive":
    case "shukor-joint": {
      const k = m - 2;
      const places = Array.from({length: k}, (_, t) => 2 + t);
      const inner = places.map((p) => at(p, power(theta[5 + p - 2], theta[5 + k + p - 2])));
      const groups = [{ridges: inner, ...inverse(1, 1)}];
      if (id === "shukor-additive") return {linear: none, ridges: [], groups};
      const means = [0, 1].flatMap((s): Ridge[] => {
        const p = theta[3 + s];
        const sizes = places.map((place) => theta[5 + (2 + s) * k + place - 2]);
        const most = Math.max(...sizes);
        const scale = most * origin[s] ** -theta[1 + s];
        if (!(scale > 0)) return [];
        // In units of the largest, so that no power overflows.
        const size = (place: number) => Math.max(1e-300, sizes[place - 2] / most);
        return Math.abs(p) < 1e-9
          ? [{...along((place) => Math.log(size(place)), places), ...exponential(scale)}]
          : [{...along((place) => size(place) ** p, places), ...power(scale, 1 / p)}];
      });
      return {linear: none, ridges: means, groups};
    }
    case "tier":
    case "tier-collapse":
      return tierRidges(id === "tier-collapse", theta, {n, origin, column});
    default:
      return null;
  }
}

/** A quadratic function, from its gradient and Hessian at a point, over points whose weights have one sum. */
export function quadraticRidges(
  gradient: Float64Array,
  at: ArrayLike<number>,
  {values, vectors}: {values: ArrayLike<number>; vectors: readonly Float64Array[]}
): Ridges {
  return {
    linear: gradient,
    groups: [],
    ridges: vectors.map((a, k): Ridge => ({
      a,
      from: -a.reduce((total, v, j) => total + v * at[j], 0),
      bend: values[k] < 0 ? -1 : 1,
      value: (s) => (values[k] * s * s) / 2,
      slope: (s) => values[k] * s
    }))
  };
}

/** The tier law's term in tokens and, with it, the collapse term; null where repeats bend a tier both ways. */
function tierRidges(collapse: boolean, theta: Float64Array, {n, origin, column}: RowMap): Ridges | null {
  const k = (origin.length - 2) / 2;
  const [beta, rho, epochs, sign, d] = [theta[tier.beta], theta[tier.rho], theta[tier.R], theta[tier.sign], origin[1]];
  const unit = theta[tier.scale] === 0 ? d : theta[tier.scale];
  const ridges: Ridge[] = [];
  if (collapse) {
    const kappa = sign * theta[tier.q + k];
    const shares = Array.from({length: k}, (_, j) => [theta[tier.q + k + 1 + j], column(2 + j)] as const);
    const from = shares.reduce((total, [p], j) => total + p * origin[2 + j], 0);
    ridges.push({
      a: sum(n, shares),
      from,
      bend: kappa < 0 ? -1 : 1,
      value: (s) => kappa * s * s,
      slope: (s) => 2 * kappa * s
    });
  }
  if (theta[tier.B] === 0) return {linear: new Float64Array(n), ridges, groups: []};
  const inner = Array.from({length: k}, (_, j): Ridge => {
    const supply = origin[2 + k + j];
    const worth = (share: number) => {
      const read = share * d;
      if (!(read > supply)) return [read, d];
      const left = Math.exp((1 - read / supply) / epochs);
      return [supply * (1 + epochs * (1 - left)), d * left];
    };
    const q = theta[tier.q + j] / unit;
    return {
      a: column(2 + j),
      from: origin[2 + j],
      bend: rho > 1 ? 1 : -1,
      value: (s) => (s > 0 ? (q * worth(s)[0]) ** rho : 0),
      slope(s) {
        const [tokens, more] = worth(s);
        return rho * (q * tokens) ** (rho - 1) * q * more;
      }
    };
  });
  if (rho > 1 && inner.some((_, j) => d > origin[2 + k + j])) return null;
  const groups = [{ridges: inner, ...inverse(sign * theta[tier.B], beta / rho)}];
  return {linear: new Float64Array(n), ridges, groups};
}

function sum(n: number, parts: readonly (readonly [number, Float64Array])[]): Float64Array {
  return Float64Array.from({length: n}, (_, j) => parts.reduce((total, [by, a]) => total + by * a[j], 0));
}

function logarithm(c: number): Omit<Ridge, "a" | "from"> {
  return {bend: c > 0 ? -1 : 1, value: (s) => c * Math.log(s + logOffset), slope: (s) => c / (s + logOffset)};
}

function exponential(c: number): Omit<Ridge, "a" | "from"> {
  return {bend: c < 0 ? -1 : 1, value: (s) => c * Math.exp(s), slope: (s) => c * Math.exp(s)};
}

/** c s^p for c ≥ 0 and s ≥ 0. */
function power(c: number, p: number): Omit<Ridge, "a" | "from"> {
  return {
    bend: p > 0 && p < 1 ? -1 : 1,
    value: (s) => c * Math.max(0, s) ** p,
    slope: (s) => c * p * Math.max(0, s) ** (p - 1)
  };
}

/** c s^−p for p ≥ 0. */
function inverse(c: number, p: number): Omit<Group, "ridges"> {
  return {bend: c < 0 ? -1 : 1, value: (s) => c * s ** -p, slope: (s) => -c * p * s ** (-p - 1)};
}
