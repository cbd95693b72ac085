import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {measurePii, type MarkedText} from "../../../lib/curate/pii/measurePii.js";
import type {PiiSpan, PiiType} from "../../../lib/curate/pii/piiSpan.js";
import {piiMarkedTexts} from "../../../lib/run/piiMarkedTexts.js";
import {hasPublicData, publicFile, publicSets} from "../../publicData.js";

const span = (type: PiiType, start: number, end: number): PiiSpan => ({type, start, end, rule: "x", confidence: 1});

test("half of a span's units must be covered, and exact ends where that is asked for", () => {
  const text = "0123456789";
  const marked: MarkedText[] = [
    {
      text,
      spans: [
        {type: "PERSON", start: 0, end: 4},
        {type: "PERSON", start: 6, end: 10}
      ]
    }
  ];
  const found = [span("PERSON", 0, 2), span("PERSON", 4, 7), span("EMAIL", 8, 10)];
  const of = (match: "half" | "exact") => measurePii(marked, {match, find: () => found});
  const [half] = of("half");
  // [0, 2) is half of [0, 4); [4, 7) covers 1 of 4 units and is itself covered by 1 of 3.
  expect(half).toMatchObject({type: "PERSON", marked: 2, recalled: 1, found: 2, right: 1});
  expect(half.f1.value).toBeCloseTo(0.5, 12);
  expect(of("exact")[0]).toMatchObject({recalled: 0, right: 0});
  expect(of("half").find(({type}) => type === "EMAIL")).toMatchObject({
    marked: 0,
    found: 1,
    right: 0,
    recall: {value: null}
  });
});

test("an address that is marked in pieces with its city between them is one right find", () => {
  const spans: MarkedText["spans"] = [
    {type: "ADDRESS", start: 0, end: 3},
    {type: "PLACE", start: 3, end: 8},
    {type: "ADDRESS", start: 8, end: 10}
  ];
  const [, address] = measurePii([{text: "0123456789", spans}], {find: () => [span("ADDRESS", 0, 10)]});
  expect(address).toMatchObject({marked: 2, recalled: 2, found: 1, right: 1});
});

test("texts of one cluster count as one for the interval", () => {
  const spans: MarkedText["spans"] = [{type: "IP", start: 0, end: 1}];
  const texts = (cluster?: string) =>
    Array.from({length: 20}, () => ({text: "a", spans, ...(cluster ? {cluster} : {})}));
  const width = (t: MarkedText[]) => {
    const [low, high] = measurePii(t, {find: () => [span("IP", 0, 1)]}).find(({type}) => type === "IP")!.f1.interval!;
    return high - low;
  };
  expect(width(texts("same"))).toBeGreaterThan(3 * width(texts()));
});

test("a marked span outside its text is an error", () => {
  expect(() => measurePii([{text: "ab", spans: [{type: "IP", start: 1, end: 3}]}])).toThrow(
    "text 0: expected a span within [0, 2]"
  );
});

const listed = publicSets.some(({set}) => set === "pii_presidio");

test.skipIf(!hasPublicData || !listed)(
  "Presidio's texts: F1 of what has a form at least .95, of names and addresses .80",
  async () => {
    const path = publicFile("pii_presidio", "synth_dataset_v2_first300.json");
    expect(JSON.parse(readFileSync(path, "utf8"))).toHaveLength(300);
    const texts: MarkedText[] = [];
    for await (const text of piiMarkedTexts([path])) texts.push(text);
    const measured = measurePii(texts);
    for (const {type, f1} of measured) {
      if (type === "NATIONAL_ID") continue;
      expect(f1.value, type).toBeGreaterThanOrEqual(type === "PERSON" || type === "ADDRESS" ? 0.8 : 0.95);
    }
    // Where the judged figure could be luck: names and addresses clear the bar with their whole interval.
    for (const {type, f1} of measured.slice(0, 2)) expect(f1.interval![0], type).toBeGreaterThanOrEqual(0.8);
  }
);
