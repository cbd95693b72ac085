import {expect, test} from "vitest";
import {assignment} from "../../lib/stats/assignment.js";
import {dawidSkene as ofPatterns, type DawidSkeneOptions} from "../../lib/stats/dawidSkene.js";
import {votePatterns} from "../../lib/stats/votePatterns.js";
import {createRandom} from "../../lib/text/random.js";

/** Fitted by patterns, posteriors told by case. */
function dawidSkene(words: readonly (readonly (number | null)[])[], options: DawidSkeneOptions) {
  const patterns = votePatterns(words);
  const place = new Map(patterns.map((one, i) => [one.words.join(), i]));
  const fitted = ofPatterns(patterns, options);
  return {...fitted, posteriors: words.map((said) => fitted.posteriors[place.get(said.join())!])};
}

/** Words of independent judges on cases of known truth; `rates[j][c]` is how often judge j says c where c is true. */
function simulate(n: number, prevalence: readonly number[], rates: readonly (readonly number[])[], seed: string) {
  const random = createRandom(seed);
  const truth = Array.from({length: n}, () => {
    const u = random();
    let sum = 0;
    return Math.max(0, prevalence.findIndex((p) => u < (sum += p))); // prettier-ignore
  });
  const words = truth.map((c) =>
    rates.map((rate) => (random() < rate[c] ? c : (c + 1 + random.int(prevalence.length - 1)) % prevalence.length))
  );
  return {truth, words};
}

test("rates and prevalence are found from the judges' words alone", () => {
  const rates = [[0.95, 0.9], [0.8, 0.85], [0.7, 0.9], [0.9, 0.6]]; // prettier-ignore
  const {truth, words} = simulate(4000, [0.7, 0.3], rates, "binary");
  const fitted = dawidSkene(words, {classes: 2});
  expect(fitted).toMatchObject({converged: true, renamed: false, identified: true});
  // Binomial standard errors of rates over 1,200 cases are at most 1.4 %, of which unknown truth makes about twice.
  for (const [j, rate] of rates.entries())
    for (const c of [0, 1]) expect(Math.abs(fitted.judges[j].rates[c]![c] - rate[c])).toBeLessThan(0.08);
  expect(Math.abs(fitted.prevalence[1] - 0.3)).toBeLessThan(0.04);
  const right = fitted.posteriors.filter((p, i) => p[truth[i]] > 0.5).length / truth.length;
  const majority = words.filter((w, i) => w.filter((v) => v === truth[i]).length > 2).length / truth.length;
  expect(right).toBeGreaterThan(majority);
});

test("three classes with gaps", () => {
  const {words} = simulate(3000, [0.5, 0.3, 0.2], Array(4).fill([0.85, 0.8, 0.9]) as number[][], "three");
  const gaps = words.map((row, i) => row.map((v, j) => (i % 4 === j ? null : v)));
  const fitted = dawidSkene(gaps, {classes: 3});
  expect(fitted.judges.map(({cases}) => cases)).toEqual([2250, 2250, 2250, 2250]);
  for (const {rates} of fitted.judges)
    for (const [c, expected] of [0.85, 0.8, 0.9].entries())
      // Standard errors over 450 cases are 1.9 %; four of them, and as much again for unknown truth.
      expect(Math.abs(rates[c]![c] - expected)).toBeLessThan(0.1);
});

test("a judge who always says yes has specificity 0, and one who lies gets a rate under half", () => {
  const {words} = simulate(3000, [0.5, 0.5], [[0.9, 0.9], [0.85, 0.85], [0.9, 0.8], [0, 1], [0.2, 0.2]], "yes"); // prettier-ignore
  const {judges} = dawidSkene(words, {classes: 2});
  expect(judges[3].rates).toEqual([[0, 1], [0, 1]]); // prettier-ignore
  expect(judges[4].rates[0]![0]).toBeLessThan(0.3);
});

test("names of classes follow the judges, whatever the order of cases", () => {
  const {words} = simulate(1000, [0.5, 0.5], Array(5).fill([0.8, 0.8]) as number[][], "names");
  const fitted = dawidSkene(words, {classes: 2});
  const turned = dawidSkene([...words].reverse(), {classes: 2});
  for (const {rates} of fitted.judges) expect(rates[0]![0] + rates[1]![1]).toBeGreaterThan(1);
  expect(turned.prevalence[0]).toBeCloseTo(fitted.prevalence[0], 6);
  // Judges who are all wrong most of the time are taken for right: nothing in their words tells the two apart.
  const liars = dawidSkene(words.map((row) => row.map((v) => 1 - v)), {classes: 2}); // prettier-ignore
  expect(liars.prevalence[0]).toBeCloseTo(fitted.prevalence[1], 6);
});

test("each step raises the likelihood, so that more of them never lower it", () => {
  const {words} = simulate(300, [0.6, 0.4], Array(3).fill([0.8, 0.7]) as number[][], "steps");
  let before = -Infinity;
  for (const iterations of [1, 2, 3, 5, 10, 50, 200]) {
    const {logLikelihood} = dawidSkene(words, {classes: 2, iterations, tolerance: 0});
    expect(logLikelihood).toBeGreaterThanOrEqual(before - 1e-9);
    before = logLikelihood;
  }
});

test("two judges are said not to identify anything, and bad words are refused", () => {
  expect(dawidSkene([[0, 1], [1, 1]], {classes: 2}).identified).toBe(false); // prettier-ignore
  expect(() => dawidSkene([[0, 2]], {classes: 2})).toThrow("pattern 1: expected a class from 0 to 1, or null, got 2");
  expect(() => dawidSkene([[0, 1], [1]], {classes: 2})).toThrow("pattern 2: expected 2 judges, got 1"); // prettier-ignore
  expect(() => dawidSkene([[null, null]], {classes: 2})).toThrow("got none");
});

test("bootstrap intervals cover the true rates about as often as they say", () => {
  const rates = [[0.9, 0.85], [0.8, 0.9], [0.85, 0.8], [0.9, 0.9]]; // prettier-ignore
  let [covered, asked] = [0, 0];
  for (let s = 0; s < 20; s++) {
    const {words} = simulate(400, [0.6, 0.4], rates, `cover ${s}`);
    const {intervals} = dawidSkene(words, {classes: 2, random: createRandom(s), draws: 60, tolerance: 1e-5});
    for (const [j, rate] of rates.entries())
      for (const c of [0, 1]) {
        const [low, high] = intervals!.rates[j][c]![c];
        asked++;
        if (low <= rate[c] && rate[c] <= high) covered++;
      }
  }
  // 160 answers of 20 data sets: about 5 % a standard error if those of one set go together; percentiles of 60 draws
  // hold 93 % at best.
  expect(covered / asked).toBeGreaterThan(0.8);
  expect(covered / asked).toBeLessThan(1);
});

test("the assignment is the best of all permutations", () => {
  const random = createRandom("assignment");
  const permutations = (of: number[]): number[][] =>
    of.length === 0 ? [[]] : of.flatMap((v) => permutations(of.filter((w) => w !== v)).map((rest) => [v, ...rest]));
  for (let s = 0; s < 50; s++) {
    const gains = Array.from({length: 5}, () => Array.from({length: 5}, () => random()));
    const sum = (columns: readonly number[]) => columns.reduce((total, c, r) => total + gains[r][c], 0);
    const best = Math.max(...permutations([0, 1, 2, 3, 4]).map(sum));
    expect(sum(assignment(gains))).toBeCloseTo(best, 12);
  }
  expect(assignment([[1, 1], [1, 1]])).toEqual([0, 1]); // prettier-ignore
});
