import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {literal, rows, withDuckDB, type Row} from "../../lib/io/duckdb.js";
import {writeParquet} from "../../lib/io/parquet.js";
import {spanFiles, type SpanOptions} from "../../lib/run/spanFiles.js";
import {createRandom} from "../../lib/text/random.js";
import {createTokenizer} from "../../lib/text/tokenizer.js";
import {randomText} from "../dedup/perturb.js";

const random = createRandom("spanFiles");
const [a, b, c, shared] = [40, 70, 60, 55].map((words) => randomText(random, words));
let folder: string;
let cases = 0;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "ballast-span-files-"))));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const read = (path: string): Promise<Row[]> =>
  withDuckDB((connection) => rows(connection, `SELECT * FROM read_parquet(${literal(path)})`));

const jsonl = (values: readonly unknown[]) => {
  const path = join(folder, `in-${cases++}.jsonl`);
  writeFileSync(path, values.map((value) => JSON.stringify(value) + "\n").join(""));
  return path;
};

async function purge(paths: string[], options?: SpanOptions) {
  const out = join(folder, `out-${cases++}`);
  const counts = await spanFiles(paths, out, options);
  const names = options?.annotate ? ["annotated", "spans"] : ["kept", "rejects", "spans"];
  expect(readdirSync(out).sort()).toEqual(names.map((name) => `${name}.parquet`));
  const [kept, rejects, spans] = await Promise.all(
    [names[0], names.at(-2)!, "spans"].map((name) => read(join(out, `${name}.parquet`)))
  );
  if (!options?.annotate) expect(kept.length + rejects.length).toBe(counts.rows);
  return {counts, kept, rejects, spans, out};
}

test("the later copy of a span is cut with its punctuation, and told with both places", async () => {
  const first = `${a}. ${shared}! ${b}`;
  const later = `${b.split(" ").reverse().join(" ")}.\n“${shared.toUpperCase()}.” ${c} 🙂`;
  const lines = jsonl([{body: later, n: 1, ceiling: "T3"}]);
  const parquet = join(folder, "later.parquet");
  await writeParquet(parquet, {body: "VARCHAR", n: "INTEGER", ceiling: "VARCHAR"}, [
    {body: first, n: 2, ceiling: "T0"}
  ]);
  const {counts, kept, spans} = await purge([lines, parquet], {text: "body"});
  expect(counts).toMatchObject({rows: 2, kept: 2, cut: 1, dropped: 0, spans: 1, repeatedTokens: 55, collisions: 0});
  const start = later.indexOf("“") + 1;
  const end = later.indexOf("” ") + 1;
  expect(spans).toEqual([
    {
      document: "1:1",
      start,
      end,
      tokens: 55,
      run: 55,
      repeats: "2:1",
      repeats_start: a.length + 2,
      repeats_end: a.length + 2 + shared.length + 1,
      action: "cut"
    }
  ]);
  expect(kept).toEqual([
    {body: later.slice(0, start) + later.slice(end), n: 1, ceiling: "T3"},
    {body: first, n: 2, ceiling: "T0"}
  ]);
});

test("a document that is mostly repeated is dropped, unless another's span leads to what is its own", async () => {
  const mostly = `${shared} ${c} and seven words of its own end`;
  const apart = mostly.split(" ").slice(70).join(" ");
  const rest = [
    {text: `${shared} ${a}`, ceiling: "T0"},
    {text: `${c} ${b}`, ceiling: "T0"},
    {text: mostly, ceiling: "T1"}
  ];
  const {counts, rejects, kept} = await purge([jsonl(rest)]);
  expect(counts).toMatchObject({rows: 3, kept: 2, cut: 0, dropped: 1});
  expect(rejects).toEqual([{text: mostly, ceiling: "T1", repeated_tokens: 115, text_tokens: 122}]);
  expect(kept.map(({text}) => text)).toEqual(rest.slice(0, 2).map(({text}) => text));
  // 45 words of c and the 7 after them: the 7 stand nowhere else once this later row is cut.
  const guarded = await purge([
    jsonl([...rest, {text: `${apart} ${a.split(" ").reverse().join(" ")}`, ceiling: "T2"}])
  ]);
  expect(guarded.counts).toMatchObject({rows: 4, dropped: 0, cut: 2});
  expect(guarded.kept.some(({text}) => (text as string).endsWith("and seven words of its own end"))).toBe(true);
});

