import {contextOf} from "../scaling/contextOf.js";
import {lawOf} from "../scaling/laws.js";
import {valuesOf} from "../scaling/prediction.js";
import {rowOf} from "../scaling/rows.js";
import {thetaOf} from "../scaling/thetaOf.js";
import type {Fit} from "../schema/fit.js";
import {cellOf, shareInputs, type Cell} from "./cells.js";
import type {Constraints} from "./constraints.js";
import {curvatureOf, type Curvature} from "./curvature.js";
import {lawSlopes, lawValue} from "./lawSlopes.js";
import {ridgesOf, type Ridges} from "./ridges.js";

/** A benchmark as a smooth function of the weights of the cells. */
export interface Smooth {
  readonly curvature: Curvature;
  /** whether its Hessian is the same everywhere */
  readonly quadratic: boolean;
  value(w: ArrayLike<number>): number;
  /** Adds factor · gradient and factor · Hessian (upper triangle, rows of `stride`), and returns the value. */
  add(
    w: ArrayLike<number>,
    factor: number,
    gradient: Float64Array,
    hessian: Float64Array | null,
    stride: number
  ): number;
  /** itself as a sum of functions of one affine form each, where it is known to be one */
  ridges?(): Ridges | null;
}

/** A fit over the weights of cells, at one scale. */
export interface MixFunction extends Smooth {
  readonly fit: Fit;
  /** the inputs of the fit at a mix, in their order */
  inputs(w: ArrayLike<number>): number[];
  /** the prediction at inputs, in their order */
  predictInputs(x: readonly number[]): number;
  /** the same law under a bootstrap draw */
  draw(b: number): Smooth;
  readonly draws: number;
  /** synthetic share of each cell, where the law knows no more of a mix; else null */
  readonly along: Float64Array | null;
  /** what the other variables were set to, by input */
  readonly at: Readonly<Record<string, number>>;
}

/** Laws that are polynomials of the second degree at most in the shares. */
const quadratics = new Set(["constant", "linear", "mix-linear", "mix-quadratic", "quadratic"]);

/** What a fit needs to know beside the weights. */
export type Setting = Pick<Constraints, "at" | "supply" | "syntheticByTier" | "domains">;

/**
 * Makes a fit a function of the weights of cells.
 *
 * @throws RangeError if a share of the fit stands for no cell, or if it is over the synthetic share and nobody says how
 *   much of each tier is generated
 */
