import type {Context, Law} from "../../lib/scaling/law.js";
import {createRandom} from "../../lib/text/random.js";

/** True values of a tier law by the names of its parameters. */
export type Truth = Readonly<Record<string, number>>;

/** A simulated study: what is true, what is run, and how often. */
export interface Study {
  readonly name: string;
  readonly law: Law;
  readonly truth: Truth;
  readonly points: number;
  readonly replicates: number;
  /** standard deviation between replicates, in the target's unit */
  readonly sd: number;
  readonly lowerIsBetter: boolean;
  /** tokens at hand of each tier */
  readonly supplies: readonly number[];
}

export const tiers = ["share_T0", "share_T1", "share_T2", "share_T3"];

/** Distinct rows: sizes, tokens and mixes drawn together, pure tiers and anchored mixes among them. */
export function design({points, supplies}: Study): Float64Array[] {
  const random = createRandom("tier design", points);
  return Array.from({length: points}, (_, i) => {
    const n = [1e8, 3e8, 1e9, 3e9][random.int(4)];
    const d = [2e9, 8e9, 3e10, 1e11][random.int(4)];
    const drawn = tiers.map(() => (-Math.log(1 - random())) ** (i % 2 === 0 ? 1 : 2));
    // Every third mix leaves a tier out, and the first ones are pure.
    if (i % 3 === 0) drawn[random.int(4)] = 0;
    const sum = drawn.reduce((a, b) => a + b, 0);
    const mix = i < 4 ? tiers.map((__, j) => (i === j ? 1 : 0)) : drawn.map((v) => v / sum);
    return Float64Array.of(n, d, ...mix, ...supplies);
  });
}

/** What the law is told of these runs. */
export function contextOf({lowerIsBetter}: Study): Context {
  return {tiers, varies: new Set(["n", "d", "shares", "supplies"]), lowerIsBetter};
}

/** The true theta, whole. */
export function thetaOf({law, truth, ...study}: Study): number[] {
  return law.parameters(contextOf({law, truth, ...study})).map(({name, fixed}) => {
    const value = fixed ?? truth[name];
    if (value === undefined) throw new RangeError(`expected a true value of ${name}`);
    return value;
  });
}

/** One simulated table of runs: each point as often as there are replicates, with normal noise. */
export function simulateRuns(study: Study, seed: number): {rows: Float64Array[]; y: number[]} {
  const random = createRandom("tier runs", study.name, seed);
  const theta = thetaOf(study);
  const rows = design(study).flatMap((row) => new Array<Float64Array>(study.replicates).fill(row));
  return {rows, y: rows.map((row) => study.law.predict(theta, row) + study.sd * random.normal())};
}
