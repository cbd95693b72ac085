import {expect, test} from "vitest";
import {
  anchorRule,
  familyRule,
  generatorRule,
  refuse,
  shares,
  singleGeneratorWarnings,
  type TierTokens
} from "../../lib/curate/rules.js";

const tokens: TierTokens = {
  T0: {tokens: 20, generators: {human: 0}},
  T1: {tokens: 10, generators: {cloze: 2}},
  T2: {tokens: 70, generators: {a: 40, b: 30}},
  T3: {tokens: 0, generators: {}}
};

test("natural shares follow the tokens, weights are normalised", () => {
  expect(shares(tokens)).toEqual({T0: 0.2, T1: 0.1, T2: 0.7, T3: 0});
  expect(shares(tokens, {T0: 1, T2: 3})).toEqual({T0: 0.25, T1: 0, T2: 0.75, T3: 0});
});

test("a weight on a tier without tokens is refused, and so is a mix of nothing", () => {
  expect(() => shares(tokens, {T0: 0.5, T3: 0.5})).toThrow("mix.T3");
  expect(() => shares(tokens, {})).toThrow(RangeError);
});

test("the anchor rule holds at its bound, in spite of rounding", () => {
  expect(anchorRule({T0: 0.1, T1: 0.2, T2: 0.7, T3: 0}, 0.3).ok).toBe(true);
  expect(anchorRule({T0: 0.1, T1: 0.19, T2: 0.71, T3: 0}, 0.3).ok).toBe(false);
});

test("a breach names the rule, the value and the bound", () => {
  const broken = anchorRule({T0: 0.125, T1: 0, T2: 0.875, T3: 0}, 0.3);
  expect(() => refuse([broken, familyRule(3)])).toThrow(
    "rule anchor refused: T0 + T1 ≥ 0.3; value 0.125, bound 0.3\nrule family refused: no verdict by the generator's own family; value 3, bound 0"
  );
  expect(() => refuse([familyRule(0)])).not.toThrow();
});

test("generators count only where the mix has weight, and human text alone needs none", () => {
  expect(generatorRule(tokens, shares(tokens), 3)).toMatchObject({value: 3, ok: true});
  expect(generatorRule(tokens, shares(tokens, {T1: 1}), 2)).toMatchObject({value: 1, ok: false});
  expect(generatorRule(tokens, shares(tokens, {T0: 1}), 2)).toMatchObject({value: 0, ok: true});
});

test("a domain with a single generator warns", () => {
  expect(singleGeneratorWarnings({math: {grammar: 5}, code: {a: 1, b: 2}, prose: {human: 0}})).toEqual([
    "math: all generated tokens come from grammar alone"
  ]);
});
