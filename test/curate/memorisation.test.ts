import {expect, test} from "vitest";
import {memorisation, type MemorisedSample, type MemorisationOptions} from "../../lib/curate/memorisation.js";
import {createMemorisationTally} from "../../lib/curate/memorisationTally.js";
import {createRandom} from "../../lib/text/random.js";

async function* named(texts: readonly string[]) {
  for (const [i, text] of texts.entries()) yield {id: String(i), text};
}

async function measured(samples: readonly string[], seeds: readonly string[], options?: MemorisationOptions) {
  const found: MemorisedSample[] = [];
  for await (const sample of memorisation(() => named(samples), named(seeds), options)) found.push(sample);
  return found;
}

test("longest runs and coverage are those of all pairs of places, whatever the parts of the seeds", async () => {
  const random = createRandom("memorisation");
  let shared = 0;
  for (let round = 0; round < 200; round++) {
    const vocabulary = 2 + random.int(6);
    const draw = (most: number) => Array.from({length: random.int(most)}, () => `w${random.int(vocabulary)}`);
    const seeds = Array.from({length: 1 + random.int(4)}, () => draw(40));
    const samples = Array.from({length: 1 + random.int(3)}, () => draw(40));
    for (const sample of samples) {
      const seed = random.pick(seeds);
      const from = random.int(seed.length + 1);
      if (random() < 0.5) sample.splice(random.int(sample.length + 1), 0, ...seed.slice(from, from + random.int(25)));
    }
    const least = 1 + random.int(8);
    const ngram = least + random.int(5);
    const sampleTexts = samples.map((words) => words.join(", ").toUpperCase());
    const seedTexts = seeds.map((words) => words.join(" – "));
    const part = random() < 0.5 ? 1 : 1000;
    const found = await measured(sampleTexts, seedTexts, {least, ngram, part});
    for (const [i, words] of samples.entries()) {
      let longest = 0;
      let at = 0;
      const covered = new Set<number>();
      for (const seed of seeds)
        for (let p = 0; p < words.length; p++)
          for (let q = 0; q < seed.length; q++) {
            let n = 0;
            while (p + n < words.length && q + n < seed.length && words[p + n] === seed[q + n]) n++;
            if (n > longest || (n === longest && p < at)) [longest, at] = [n, p];
            if (n >= ngram) for (let k = p; k < p + n; k++) covered.add(k);
          }
      expect(found[i]).toMatchObject({tokens: words.length, covered: covered.size});
      if (longest < least) {
        expect(found[i].longest).toBe(null);
        continue;
      }
      shared++;
      const {tokens, start, end, seed, seedStart, seedEnd} = found[i].longest!;
      const copy = words.slice(at, at + longest);
      expect(tokens).toBe(longest);
      expect(sampleTexts[i].slice(start, end)).toBe(copy.join(", ").toUpperCase());
      expect(sampleTexts[i].slice(0, start).match(/W/g)?.length ?? 0).toBe(at);
      expect(seedTexts[Number(seed)].slice(seedStart, seedEnd)).toBe(copy.join(" – "));
    }
  }
  expect(shared).toBeGreaterThan(150);
});

test("one word without end, and a copy of everything, are measured in the time of their length", async () => {
  const word = "ha ".repeat(200_000);
  const [whole, half] = await measured([word, `so ${"ha ".repeat(1000)} it goes on`], [word, "ha ".repeat(50)]);
  expect(whole).toMatchObject({tokens: 200_000, covered: 200_000, longest: {tokens: 200_000, start: 0}});
  expect(half).toMatchObject({tokens: 1004, covered: 1000, longest: {tokens: 1000, start: 3, end: 3 + 2999}});
});

test("samples that change between readings, and n-grams below the least, are errors", async () => {
  let call = 0;
  const changing = () => named([["a b c"], ["a b"]][call++]);
  const read = async () => {
    for await (const _ of memorisation(changing, named(["a", "b"]), {part: 1}));
  };
  await expect(read()).rejects.toThrow("0: expected the same samples each time");
  await expect(measured([], [], {ngram: 5})).rejects.toThrow("expected n-grams of 8 tokens or more");
  expect(await measured(["a b", ""], [])).toEqual([
    {id: "0", tokens: 2, longest: null, covered: 0},
    {id: "1", tokens: 0, longest: null, covered: 0}
  ]);
});

test("the summary counts exactly; its intervals are those of order statistics and of the binomial", () => {
  const tally = createMemorisationTally();
  const add = (length: number, id: string) =>
    tally.add({
      id,
      tokens: 100,
      longest: length === 0 ? null : {tokens: length, start: 0, end: 1, seed: "s", seedStart: 0, seedEnd: 1},
      covered: length
    });
  // Lengths 1 to 1000, in a shuffled order.
  for (const i of createRandom("tally").shuffle(Array.from({length: 1000}, (_, i) => i)))
    add(Math.min(100, (i + 1) / 10), `s${i}`);
  const {max, p99, p99Interval, long, beyondMax, coverage} = tally.result();
  expect(max).toBe(100);
  expect(p99).toBe(99);
  // scipy.stats.binom(1000, 0.99): ppf(.025) = 983; the smallest k with P(X < k) ≥ .975 is 997 (cdf(995) = .9713, cdf(996) = .9899).
  expect(p99Interval).toEqual([98.3, 99.7]);
  expect(long.samples).toBe(501);
  expect(long.share).toBe(0.501);
  expect(beyondMax).toBeCloseTo(1 - 0.05 ** (1 / 1000), 12);
  expect(coverage.proportion).toBeCloseTo(0.5005, 10);
});

test("without samples nothing is estimated; few samples bound the percentile from one side only", () => {
  const tally = createMemorisationTally();
  expect(tally.result()).toMatchObject({samples: 0, max: 0, p99: null, p99Interval: null, beyondMax: null});
  for (let i = 0; i < 20; i++) tally.add({id: `${i}`, tokens: 10, longest: null, covered: 0});
  expect(tally.result()).toMatchObject({max: 0, maxSample: null, p99: 0, p99Interval: [0, null]});
  expect(() => createMemorisationTally({run: 5})).toThrow("expected a run of 8 tokens or more");
});
