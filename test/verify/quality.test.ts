import {beforeAll, expect, test} from "vitest";
import {cloze} from "../../lib/generate/cloze.js";
import type {Seed} from "../../lib/schema/seed.js";
import {quality} from "../../lib/verify/quality.js";
import {qualityRules} from "../../lib/verify/qualityRules.js";
import {textStatistics} from "../../lib/verify/textStatistics.js";
import {draftsOf} from "../generate/context.js";
import {addresses} from "../seeds/addresses.js";
import {judge} from "./evidence.js";

let seeds: Seed[];
let clean: string[];

beforeAll(async () => {
  seeds = await addresses();
  clean = seeds.filter((_, i) => i % 5 === 0).map(({text}) => text);
});

test("of the passages of the state of the union at least 99 % pass; the others are tables, lists and long periods", async () => {
  const reasons = new Map<string, number>();
  for (const {text} of seeds) {
    const {ok, reason} = await judge(quality, text, "prose");
    if (!ok) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const refused = [...reasons.values()].reduce((a, b) => a + b, 0);
  expect(refused / seeds.length).toBeLessThan(0.01);
  expect([...reasons.keys()].sort()).toEqual([
    "c4-sentences",
    "c4-terminal-punctuation",
    "gopher-alphabetic-words",
    "gopher-ellipses",
    "gopher-repeated-5-grams"
  ]);
});

test("of the clozes made of them at least 99 % pass", async () => {
  const drafts = (await Promise.all(seeds.slice(0, 500).map((seed) => draftsOf(cloze, seed)))).flat();
  const verdicts = await Promise.all(drafts.map(({text}) => judge(quality, text, "cloze")));
  expect(verdicts.filter(({ok}) => ok).length / drafts.length).toBeGreaterThan(0.99);
});

// One way to break each rule; the text of a passage goes in.
const broken: Record<string, (text: string) => string> = {
  malformed: (text) => `${text}\0`,
  "gopher-words": (text) => text.split(" ").slice(0, 40).join(" ") + ".",
  "gopher-mean-word-length": (text) => text.replace(/\S+/g, (word) => `${word}${"e".repeat(9)}`),
  "gopher-hash-signs": (text) => text.replace(/(\S+ ){5}/g, "$&# "),
  "gopher-ellipses": (text) => text.replace(/(\S+ ){5}/g, "$&... "),
  "gopher-bullet-lines": (text) => text.replace(/^|(?<=\.) /g, "\n- ").trim(),
  "gopher-ellipsis-lines": (text) => text.replace(/(\S+ ){40}/g, "$&goes on...\n"),
  "gopher-alphabetic-words": (text) => text.replace(/\S+/g, "$& 1,234"),
  "gopher-stop-words": (text) => text.replace(/\b(the|be|to|of|and|that|have|with)\b/gi, "upon"),
  "gopher-duplicate-lines": (text) => `${text}\n${"So say we all.\n".repeat(3)}`.trim(),
  "gopher-duplicate-line-characters": (text) => `${text}\n${text}`,
  "gopher-top-2-gram": (text) => text.replace(/(\S+ ){4}/g, "$&extraordinary circumstances "),
  "gopher-repeated-10-grams": (text) =>
    `${text} ${text
      .split(" ")
      .slice(0, Math.floor(text.split(" ").length / 2))
      .join(" ")}.`,
  "c4-sentences": (text) => `${text.replace(/[.!?;:]/g, ",")}.`,
  "c4-curly-brackets": (text) => `${text} {menu}.`,
  "c4-lorem-ipsum": (text) => `${text} Lorem ipsum dolor sit amet.`,
  "c4-javascript": (text) => `Please enable JavaScript. ${text}`,
  "c4-policy": (text) => `${text} This site uses cookies.`,
  "c4-terminal-punctuation": (text) => `${text} And then the`,
  "fineweb-terminal-punctuation": (text) =>
    `${text}\n${Array.from({length: 9}, (_, i) => `Item number ${i} of the long list of this page`).join("\n")}`,
  "fineweb-duplicate-line-characters": (text) =>
    `${text}\n${`${text.slice(0, 250)}.\n`.repeat(2)}${"One line more of it.\nAnother.\n"}Last.`,
  "fineweb-short-lines": (text) => `${text}\nHome.\nAbout us.\nContact.`
};

test("every rule that a text can break alone is broken by 50 texts each, and all are refused", async () => {
  const passing: string[] = [];
  for (const text of clean) {
    if (passing.length === 50) break;
    if (/[.!?]$/.test(text) && (await judge(quality, text, "prose")).ok) passing.push(text);
  }
  let refused = 0;
  let planted = 0;
  for (const [id, damage] of Object.entries(broken)) {
    for (const text of passing) {
      const bent = damage(text);
      const rule = qualityRules.find((rule) => rule.id === id)!;
      const value = rule.measure(textStatistics(bent));
      if (value >= (rule.min ?? -Infinity) && value <= (rule.max ?? Infinity))
        throw new Error(`${id} holds at ${value}: ${bent}`);
      planted++;
      if (!(await judge(quality, bent, "prose")).ok) refused++;
    }
  }
  expect(planted).toBeGreaterThanOrEqual(1000);
  expect(refused).toBe(planted);
});

test("the reason is the rule, and the detail its value, its bound and its source", async () => {
  const {reason, detail} = await judge(quality, `${clean[0]} {menu}.`, "prose");
  expect(reason).toBe("c4-curly-brackets");
  expect(detail).toBe("expected at most 0, got 2 (Raffel et al. (2020), arXiv:1910.10683, section 2.2)");
});

test("a kind that is no prose is refused as such", async () => {
  expect((await judge(quality, clean[0], "trajectory")).reason).toBe("not-prose");
});

test("an empty text, a lone surrogate and ten megabytes are refused without an exception", async () => {
  for (const text of ["", " \n ", "\ud800 and the rest of it", "word ".repeat(2_000_000)])
    expect((await judge(quality, text, "prose")).reason).toBe("malformed");
});

test("n-gram shares agree with what a person counts", () => {
  const text = textStatistics("a b c a b c a b d");
  // Nine characters; "a b" is there three times, "a b c" twice.
  expect(text.topNgram(2)).toBeCloseTo(6 / 9, 12);
  expect(text.topNgram(3)).toBeCloseTo(6 / 9, 12);
  // The second "a b c" and, of the third, nothing: "a b d" is new.
  expect(text.repeatedNgrams(3)).toBeCloseTo(3 / 9, 12);
  expect(text.repeatedNgrams(2)).toBeCloseTo(4 / 9, 12);
  expect(textStatistics("all of these words differ").topNgram(2)).toBe(0);
  expect(textStatistics("").repeatedNgrams(5)).toBe(0);
});
