import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {sharedWords} from "../../docs/components/sharedWords.js";
import {rocCurve} from "../../lib/curate/membership/rocCurve.js";
import {sha256} from "../../lib/io/sha256.js";
import {writeParquet} from "../../lib/io/parquet.js";
import {artefacts} from "../../lib/run/artefacts.js";
import {bestOf} from "../../lib/run/bestOf.js";
import {sampleColumns} from "../../lib/run/columns.js";
import {leakage} from "../../lib/run/leakage.js";
import {excerptOf} from "../../lib/run/leakageExcerpt.js";
import {openTexts} from "../../lib/run/leakageTexts.js";
import {createRandom} from "../../lib/text/random.js";

const random = createRandom(1, "leakage test");
const word = () => Array.from({length: 5}, () => String.fromCharCode(97 + random.int(26))).join("");
const words = (n: number) => Array.from({length: n}, word).join(" ");

const seed = words(120);
const heldOut = words(60);
const slice = (text: string, from: number, to: number) => text.split(" ").slice(from, to).join(" ");
// What the generator copied, what it was given and says so, and a few words of a held-out text.
const copied = `${words(10)} ${slice(seed, 10, 65)} ${words(10)}`;
const given = `${slice(seed, 0, 100)} ${words(10)} ${slice(seed, 100, 108)}`;
const leaked = `${words(10)} ${slice(heldOut, 5, 16)} ${words(10)} 😀 <b>mail@example.org</b>`;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-leakage-"));
  mkdirSync(join(folder, "meta"));
  const at = (...names: string[]) => join(folder, ...names);
  const tiered = {copied: "T2", given: "T1", leaked: "T2", human: "T0"};
  const texts = {copied, given, leaked, human: seed};
  mkdirSync(at("data"));
  await writeParquet(
    at("data", "part.parquet"),
    sampleColumns,
    Object.entries(texts).map(([name, text]) => ({
      ...{id: sha256(text), origin: name, text, payload: "{}", domain: "prose", kind: "prose", tokens: 1, generated: 1},
      ...{seed: sha256(seed), generator: "g", family: "f", version: "1", ceiling: "T2", verdicts: []},
      tier: tiered[name as keyof typeof tiered],
      spans: name === "given" ? [{start: 0, end: slice(seed, 0, 100).length, seed: sha256(seed), from: 0}] : []
    }))
  );
  const columns = {sha256: "VARCHAR", source: "VARCHAR", kind: "VARCHAR", split: "VARCHAR", text: "VARCHAR"};
  const row = (split: string, text: string) => ({sha256: sha256(text), source: "s", kind: "human", split, text});
  await writeParquet(at("meta", "seeds.parquet"), columns, [row("train", seed)]);
  await writeParquet(at("meta", "heldout.parquet"), columns, [row("test", heldOut), row("test", words(60))]);
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test("a planted copy, a declared one and a held-out stretch are told apart, counted and shown", async () => {
  const found = await leakage(await artefacts({data: folder}), {text: true});
  expect(found.samples).toEqual({of: 4, looked: 4});

  const {groups, written, copies} = found.copies!;
  expect(written).toMatchObject({samples: 3, max: 55, maxSample: "copied", long: {samples: 1}});
  // Of what is given only the eight words after it are the generator's own.
  const [t1, t2] = groups;
  expect([t1.tier, t1.written.max, t1.whole.max, t1.written.samples]).toEqual(["T1", 8, 100, 1]);
  expect([t2.writtenLengths, t2.wholeLengths]).toEqual(
    Array.from({length: 2}, () => [
      [0, 1],
      [55, 1]
    ])
  );
  expect(t1.written.coverage).toMatchObject({successes: 0, trials: 18});
  expect(copies.map(({sample, tokens, declared}) => [sample, tokens, declared])).toEqual([
    ["copied", 55, false],
    ["given", 8, false],
    ["given", 100, true]
  ]);
  for (const {tokens, text, seedText} of copies.slice(0, 2)) {
    const marked = text!.text.slice(text!.start, text!.end);
    expect(marked.split(" ")).toHaveLength(tokens);
    expect(seedText!.text.slice(seedText!.start, seedText!.end)).toBe(marked);
  }

  const [benchmark] = found.heldOut!.benchmarks;
  const by = Object.fromEntries(benchmark.methods.map(({method, documents}) => [method, documents]));
  expect(by).toMatchObject({"ngram-13": 0, "ngram-10": 1, "ngram-8": 1});
  expect([benchmark.items, benchmark.contaminated, found.heldOut!.pairsOf]).toEqual([2, 1, 1]);
  const [pair] = found.heldOut!.pairs;
  expect(pair).toMatchObject({sample: "leaked", item: sha256(heldOut).slice(0, 16), benchmark: "s, test"});
  expect(pair.text!.text.slice(pair.text!.start, pair.text!.end)).toBe(slice(heldOut, 5, 16));
  expect(pair.heldOut!.text.slice(pair.heldOut!.start, pair.heldOut!.end)).toBe(slice(heldOut, 5, 16));
  expect(found.heldOut!.cosines!.reduce((a, b) => a + b)).toBe(4);

  const mail = found.pii!.find(({type}) => type === "EMAIL")!;
  expect(mail).toMatchObject({found: 1, samples: 1, of: 4, generated: 1, generatedOf: 3});
});