test("a document that repeats only itself keeps the first of it", async () => {
  const {counts, kept} = await purge([jsonl([{text: `${"ha ".repeat(500)}!`}])]);
  expect(counts).toMatchObject({kept: 1, cut: 1, dropped: 0, repeatedTokens: 450});
  expect((kept[0].text as string).match(/ha/g)).toHaveLength(50);
});

test("neither the order of files nor that of rows changes what is kept, and a second pass finds nothing", async () => {
  const texts = Array.from({length: 60}, (_, i) => {
    const words = randomText(random, 120).split(" ");
    words.splice(random.int(120), 0, ...[shared, b, c][i % 3].split(" ").slice(0, 40 + random.int(15)));
    return words.join(" ");
  });
  texts.push(texts[3], texts[3], shared, "", "...");
  const once = await purge([
    jsonl(texts.slice(0, 30).map((text) => ({text}))),
    jsonl(texts.slice(30).map((text) => ({text})))
  ]);
  const turned = await purge([jsonl([...texts].reverse().map((text) => ({text})))]);
  const sorted = (found: Row[]) => found.map(({text}) => text as string).sort();
  expect(sorted(turned.kept)).toEqual(sorted(once.kept));
  expect(sorted(turned.rejects)).toEqual(sorted(once.rejects));
  expect(once.counts.repeatedTokens).toBeGreaterThan(100);
  expect(once.counts.dropped).toBeGreaterThanOrEqual(2);
  const again = await purge([join(once.out, "kept.parquet")]);
  expect(again.kept).toEqual(once.kept);
  expect(again.counts).toMatchObject({spans: 0, cut: 0, dropped: 0});
});

test("annotating leaves every row as it is; the same input gives the same bytes", async () => {
  const input = jsonl([{text: `${a} ${shared}`}, {text: `${shared} ${b}`}, {text: `${shared} ${b}`}]);
  const told = await purge([input], {annotate: true});
  expect(told.counts).toMatchObject({rows: 3, kept: 3, cut: 0, dropped: 0, spans: 2});
  expect(told.spans.map(({action}) => action)).toEqual(["none", "none"]);
  expect(told.kept).toMatchObject([
    {text: `${a} ${shared}`, text_tokens: 95},
    {text: `${shared} ${b}`, text_tokens: 125},
    {text: `${shared} ${b}`, text_tokens: 125}
  ]);
  const [one, two] = [await purge([input]), await purge([input])];
  for (const name of readdirSync(one.out))
    expect(readFileSync(join(two.out, name)).equals(readFileSync(join(one.out, name))), name).toBe(true);
});

test("tokens of the tokenizer see punctuation, and no character is cut for a part of it", async () => {
  const tokenizer = createTokenizer({id: "bytes", sha256: "", merges: []});
  // 丁 and 不 agree in the first two of three bytes, as 🙂 and 🙃 do in three of four; 🙃 and 🐃 in the last.
  const texts = ["x🙃é, 一二三丁!", "🐃é, 一二三不"];
  const input = jsonl(texts.map((text) => ({text})));
  const {spans, kept} = await purge([input], {tokenizer, size: 16, most: 1});
  expect(spans).toHaveLength(1);
  const later = texts[Number(String(spans[0].document).slice(2)) - 1];
  const first = texts[Number(String(spans[0].repeats).slice(2)) - 1];
  expect(spans[0].tokens).toBe(1 + 4 + 9 + 2);
  expect(later.slice(spans[0].start as number, spans[0].end as number)).toBe("é, 一二三");
  expect(first.slice(spans[0].repeats_start as number, spans[0].repeats_end as number)).toBe("é, 一二三");
  expect(kept.map(({text}) => text).sort()).toEqual([first, later.replace("é, 一二三", "")].sort());
});

test("what is missing or no text is named", async () => {
  const out = join(folder, "bad");
  const input = jsonl([{text: "a"}, {text: null}]);
  await expect(spanFiles([input], out)).rejects.toThrow(`${input}:2: text: expected text, got null`);
  await expect(spanFiles([input], out, {text: "body"})).rejects.toThrow('expected a field "body", got text');
  await expect(spanFiles([jsonl([{text: 1}])], out)).rejects.toThrow(":1: text: expected text, got 1");
  await expect(spanFiles([input], out, {size: 1})).rejects.toThrow("expected spans of 2 tokens or more, got 1");
  expect(readdirSync(out)).toEqual([]);
});
