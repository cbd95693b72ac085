import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {createSpanReader} from "../../lib/dedup/spanReader.js";
import {spanProofs, type ProvedSpan} from "../../lib/run/spanProofs.js";
import {spanRepeats} from "../../lib/run/spanRepeats.js";
import {createRandom, type Random} from "../../lib/text/random.js";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "ballast-spans-"))));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

async function found(texts: readonly string[], size: number): Promise<ProvedSpan[]> {
  async function* at(positions: Iterable<number>) {
    for (const position of positions) yield {position, text: texts[position]};
  }
  const documents = {
    count: texts.length,
    characters: texts.join("").length,
    each: () => at(texts.keys()),
    read: at
  };
  const read = createSpanReader();
  const own = mkdtempSync(join(folder, "case-"));
  const spans: ProvedSpan[] = [];
  for await (const batch of spanProofs(documents, read, await spanRepeats(documents, read, {size, folder: own})))
    spans.push(...batch);
  return spans;
}

/** By document and token: whether it stands in a window that stood before, overlapping it nowhere. All pairs. */
function repeated(documents: readonly (readonly string[])[], size: number): boolean[][] {
  const windows = documents.flatMap((words, document) =>
    Array.from({length: Math.max(0, words.length - size + 1)}, (_, from) => ({
      document,
      from,
      text: words.slice(from, from + size).join(" ")
    }))
  );
  const out = documents.map((words) => words.map(() => false));
  for (const [i, later] of windows.entries()) {
    const before = windows
      .slice(0, i)
      .some(
        (earlier) =>
          earlier.text === later.text && (earlier.document < later.document || earlier.from + size <= later.from)
      );
    if (before) out[later.document].fill(true, later.from, later.from + size);
  }
  return out;
}

function corpus(random: Random): string[][] {
  const words = 2 + random.int(random() < 0.5 ? 3 : 40);
  const documents = Array.from({length: 1 + random.int(6)}, () =>
    Array.from({length: random.int(60)}, () => `w${random.int(words)}`)
  );
  for (let i = 0; i < random.int(6); i++) {
    const from = random.pick(documents);
    const into = random.pick(documents);
    const start = random.int(from.length + 1);
    into.splice(random.int(into.length + 1), 0, ...from.slice(start, start + random.int(30)));
  }
  return documents;
}

test("every token of a window that stood before is found, no other, and what it repeats is kept, on random corpora", async () => {
  const random = createRandom("spanRepeats");
  let spans = 0;
  for (let round = 0; round < 80; round++) {
    const documents = corpus(random);
    const size = 2 + random.int(12);
    const texts = documents.map((words) =>
      words.map((word) => (random() < 0.3 ? `(${word.toUpperCase()}).` : word)).join(random() < 0.5 ? " " : ",\n")
    );
    const expected = repeated(documents, size);
    const pieces = await found(texts, size);
    const seen = documents.map((words) => words.map(() => false));
    const tokenAt = (text: string, unit: number) => text.slice(0, unit).match(/w/gi)?.length ?? 0;
    for (const {document, start, end, tokens, run, root, rootStart, rootEnd, proved} of pieces) {
      spans++;
      expect(proved).toBe(true);
      expect(run).toBeGreaterThanOrEqual(Math.max(size, tokens));
      const words = (text: string) => text.toLowerCase().match(/w\d+/g)!;
      const said = words(texts[document].slice(start, end));
      expect(said).toHaveLength(tokens);
      expect(words(texts[root].slice(rootStart, rootEnd))).toEqual(said);
      const first = tokenAt(texts[document], start);
      expect(seen[document].slice(first, first + tokens)).not.toContain(true);
      seen[document].fill(true, first, first + tokens);
      const source = tokenAt(texts[root], rootStart);
      expect(expected[root].slice(source, source + tokens)).not.toContain(true);
    }
    expect(seen, `round ${round}`).toEqual(expected);
  }
  expect(spans).toBeGreaterThan(250);
});

test("of one word without end the first span stays, and time does not grow with its square", async () => {
  const spans = await found(["ha ".repeat(200_000), "ha ".repeat(120)], 50);
  const cut = spans.reduce((sum, {tokens}) => sum + tokens, 0);
  expect(cut).toBe(200_000 - 50 + 120);
  expect(spans.every(({root, rootStart, rootEnd}) => root === 0 && rootStart >= 0 && rootEnd <= 50 * 3)).toBe(true);
});

test("code, scripts without spaces and accents repeat as words do", async () => {
  const code = Array.from({length: 20}, (_, i) => `let x${i} = f(${i});`).join("\n");
  const han = "天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏";
  const spans = await found(
    [`${code}\n// one`, `# two\n${code}`, han, `一${han}`, "E\u0301te\u0301 a b c d", "été a, b; c d!"],
    5
  );
  expect(spans.map(({document, tokens, root}) => [document, tokens, root])).toEqual([
    [1, 80, 0],
    [3, 24, 2],
    [5, 5, 4]
  ]);
});
