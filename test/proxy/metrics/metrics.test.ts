import {describe, expect, it} from "vitest";
import {createCritic} from "../../../lib/proxy/critic.js";
import {bitsPerByte} from "../../../lib/proxy/metrics/bitsPerByte.js";
import {distinct} from "../../../lib/proxy/metrics/distinct.js";
import {tail} from "../../../lib/proxy/metrics/tail.js";

const of = (...tokens: number[]) => Uint16Array.from(tokens);

describe("bits per byte", () => {
  it("is 8 for a model that gives each byte one chance in 256", () => {
    const documents = [of(0, 1, 2), of(1)];
    expect(bitsPerByte(4 * Math.log(1 / 256), documents, [1, 1, 1])).toBeCloseTo(8, 12);
  });

  it("counts bytes, not tokens", () => {
    expect(bitsPerByte(-Math.LN2 * 12, [of(0, 1)], [1, 3])).toBeCloseTo(3, 12);
  });

  it("needs text", () => expect(() => bitsPerByte(0, [], [1])).toThrow("got none"));
});

describe("the tail", () => {
  // Bigrams of the held-out text: 01 twice, 12, 23, 30 once each; 12 is in one sample, 23 in the other.
  const heldOut = [of(0, 1, 2, 3, 0, 1)];

  it("is the share of rare bigrams that a sample of equal size holds", () => {
    expect(tail([of(1, 2, 0, 0, 0, 0)], heldOut, 4)).toBeCloseTo(1 / 3, 12);
    expect(tail([of(0, 1, 0, 1, 0, 1)], heldOut, 4)).toBe(0);
    expect(tail(heldOut, heldOut, 4)).toBe(1);
  });

  it("reads no more of a sample than the held-out text has tokens", () => {
    expect(tail([of(0, 0, 0, 0, 0, 0), of(1, 2, 3, 0)], heldOut, 4)).toBe(0);
  });

  it("refuses a sample that is too short", () => {
    expect(() => tail([of(1, 2)], heldOut, 4)).toThrow("expected a sample of at least 6 tokens, got 2");
  });
});

describe("distinct-n", () => {
  it("is distinct n-grams over n-grams, within documents", () => {
    expect(distinct([of(1, 1, 1, 1)], 3)).toBe(1 / 2);
    expect(distinct([of(1, 2, 3), of(1, 2, 3)], 3)).toBe(1 / 2);
    expect(distinct([of(1, 2, 3, 4)], 2)).toBe(1);
    expect(distinct([of(1, 2)], 3)).toBe(0);
  });

  it("refuses longer n-grams than a key can hold", () => expect(() => distinct([], 4)).toThrow("got 4"));
});

describe("the critic", () => {
  it("prefers passages whose bigrams are human", () => {
    const human = [of(0, 1, 0, 1, 0, 1, 2)];
    const generated = [of(0, 2, 0, 2, 0, 2, 1)];
    const score = createCritic(human, generated, 3);
    expect(score(of(0, 1, 0, 1))).toBeGreaterThan(0);
    expect(score(of(0, 2, 0, 2))).toBeLessThan(0);
    expect(score(of(1))).toBe(0);
  });
});