test("text that may not be published is nowhere in what a page gets, and what is not there is null", async () => {
  const all = await artefacts({data: folder});
  const silent = JSON.stringify(await leakage(all, {text: false}));
  for (const text of [seed, heldOut, copied]) expect(silent).not.toContain(slice(text, 12, 14));
  const alone = await leakage({...all, seeds: null, heldOut: null}, {text: true});
  expect([alone.copies, alone.heldOut, alone.pii!.length > 0]).toEqual([null, null, true]);
  const nothing = await leakage({...all, shards: []}, {text: true});
  expect(nothing).toMatchObject({samples: null, pii: null, reports: {contamination: null, privacy: null}});
});

test("a report that is none is refused by file and field", async () => {
  const all = await artefacts({data: folder});
  const privacy = join(folder, "privacy.json");
  writeFileSync(privacy, `{"samples": "many"}`);
  await expect(leakage({...all, privacy}, {text: true})).rejects.toThrow(/privacy\.json: samples: /);
  writeFileSync(privacy, "{");
  await expect(leakage({...all, privacy}, {text: true})).rejects.toThrow(/privacy\.json: expected JSON/);
});

test("of texts that are too many the same ones are looked at whatever file they stand in", async () => {
  const rows = Array.from({length: 400}, (_, i) => ({key: `k${i}`, text: "x".repeat(100)}));
  const columns = {key: "VARCHAR", text: "VARCHAR"};
  const [one, two, both] = ["a", "b", "c"].map((name) => join(folder, `${name}.parquet`));
  await writeParquet(one, columns, rows.slice(0, 150));
  await writeParquet(two, columns, rows.slice(150));
  await writeParquet(both, columns, rows.toReversed());
  const keys = async (paths: string[]) => {
    const texts = await openTexts(paths, {columns: "key", key: "key", most: 10_000});
    try {
      const found = [];
      for await (const {key} of texts.rows()) found.push(key as string);
      expect([texts.of, texts.looked]).toEqual([400, found.length]);
      return found.sort();
    } finally {
      texts.close();
    }
  };
  const drawn = await keys([one, two]);
  // A quarter of 400: within five standard deviations, 5 · √(400 · ¼ · ¾) ≈ 43.
  expect(Math.abs(drawn.length - 100)).toBeLessThan(43);
  expect(await keys([both])).toEqual(drawn);
});

test("an excerpt keeps its place, cuts no character in two and ends a long place", () => {
  const text = `${"😀".repeat(200)}place${"😀".repeat(200)}`;
  const {text: shown, start, end, before, after} = excerptOf(text, 400, 405);
  expect(shown.slice(start, end)).toBe("place");
  expect(shown.isWellFormed()).toBe(true);
  expect(before + shown.length + after).toBe(text.length);
  expect(excerptOf(`a${text}`, 401, 406).text.isWellFormed()).toBe(true);
  const long = excerptOf("y".repeat(10_000), 100, 9000);
  expect([long.start, long.end, long.after]).toEqual([100, 2100, 10_000 - 2340]);
});

test("the best are kept in their order, of equals the first", () => {
  const best = bestOf<[number, string]>(3, ([a], [b]) => b - a);
  for (let i = 0; i < 100; i++) best.add([i % 10, `n${i}`]);
  expect(best.list()).toEqual([
    [9, "n9"],
    [9, "n19"],
    [9, "n29"]
  ]);
});

test("words that two texts share in order are marked, markup, case and accents aside", () => {
  const parts = sharedWords("Go: <b>The CAFÉ, by — the sea is old.", "the cafe by the sea", {least: 3});
  expect(parts.map(({text}) => text).join("")).toBe("Go: <b>The CAFÉ, by — the sea is old.");
  expect(parts.filter(({shared}) => shared).map(({text}) => text)).toEqual(["The CAFÉ, by — the sea"]);
  expect(sharedWords("a b", "a b", {least: 3})).toEqual([{text: "a b", shared: false}]);
});

test("a ROC curve goes from no false alarm to all by the members found at each", () => {
  const curve = rocCurve(Float64Array.of(4, 3, 3, 1), Float64Array.of(3.5, 2, 1, 0));
  // Above 3.5 one member; above 2 three; the tie at 1 comes with both.
  expect(curve).toEqual([
    [0, 0.25],
    [0.25, 0.75],
    [0.5, 0.75],
    [0.75, 1],
    [1, 1]
  ]);
});
