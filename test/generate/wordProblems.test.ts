import {expect, test} from "vitest";
import {jaccard, shingleSet} from "../../lib/dedup/jaccard.js";
import {createShingler} from "../../lib/dedup/shingles.js";
import {noisyProblems, slips} from "../../lib/generate/noisyProblems.js";
import {drawFrame, families} from "../../lib/generate/wordProblems/problem.js";
import {work} from "../../lib/generate/wordProblems/program.js";
import {wordProblems} from "../../lib/generate/wordProblems.js";
import {malformed} from "../../lib/text/canonical.js";
import {createRandom} from "../../lib/text/random.js";
import {draftsOf, stateSeeds} from "./context.js";

const [seed] = stateSeeds(1);

test("16 families make problems that end in an answer", async () => {
  const drafts = await draftsOf(wordProblems, seed, {count: 600});
  expect(drafts).toHaveLength(600);
  expect(new Set(drafts.map(({payload}) => payload.family)).size).toBe(16);
  for (const {text, spans, kind, domain} of drafts) {
    expect({spans, kind, domain}).toEqual({spans: [], kind: "problem", domain: "math"});
    expect(text).toMatch(/^[^\n]+\n\n(?:[^\n]+: \S+ \S \S+ = \S+\n)+Answer: -?\d+(?:\.\d+|\/\d+)?$/);
    expect(text).not.toMatch(/[{}[\]|]/);
    expect(malformed(text)).toBeNull();
  }
});

test("the same random source gives the same bytes, another one others", async () => {
  const texts = async (name: string) =>
    (await draftsOf(wordProblems, seed, {count: 50, random: createRandom(name)})).map(({text}) => text);
  expect(await texts("a")).toEqual(await texts("a"));
  expect(await texts("a")).not.toEqual(await texts("b"));
});

test("every frame finds numbers, and no number stands twice in its question", () => {
  for (const {id, frames} of families) {
    for (const frame of frames) {
      for (let i = 0; i < 30; i++) {
        const problem = drawFrame(id, frame, createRandom(id, i));
        const worked = work(problem.steps)!;
        expect(worked.every(({result}) => result.n > 0n)).toBe(true);
        const names = Object.keys(frame.numbers).length;
        expect(new Set(problem.question.match(/\d+(?:[./]\d+)?/g)).size).toBe(names);
      }
    }
  }
});

test("of 700 problems at most 1 % are near duplicates of one another", async () => {
  const drafts = await draftsOf(wordProblems, seed, {count: 700});
  const shingle = createShingler();
  const sets = drafts.map(({text}) => shingleSet(shingle(text)));
  let near = 0;
  for (let i = 0; i < sets.length; i++) {
    for (let j = 0; j < i; j++) {
      if (jaccard(sets[i], sets[j]) < 0.8) continue;
      near++;
      break;
    }
  }
  expect(near).toBeLessThanOrEqual(7);
});

test("the noisy twin slips in the share that it is asked to, in every way, and says how", async () => {
  const drafts = await draftsOf(noisyProblems, seed, {count: 2000, options: {rate: 0.4}});
  const made = drafts.map(({payload}) => payload.slip).filter((slip) => slip !== null);
  // Four standard deviations of a binomial share: 4 sqrt(0.4 × 0.6 / 2000) = 0.044.
  expect(Math.abs(made.length / 2000 - 0.4)).toBeLessThan(0.044);
  expect(new Set(made)).toEqual(new Set(slips));
  expect(noisyProblems.family).not.toBe(wordProblems.family);
  const none = await draftsOf(noisyProblems, seed, {count: 200, options: {rate: 0}});
  expect(none.every(({payload}) => payload.slip === null)).toBe(true);
});

test("options that do not fit are refused with their name", async () => {
  await expect(draftsOf(noisyProblems, seed, {options: {rate: 2}})).rejects.toThrow(/"noisy-problems": options.rate/);
  await expect(draftsOf(wordProblems, seed, {options: {hard: true}})).rejects.toThrow(/"word-problems".*hard/);
});
