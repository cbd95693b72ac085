import {expect, test} from "vitest";
import {estimateStep, type PreviewedDraft} from "../../lib/run/estimateStep.js";
import {createRandom, type Random} from "../../lib/text/random.js";

function draft(random: Random, share: number): PreviewedDraft {
  const count = {role: "generate", endpoint: "a", model: "m", prompt: "p", version: "1"} as const;
  return {
    kept: random() < share,
    requests: [{...count, requests: 1, input: 400, output: Math.round(100 * Math.exp(random() - 0.5))}]
  };
}

test("95 % intervals of tokens and drafts hold what the whole step takes in about as many of the previews", () => {
  const trials = 150;
  let tokensHeld = 0;
  let draftsHeld = 0;
  for (let seed = 0; seed < trials; seed++) {
    const random = createRandom("estimate", seed);
    const preview = Array.from({length: 30}, () => draft(random, 0.6));
    const {drafts, requests} = estimateStep(preview, {accept: 200}, {random, draws: 200});
    let made = 0;
    let tokens = 0;
    for (let kept = 0; kept < 200; made++) {
      const one = draft(random, 0.6);
      tokens += one.requests[0].output;
      kept += Number(one.kept);
    }
    const within = ({interval: [low, high]}: {interval: [number, number]}, value: number) =>
      low <= value && value <= high;
    draftsHeld += Number(within(drafts, made));
    tokensHeld += Number(within(requests[0].output, tokens));
  }
  // Binomial: 3 standard errors of a share of .95 over 150 trials are .053.
  expect(draftsHeld / trials).toBeGreaterThan(0.897);
  expect(tokensHeld / trials).toBeGreaterThan(0.897);
  expect(draftsHeld / trials).toBeLessThan(1);
});

test("a preview of which nothing passed asks for no infinity, and says how little it knows", () => {
  const preview = Array.from({length: 10}, () => draft(createRandom(1), 0));
  const {share, drafts} = estimateStep(preview, {accept: 100}, {random: createRandom(2)});
  expect(share).toEqual({value: 0, interval: [0, expect.closeTo(0.3085, 4)]});
  expect(drafts.value).toBe(2200);
  expect(drafts.interval[1]).toBeGreaterThan(1e5);
});

test("a step of so many drafts takes so many times what one takes, an endpoint asked in half of them half", () => {
  const count = {
    role: "judge",
    endpoint: "b",
    model: "m",
    prompt: "p",
    version: "1",
    requests: 2,
    input: 10,
    output: 4
  } as const;
  const preview = [0, 1, 2, 3].map((i) => ({kept: true, requests: i < 2 ? [count] : []}));
  const {drafts, requests} = estimateStep(preview, {drafts: 1000}, {random: createRandom(3)});
  expect(drafts).toEqual({value: 1000, interval: [1000, 1000]});
  expect([requests[0].requests.value, requests[0].input.value]).toEqual([1000, 5000]);
});
