import {beforeAll, describe, expect, test} from "vitest";
import {checkSpans} from "../../lib/curate/spans.js";
import {copiedRuns} from "../../lib/generate/document/copiedRuns.js";
import {windows} from "../../lib/generate/document/windows.js";
import {plainReply} from "../../lib/generate/plainReply.js";
import type {Seed} from "../../lib/schema/seed.js";
import {createRandom} from "../../lib/text/random.js";
import {addresses} from "../seeds/addresses.js";
import {seedOf} from "./context.js";

let seeds: Seed[];

beforeAll(async () => {
  seeds = (await addresses()).slice(0, 40);
});

describe("windows of a document", () => {
  test("hold all of it but white space, in order, none longer than asked", () => {
    for (const {text} of seeds)
      for (const size of [2, 50, 300, 2000, 1_000_000]) {
        const parts = windows(text, size);
        expect(parts.every(({start, end}) => end > start && end - start <= size)).toBe(true);
        const words = (value: string) => value.replace(/\s+/g, "");
        expect(words(parts.map(({start, end}) => text.slice(start, end)).join(""))).toBe(words(text));
      }
  });

  test("end at paragraphs, then at sentences, and never within a character", () => {
    const cut = (text: string, size: number) => windows(text, size).map(({start, end}) => text.slice(start, end));
    expect(cut("One.\n\nTwo.\n\nThree.", 12)).toEqual(["One.\n\nTwo.", "Three."]);
    expect(cut("A first one. Another here. Last.", 15)).toEqual(["A first one.", "Another here.", "Last."]);
    expect(cut("😀😀😀", 3)).toEqual(["😀", "😀", "😀"]);
    expect(cut(" \n\n ", 10)).toEqual([]);
  });
});

describe("copied runs", () => {
  test("are true copies in order, and what was pasted is among them", () => {
    const random = createRandom("copies");
    for (const seed of seeds) {
      const from = seed.text.indexOf(" ", random.int(Math.max(1, seed.text.length - 400))) + 1;
      const piece = seed.text.slice(from, from + 200).trimEnd();
      const text = `Something else is said at first, namely: ${piece} And then no more of it.`;
      const spans = copiedRuns(text, seed);
      expect(checkSpans({text, spans, ceiling: "T2"}, () => seed)).toBeNull();
      const copied = spans.reduce((sum, {start, end}) => sum + end - start, 0);
      expect(copied).toBeGreaterThanOrEqual(piece.length);
    }
  });

  test("are longest where an opening stands in several places, and never shorter than 32 units", () => {
    const seed = seedOf("the quick brown fox jumps over a dog. the quick brown fox jumps over a lazy cat again.");
    const text = "the quick brown fox jumps over a lazy cat";
    expect(copiedRuns(text, seed)).toEqual([{start: 0, end: text.length, seed: seed.sha256, from: 38}]);
    expect(copiedRuns("the quick brown fox jumps", seed)).toEqual([]);
  });
});

test.each([
  ["Plain.", "Plain."],
  ["<think>Hm.\nYes.</think>\n\nPlain.", "Plain."],
  ["Sure, here it is:\n\nPlain.", "Plain."],
  ["Here is a tutorial about mills:\nPlain.", "Plain."],
  ["```markdown\n# Mills\n\nPlain.\n```", "# Mills\n\nPlain."],
  ["```markdown\n# A\n```\ntext\n```\nB\n```", "```markdown\n# A\n```\ntext\n```\nB\n```"],
  ["Here lies a king.\nPlain.", "Here lies a king.\nPlain."]
])("%j is %j without what models put around it", (reply, text) => expect(plainReply(reply)).toBe(text));
