import {expect, test} from "vitest";
import {checkSpans} from "../../lib/curate/spans.js";

const seeds: Record<string, {text: string; kind: "human" | "simulator"}> = {
  h: {text: "Call me Ishmael. Some years ago", kind: "human"},
  s: {text: "Call me Ishmael.", kind: "simulator"}
};
const seed = (sha256: string) => seeds[sha256];
const text = "Call me Ishmael.";

test("a true copy passes under every ceiling, a wrong letter or offset under none", () => {
  for (const ceiling of ["T0", "T1", "T2", "T3"] as const) {
    expect(checkSpans({text, ceiling, spans: [{start: 0, end: 16, seed: "h", from: 0}]}, seed)).toBeNull();
    for (const bad of [
      {start: 0, end: 16, seed: "h", from: 1},
      {start: 0, end: 16, seed: "h", from: 20},
      {start: 0, end: 16, seed: "h", from: -1},
      {start: 0, end: 16, seed: "unknown", from: 0},
      {start: 0, end: 17, seed: "h", from: 0},
      {start: 4, end: 4, seed: "h", from: 0}
    ])
      expect(checkSpans({text, ceiling, spans: [bad]}, seed)?.reason).toBe("span-mismatch");
    expect(
      checkSpans({text: "call me Ishmael.", ceiling, spans: [{start: 0, end: 16, seed: "h", from: 0}]}, seed)
    ).not.toBeNull();
  }
});

test("a simulator's state is no anchor", () => {
  const spans = [{start: 0, end: 16, seed: "s", from: 0}];
  expect(checkSpans({text, ceiling: "T1", spans}, seed)?.detail).toContain("simulator");
  expect(checkSpans({text, ceiling: "T2", spans}, seed)).toBeNull();
});

test("a T0 ceiling needs one span over the whole text", () => {
  expect(checkSpans({text, ceiling: "T0", spans: []}, seed)).not.toBeNull();
  expect(checkSpans({text, ceiling: "T0", spans: [{start: 0, end: 15, seed: "h", from: 0}]}, seed)).not.toBeNull();
});

test("overlapping spans are refused", () => {
  const spans = [
    {start: 0, end: 8, seed: "h", from: 0},
    {start: 7, end: 16, seed: "h", from: 7}
  ];
  expect(checkSpans({text, ceiling: "T2", spans}, seed)).not.toBeNull();
});
