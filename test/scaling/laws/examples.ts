import type {Context, Law, Variable} from "../../../lib/scaling/law.js";
import {lawOf} from "../../../lib/scaling/laws.js";

/** Coefficients that a law may well have, and runs that tell them, for laws over tiers three of them. */
export interface Example {
  readonly law: Law;
  readonly context: Context;
  readonly theta: readonly number[];
  readonly rows: readonly Float64Array[];
}

const tiers = ["T0", "T2", "T3"];
const shares = Array.from({length: 12}, (_, i) => [(i + 0.3) / 12]);
const mixes = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [0.5, 0.5, 0],
  [0.5, 0, 0.5],
  [0, 0.5, 0.5],
  [0.6, 0.3, 0.1],
  [0.2, 0.7, 0.1],
  [0.1, 0.2, 0.7],
  [0.05, 0.15, 0.8],
  [0.3, 0.3, 0.4],
  [0.45, 0.1, 0.45],
  [0.02, 0.9, 0.08],
  [0.25, 0.02, 0.73],
  [0.8, 0.15, 0.05]
];
const ns = [2e7, 7e7, 2e8, 1e9, 4e9];
const ds = [3e8, 1e9, 5e9, 2e10, 1e11];
const generations = [1, 2, 3, 5, 8, 13, 21];
const samples = [20, 50, 200];

const cross = (...lists: readonly (readonly number[])[]): number[][] =>
  lists.reduce<number[][]>((rows, list) => rows.flatMap((row) => list.map((v) => [...row, v])), [[]]);

/** Runs over sizes, tokens and mixes, thinned to every fourth, so that all mixes are among them. */
const scaled = ns.flatMap((n) => ds.flatMap((d) => mixes.map((w) => [n, d, ...w]))).filter((_, i) => i % 4 === 0);

/** By law: a theta, the rows, and whether the target rises. */
const cases: Record<string, {theta: number[]; rows: number[][]; rises?: boolean}> = {
  constant: {theta: [1.5], rows: [[], [], []]},
  linear: {theta: [1.5, -0.4], rows: shares},
  quadratic: {theta: [1.5, -0.5, 0.4], rows: shares},
  "share-log": {theta: [1.5, -0.05, -0.1, 0.05, 0.02], rows: shares},
  "share-kink": {theta: [1.5, -0.2, 0.9, 0.5], rows: shares},
  "share-saturating": {theta: [1.5, -0.3, -0.2, 0.15, 0.07], rows: shares},
  "mix-linear": {theta: [1.5, 1.7, 2], rows: mixes},
  "mix-log": {theta: [1.5, 1.7, 2, -0.01, -0.02, -0.005], rows: mixes},
  "mix-quadratic": {theta: [1.5, 1.7, 2, -0.3, 0.1, -0.6], rows: mixes},
  "mix-ridge": {theta: [1.2, 0.3, 0.5, 0.8, -0.01, -0.02, -0.005], rows: mixes},
  "mixing-exponential": {theta: [1.3, -1.2, -0.4, 0.3, 1], rows: mixes},
  bimix: {theta: [900, 1.8, 0.07, 0.36], rows: cross(ds, [0.03, 0.1, 0.3, 0.7, 1])},
  "shukor-additive": {theta: [1.2, 400, 800, 0.34, 0.3, 3, 2, 1.5, 0.4, 0.2, 0.6], rows: scaled},
  "shukor-joint": {
    theta: [1.2, 0.34, 0.3, 1.4, -0.7, 3, 2, 1.5, 0.4, 0.2, 0.6, 390, 580, 270, 600, 940, 730],
    rows: scaled
  },
  chinchilla: {theta: [1.8, 480, 2100, 0.35, 0.37], rows: cross(ns, ds)},
  "power-n": {theta: [1.8, 480, 0.35, 1], rows: ns.map((n) => [n])},
  "power-d": {theta: [0.7, 900, 0.4, -1], rows: ds.map((d) => [d]), rises: true},
  repeats: {theta: [1.9, 520, 1500, 0.35, 0.36, 15, 5], rows: cross(ns, ds, [1e8, 1e9, 1e10])},
  rectified: {theta: [0.9, 2.4, 3e4, 0.45, 1], rows: [0, 200, 1e3, 5e3, 2e4, 1e5, 5e5, 2e6, 1e7].map((d) => [d])},
  goyal: {
    theta: [0.4, 30, 0.16, 0.12, 0.07, 6, 3, 9],
    rows: cross(ds, [2e8, 2e9, 1e12]).flatMap(([d, s], i) =>
      [0, 5, 10].map((j) => [d, ...mixes[(i + j) % mixes.length], s, 3 * s, 10 * s])
    )
  },
  sigmoid: {
    theta: [0.25, 0.6, 2.7, 5],
    rows: Array.from({length: 15}, (_, i) => [1.8 + 0.13 * i])
  },
  "collapse-replace": {theta: [1.1, 0.9], rows: cross(generations, samples)},
  "collapse-accumulate": {theta: [0.01, 1.2], rows: cross(generations, samples)},
  "regression-replace": {theta: [0.2, 9, 8], rows: cross(generations, samples)},
  "regression-accumulate": {theta: [0.2, 9, 8], rows: cross(generations, samples)},
  "tail-cut": {theta: [1.6, 700, 3, 0.33, 0.5], rows: cross(ds, [100, 1e3, 1e4, Infinity])}
};

/** An example of every law that has one here. */
export const examples: readonly Example[] = Object.entries(cases).map(([id, {theta, rows, rises = false}]) => {
  const law = lawOf(id);
  return {
    law,
    theta,
    rows: rows.map((row) => Float64Array.from(row)),
    context: {
      tiers: law.reads.includes("shares") ? tiers : [],
      varies: new Set<Variable>([...law.reads, ...(law.optional ?? [])]),
      lowerIsBetter: !rises,
      knot: 0.5
    }
  };
});