export function createMixFunction(fit: Fit, cells: readonly Cell[], setting: Setting): MixFunction {
  if (fit.first !== null) return chained(createMixFunction(fit.first, cells, setting), fit, setting);
  const n = cells.length;
  const law = lawOf(fit.law);
  const parameters = law.parameters(contextOf(fit));
  const theta = thetaOf(fit, parameters);
  const names = Object.keys(fit.coefficients);
  const places = parameters.flatMap(({name}, i) => (Object.hasOwn(fit.coefficients, name) ? [{i, name}] : []));
  // Draws are in the order of the coefficients that were estimated, as the law names them.
  if (fit.draws.length > 0 && fit.draws[0].length !== places.length)
    throw new RangeError(
      `${fit.law}: expected ${places.length} values in a draw, got ${fit.draws[0].length} for ${names.join(", ")}`
    );
  const {constant, linear, at} = inputMap(fit, cells, setting);
  const inputs = (w: ArrayLike<number>) =>
    constant.map((c, i) => {
      let sum = c;
      for (let j = 0; j < n; j++) sum += linear[i][j] * w[j];
      return sum;
    });
  // A law's row is an affine function of the weights: found at no weight, and at one of each cell.
  const rowAt = (w: ArrayLike<number>) => rowOf(law, valuesOf(fit, inputs(w)));
  const origin = rowAt(new Float64Array(n));
  const columns = cells.map((_, j) => rowAt(Float64Array.from({length: n}, (__, k) => Number(j === k))));
  const moving = [...origin.keys()].filter((r) => columns.some((column) => column[r] !== origin[r]));
  const map = moving.map((r) => Float64Array.from(columns, (column) => column[r] - origin[r]));
  const k = moving.length;
  // Where each varying place of the row is the weight of one cell, that cell; else null.
  const same = map.map((line) => (line.filter((v) => v !== 0).length === 1 ? line.findIndex((v) => v === 1) : -1));
  const direct = same.every((j) => j >= 0) && new Set(same).size === k ? Int32Array.from(same) : null;
  const slopes = lawSlopes(law, moving);
  const value = lawValue(law);
  const row = origin.slice();
  const g = new Float64Array(k);
  const h = new Float64Array(k * k);
  const fill = (w: ArrayLike<number>) => {
    if (direct !== null) for (let i = 0; i < k; i++) row[moving[i]] = origin[moving[i]] + w[direct[i]];
    else
      for (let i = 0; i < k; i++) {
        let sum = origin[moving[i]];
        for (let j = 0; j < n; j++) sum += map[i][j] * w[j];
        row[moving[i]] = sum;
      }
  };
  const smooth = (coefficients: Float64Array): Smooth =>
    ofCurvature(coefficients, curvatureOf(law, parameters, coefficients));
  const ofCurvature = (coefficients: Float64Array, curvature: Curvature): Smooth => ({
    curvature,
    quadratic: quadratics.has(law.id),
    ridges: () =>
      ridgesOf(law, coefficients, {
        n,
        origin,
        column: (place) => map[moving.indexOf(place)] ?? new Float64Array(n)
      }),
    value(w) {
      fill(w);
      return value(coefficients, row);
    },
    add(w, factor, gradient, whole, stride) {
      const hessian = curvature === "linear" ? null : whole;
      fill(w);
      const there = slopes(coefficients, row, g, hessian === null ? null : h);
      if (direct !== null) {
        for (let i = 0; i < k; i++) gradient[direct[i]] += factor * g[i];
        if (hessian !== null)
          for (let i = 0; i < k; i++) {
            const a = direct[i];
            for (let j = i; j < k; j++) {
              const b = direct[j];
              hessian[a < b ? a * stride + b : b * stride + a] += factor * h[i * k + j];
            }
          }
        return there;
      }
      for (let i = 0; i < k; i++) for (let a = 0; a < n; a++) gradient[a] += factor * g[i] * map[i][a];
      if (hessian !== null)
        for (let i = 0; i < k; i++)
          for (let j = 0; j < k; j++) {
            const hij = factor * (i <= j ? h[i * k + j] : h[j * k + i]);
            if (hij === 0) continue;
            for (let a = 0; a < n; a++)
              if (map[i][a] !== 0) for (let b = a; b < n; b++) hessian[a * stride + b] += hij * map[i][a] * map[j][b];
          }
      return there;
    }
  });
  const drawn = new Map<number, Smooth>();
  return {
    ...smooth(theta),
    fit,
    inputs,
    predictInputs: (x) => law.predict(theta, rowOf(law, valuesOf(fit, x))),
    at,
    draws: fit.draws.length,
    draw(b) {
      let made = drawn.get(b);
      if (made === undefined) {
        const moved = theta.slice();
        for (const [c, {i}] of places.entries()) moved[i] = fit.draws[b][c];
        drawn.set(b, (made = smooth(moved)));
      }
      return made;
    },
    along: fit.roles.includes("shares") ? null : Float64Array.from(map[0] ?? new Float64Array(n))
  };
}

