import type {Random} from "../text/random.js";
import {assignment} from "./assignment.js";
import {quantileInterval} from "./quantile.js";
import {drawCounts, type VotePattern} from "./votePatterns.js";

/** What a judge calls cases of one class, by class. */
export interface JudgeTable {
  /** [true class][what the judge says] → probability; a class's row is null where the judge saw none of it */
  rates: readonly (readonly number[] | null)[];
  /** cases it said something of */
  cases: number;
}

/** Truth and judges' rates, found together from the judges' words alone. */
export interface DawidSkene {
  /** share of each class */
  prevalence: number[];
  /** by pattern the probability of each class */
  posteriors: number[][];
  judges: JudgeTable[];
  logLikelihood: number;
  iterations: number;
  /** whether the last step moved no probability by more than the tolerance */
  converged: boolean;
  /** whether classes were renamed, because most judges would else have been wrong most of the time */
  renamed: boolean;
  /** whether rates can be told from chance and from each other at all: three judges or more */
  identified: boolean;
  /** percentile intervals over draws of cases; null without `random` */
  intervals: {prevalence: [number, number][]; rates: ([number, number][] | null)[][]} | null;
}

export interface DawidSkeneOptions {
  classes: number;
  /** for intervals: draws of cases, each fitted anew */
  random?: Random;
  draws?: number;
  level?: number;
  /** at most this many steps */
  iterations?: number;
  /** largest change of a probability at which the fit has settled */
  tolerance?: number;
}

/**
 * Fits the latent-class model in which judges err independently of each other, given the truth: expectation and
 * maximisation from the majority's word. Classes get the names under which most judges are most often right. Memory and
 * work are of the number of patterns, however many cases there are.
 *
 * It does not see judges that err together (of one family, or shown the same misleading text): their agreement counts as
 * truth. With two judges or fewer the rates are one of many solutions, and `identified` is false.
 *
 * @param patterns cases counted by what each judge said: a class from 0, or null; each has one place a judge
 * @throws RangeError for a class that is none, patterns of unequal length, or no word at all
 * Source: Dawid & Skene (1979), doi:10.2307/2346806.
 */
export function dawidSkene(patterns: readonly VotePattern<number>[], options: DawidSkeneOptions): DawidSkene {
  const {classes, random, draws = 200, level = 0.95} = options;
  check(patterns, classes);
  const fitted = fit(patterns, options);
  const {tables, seen} = fitted;
  return {
    prevalence: fitted.prevalence,
    posteriors: fitted.posteriors,
    judges: tables.map((rates, j) => ({
      rates: rates.map((row, c) => (seen[j][c] > 0 ? row : null)),
      cases: patterns.reduce((n, {words, cases}) => n + (words[j] === null ? 0 : cases), 0)
    })),
    logLikelihood: fitted.logLikelihood,
    iterations: fitted.iterations,
    converged: fitted.converged,
    renamed: fitted.renamed,
    identified: patterns[0].words.length > 2,
    intervals: random === undefined ? null : intervalsOf({random, draws, level})
  };

  function intervalsOf({random, draws, level}: {random: Random; draws: number; level: number}) {
    const counts = patterns.map(({cases}) => cases);
    const fits = Array.from({length: draws}, () => {
      const drawn = drawCounts(counts, random);
      const there = patterns.map(({words}, i) => ({words, cases: drawn[i]})).filter(({cases}) => cases > 0);
      return fit(there, options);
    });
    return {
      prevalence: Array.from({length: classes}, (_, c) =>
        quantileInterval(
          fits.map(({prevalence}) => prevalence[c]),
          level
        )
      ),
      rates: tables.map((rates, j) =>
        rates.map((row, c) => {
          const of = fits.filter((drawn) => drawn.seen[j][c] > 0);
          if (seen[j][c] === 0 || of.length === 0) return null;
          return row.map((_, said) =>
            quantileInterval(
              of.map((drawn) => drawn.tables[j][c][said]),
              level
            )
          );
        })
      )
    };
  }
}

interface Fitted {
  prevalence: number[];
  /** by pattern */
  posteriors: number[][];
  /** [judge][true class][word] */
  tables: number[][][];
  /** [judge][true class]: expected cases */
  seen: number[][];
  logLikelihood: number;
  iterations: number;
  converged: boolean;
  renamed: boolean;
}