/** A benchmark read from a loss that another fit predicts at the mix: through it, the benchmark is one of the mix. */
function chained(first: MixFunction, fit: Fit, {at: given}: Setting): MixFunction {
  const law = lawOf(fit.law);
  const parameters = law.parameters(contextOf(fit));
  const place = fit.roles.indexOf("loss");
  const theta = Float64Array.from(parameters, ({name}) => fit.coefficients[name]?.value ?? fit.fixed[name]);
  const places = parameters.flatMap(({name}, i) => (Object.hasOwn(fit.coefficients, name) ? [i] : []));
  const at: Record<string, number> = {};
  for (const [i, name] of fit.inputs.entries())
    if (i !== place) at[name] = given[name] ?? given[fit.roles[i]] ?? fit.at[name] ?? fit.domain[name][1];
  const others = Object.values(at);
  const row = rowOf(
    law,
    valuesOf(
      fit,
      fit.inputs.map((name) => at[name] ?? 1)
    )
  );
  const of = rowOf(
    law,
    valuesOf(
      fit,
      fit.inputs.map((name) => at[name] ?? 2)
    )
  ).findIndex((v, i) => v !== row[i]);
  const slopes = lawSlopes(law, [of]);
  const own = new Float64Array(1);
  const bend = new Float64Array(1);
  let slope = new Float64Array(0);
  const smooth = (inner: Smooth, coefficients: Float64Array): Smooth => ({
    curvature: "unknown",
    quadratic: false,
    value(w) {
      row[of] = inner.value(w);
      return law.predict(coefficients, row);
    },
    add(w, factor, gradient, hessian, stride) {
      const n = gradient.length;
      if (slope.length !== n) slope = new Float64Array(n);
      slope.fill(0);
      row[of] = inner.add(w, 1, slope, null, stride);
      const value = slopes(coefficients, row, own, hessian === null ? null : bend);
      const kept = slope.slice();
      inner.add(w, factor * own[0], gradient, hessian, stride);
      if (hessian !== null)
        for (let i = 0; i < n; i++)
          for (let j = i; j < n; j++) hessian[i * stride + j] += factor * bend[0] * kept[i] * kept[j];
      return value;
    }
  });
  return {
    ...smooth(first, theta),
    fit,
    at: {...first.at, ...at},
    inputs: (w) => [...first.inputs(w), ...others],
    predictInputs: (x) => {
      row[of] = first.predictInputs(x.slice(0, x.length - others.length));
      return law.predict(theta, row);
    },
    draws: Math.min(first.draws, fit.draws.length),
    draw(b) {
      const moved = theta.slice();
      for (const [c, i] of places.entries()) moved[i] = fit.draws[b][c];
      return smooth(first.draw(b), moved);
    },
    along: first.along
  };
}

/** Inputs as constant + linear · weights. */
function inputMap(fit: Fit, cells: readonly Cell[], {at: given, supply, syntheticByTier, domains}: Setting) {
  const domain = Object.entries(domains ?? {}).find(([, {benchmarks}]) => benchmarks.includes(fit.target));
  const mine = cells.map((cell) => domain === undefined || cell.domain === domain[0]);
  const part = domain === undefined ? 1 : 1 / domain[1].share;
  const shares = shareInputs(fit);
  const constant: number[] = [];
  const linear: number[][] = [];
  const at: Record<string, number> = {};
  let supplies = 0;
  for (const [i, name] of fit.inputs.entries()) {
    const role = fit.roles[i];
    let start = 0;
    let line = cells.map(() => 0);
    if (role === "shares") {
      const cell = cellOf(name);
      line = cells.map((c, j) =>
        mine[j] && (c.name === cell.name || (cell.domain === null && c.tier === cell.tier)) ? part : 0
      );
      if (line.every((v) => v === 0))
        throw new RangeError(`${fit.target}: expected a tier for ${name} among ${cells.map((c) => c.name).join(", ")}`);
    } else if (role === "share") {
      // A share may be that of one cell, as in laws of one domain; else it is the synthetic share.
      const cell = cellOf(name);
      const named = cells.map((c) => Number(c.name === cell.name || c.tier === name || c.domain === name));
      if (named.includes(1)) {
        constant.push(0);
        linear.push(named);
        continue;
      }
      const known = syntheticByTier ?? fit.syntheticByTier;
      if (known === null || known === undefined)
        throw new RangeError(`${fit.target}: expected the synthetic share of each tier in the fit, found none`);
      line = cells.map((c, j) => (mine[j] ? part * (known[c.name] ?? known[c.tier] ?? 0) : 0));
    } else if (role === "supplies") {
      const {name: cell, tier} = cellOf(shares[supplies++] ?? name);
      start = supply[cell] ?? supply[tier] ?? fit.at[name] ?? fit.domain[name][1];
      at[name] = start;
    } else {
      start = given[name] ?? given[role] ?? fit.at[name] ?? fit.domain[name][1];
      at[name] = start;
    }
    constant.push(start);
    linear.push(line);
  }
  return {constant, linear, at};
}