function fit(
  patterns: readonly VotePattern<number>[],
  {classes, iterations: most = 500, tolerance = 1e-8}: DawidSkeneOptions
): Fitted {
  const judges = patterns[0].words.length;
  let posteriors = patterns.map(({words}) => votes(words, classes));
  let [logLikelihood, iterations, converged] = [-Infinity, 0, false];
  let model = maximise(patterns, posteriors, judges, classes);
  while (iterations < most && !converged) {
    iterations++;
    const expected = expect(patterns, model);
    logLikelihood = expected.logLikelihood;
    const moved = posteriors.reduce(
      (far, row, i) => row.reduce((most, p, c) => Math.max(most, Math.abs(p - expected.posteriors[i][c])), far),
      0
    );
    posteriors = expected.posteriors;
    model = maximise(patterns, posteriors, judges, classes);
    converged = moved <= tolerance;
  }
  // Which class is called what is free in the likelihood: the naming under which judges are right most often.
  const right = Array.from({length: classes}, (_, c) =>
    Array.from({length: classes}, (_, said) =>
      model.tables.reduce((sum, table, j) => sum + (model.seen[j][c] > 0 ? table[c][said] : 0), 0)
    )
  );
  const name = assignment(right);
  const renamed = name.some((to, from) => to !== from);
  const rename = <T>(row: readonly T[]): T[] => {
    const out = [...row];
    for (const [from, to] of name.entries()) out[to] = row[from];
    return out;
  };
  return {
    prevalence: rename(model.prevalence),
    posteriors: renamed ? posteriors.map(rename) : posteriors,
    tables: model.tables.map(rename),
    seen: model.seen.map(rename),
    logLikelihood,
    iterations,
    converged,
    renamed
  };
}

/** Shares of the judges' words; alike where none said anything. */
function votes(words: readonly (number | null)[], classes: number): number[] {
  const said = words.filter((word) => word !== null);
  if (said.length === 0) return new Array<number>(classes).fill(1 / classes);
  const shares = new Array<number>(classes).fill(0);
  for (const word of said) shares[word] += 1 / said.length;
  return shares;
}

type Model = Pick<Fitted, "prevalence" | "tables" | "seen">;

function maximise(
  patterns: readonly VotePattern<number>[],
  posteriors: readonly (readonly number[])[],
  judges: number,
  classes: number
): Model {
  const zeros = () => new Array<number>(classes).fill(0);
  const prevalence = zeros();
  const tables = Array.from({length: judges}, () => Array.from({length: classes}, zeros));
  let total = 0;
  for (const [i, {words, cases}] of patterns.entries()) {
    total += cases;
    for (let c = 0; c < classes; c++) {
      const by = cases * posteriors[i][c];
      prevalence[c] += by;
      for (let j = 0; j < judges; j++) {
        const word = words[j];
        if (word !== null) tables[j][c][word] += by;
      }
    }
  }
  const seen = tables.map((table) => table.map((row) => row.reduce((a, b) => a + b, 0)));
  for (const [j, table] of tables.entries())
    for (const [c, row] of table.entries())
      for (let said = 0; said < classes; said++) row[said] = seen[j][c] > 0 ? row[said] / seen[j][c] : 1 / classes;
  return {prevalence: prevalence.map((v) => v / total), tables, seen};
}

function expect(patterns: readonly VotePattern<number>[], {prevalence, tables}: Model) {
  let logLikelihood = 0;
  const posteriors = patterns.map(({words, cases}) => {
    const logs = prevalence.map((share, c) =>
      words.reduce<number>(
        (sum, word, j) => (word === null ? sum : sum + Math.log(tables[j][c][word])),
        Math.log(share)
      )
    );
    const top = Math.max(...logs);
    const scaled = logs.map((v) => Math.exp(v - top));
    const sum = scaled.reduce((a, b) => a + b, 0);
    logLikelihood += cases * (top + Math.log(sum));
    return scaled.map((v) => v / sum);
  });
  return {posteriors, logLikelihood};
}

function check(patterns: readonly VotePattern<number>[], classes: number): void {
  if (!Number.isInteger(classes) || classes < 2) throw new RangeError(`expected at least 2 classes, got ${classes}`);
  if (patterns.length === 0) throw new RangeError("expected at least one case, got none");
  const judges = patterns[0].words.length;
  for (const [i, {words, cases}] of patterns.entries()) {
    if (words.length !== judges)
      throw new RangeError(`pattern ${i + 1}: expected ${judges} judges, got ${words.length}`);
    if (!Number.isSafeInteger(cases) || cases < 1)
      throw new RangeError(`pattern ${i + 1}: expected a whole number of cases from 1, got ${cases}`);
    for (const word of words)
      if (word !== null && !(Number.isInteger(word) && word >= 0 && word < classes))
        throw new RangeError(`pattern ${i + 1}: expected a class from 0 to ${classes - 1}, or null, got ${word}`);
  }
  if (patterns.every(({words}) => words.every((word) => word === null)))
    throw new RangeError("expected at least one word of a judge, got none");
}
