import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {createPairJudge} from "../../lib/curate/contamination/pairJudge.js";
import {createChat} from "../../lib/endpoints/chat.js";
import {readParquet} from "../../lib/io/parquet.js";
import {contamination} from "../../lib/run/contamination.js";
import {registerBenchmark} from "../../lib/run/contaminationHashes.js";
import {serveChat} from "../endpoints/chatServer.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-contamination-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

function write(name: string, rows: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return path;
}

const question =
  "Mary packs seventeen crates of oranges before noon and twice as many lemons afterwards, how many crates does she pack?";
const other = "Which river separates the old harbour from the market square of the northern capital of the island?";
const options = ["51", "34"].map((answer, i) => ({id: 7, question, answer, is_correct: i === 0}));
const held = write("bench.jsonl", [...options, {id: 8, question: other, answer: "Elva"}]);
const data = write("data.jsonl", [
  {text: `A quiz. ${question.toUpperCase()} The answer: 51.`},
  {text: "Oranges are packed by Mary: 17 crates before noon, afterwards 34 crates of lemons. How many did she pack?"},
  {text: "Nothing of this was ever asked of anybody who passed by the mill on a Sunday."},
  {text: ""}
]);

test("rows of one question are one item, traces are written per document and method, and counts add up", async () => {
  const out = join(folder, "out");
  const found = await contamination([data], [held], {out, block: ["ngram-13"]});
  expect(found).toMatchObject({rows: 3, items: 2, documents: 4, contaminated: 1, blocked: 1});
  const rows = [];
  for await (const batch of readParquet(join(out, "meta", "contamination.parquet"))) rows.push(...batch);
  for (const {benchmark, methods} of found.benchmarks)
    for (const {method, traces, documents} of methods) {
      const own = rows.filter((row) => row.benchmark === benchmark && row.method === method);
      expect([own.length, new Set(own.map((row) => row.document)).size]).toEqual([traces, documents]);
    }
  expect(rows.filter(({document}) => document === `${data}:1`).map(({method}) => method)).toEqual([
    ...["ngram-13", "ngram-10", "ngram-8", "idf", "tfidf"]
  ]);
  expect(rows.filter(({document}) => document === `${data}:2`)).toMatchObject([{method: "tfidf", item: "7"}]);
  const copy = rows.find(({method}) => method === "ngram-13")!;
  const text = (JSON.parse(readFileSync(data, "utf8").split("\n")[0]) as {text: string}).text;
  expect(text.slice(copy.start as number, copy.end as number)).toBe(question.toUpperCase().slice(0, -1));
  const lines = (name: string) => readFileSync(join(out, name), "utf8").trim().split("\n");
  expect([lines("kept.jsonl").length, lines("rejects.jsonl").length]).toEqual([3, 1]);
});

test("texts come from anywhere, and who asks is told which are to go, instead of files of them", async () => {
  const texts = [`A quiz. ${question}`, "Nothing.", `${other} Elva`];
  const told: string[] = [];
  const out = join(folder, "told");
  const found = await contamination(
    (async function* () {
      for (const [i, text] of texts.entries()) yield {at: `sample-${i}`, text};
    })(),
    [held],
    {out, block: ["ngram-13"], refuse: (at, detail) => void told.push(`${at} ${detail}`)}
  );
  expect(found).toMatchObject({documents: 3, blocked: 2});
  expect(told).toEqual([
    "sample-0 ngram-13 of bench 7: question, 1.00",
    "sample-2 ngram-13 of bench 8: question, 1.00"
  ]);
  expect([existsSync(join(out, "meta", "contamination.parquet")), existsSync(join(out, "kept.jsonl"))]).toEqual([true, false]); // prettier-ignore
});

test("a judge over an endpoint is asked of nominated pairs alone, saves documents, and what it leaves is told", async () => {
  const server = await serveChat(({messages}) => {
    const [{passage}] = Object.values(JSON.parse(messages[1].content) as Record<string, {passage: string}>);
    if (!passage.startsWith("A quiz")) return {status: 400, body: "too odd"};
    return JSON.stringify({
      ...{verdict: "different", passage_quote: "A quiz", item_quote: "packs seventeen", reason: "read"}
    });
  });
  try {
    const judge = createPairJudge(createChat({url: server.url, model: "m", pause: 1}));
    const out = join(folder, "judged");
    const found = await contamination([data], [held], {out, block: ["tfidf"], judge});
    const notJudged = {"expected an answer, got status 400: too odd": 1};
    expect(found).toMatchObject({blocked: 1, judged: {pairs: 2, same: 0, different: 1, notJudged}});
    expect(server.asked.length).toBe(2);
    const rows = [];
    for await (const batch of readParquet(join(out, "meta", "contamination.parquet"))) rows.push(...batch);
    expect(rows.filter(({method}) => String(method).startsWith("ngram")).every(({verdict}) => verdict === "")).toBe(
      true
    );
    const verdicts = rows.filter(({verdict}) => verdict !== "").map((row) => [row.method, row.verdict, row.quote]);
    expect(verdicts).toEqual([
      ["idf", "different", "A quiz"],
      ["tfidf", "different", "A quiz"],
      ["tfidf", "not judged", ""]
    ]);
  } finally {
    server.close();
  }
});

test("a benchmark as keyed hashes finds the copies that its text finds, holds none of it, and says what it cannot", async () => {
  const sealed = join(folder, "sealed.jsonl");
  expect(await registerBenchmark([held], sealed, {key: "secret"})).toEqual({items: 2, tooShort: 0});
  expect(readFileSync(sealed, "utf8")).not.toMatch(/crates|lemons|Elva|secret/i);
  const found = await contamination([data], [sealed], {key: "secret"});
  const open = await contamination([data], [held]);
  expect(found).toMatchObject({sealed: 2, contaminated: 1});
  expect(found.benchmarks[0].methods.slice(0, 3)).toEqual(open.benchmarks[0].methods.slice(0, 3));
  expect(found.benchmarks[0].methods.slice(3)).toMatchObject([
    {method: "whole", of: 0},
    {method: "idf", of: 0},
    {method: "tfidf", of: 0}
  ]);
  await expect(contamination([data], [sealed])).rejects.toThrow(
    "expected the key that its hashes were made with, got none"
  );
});

test("a row without text names file, line and column; a method that is none is refused", async () => {
  const broken = write("broken.jsonl", [{text: "a"}, {text: 3}]);
  await expect(contamination([broken], [held])).rejects.toThrow(`${broken}:2: text: expected text, got 3`);
  await expect(contamination([data], [held], {block: ["idff"], out: folder})).rejects.toThrow('got "idff"');
});

test("a copy beyond the first million characters is found where it stands", async () => {
  const filler = `${"-".repeat(999)} `.repeat(1170);
  const found = await contamination([write("long.jsonl", [{text: `${filler}${question}`}])], [held], {
    out: join(folder, "long")
  });
  expect(found.contaminated).toBe(1);
  for await (const [row] of readParquet(join(folder, "long", "meta", "contamination.parquet")))
    expect(row.start).toBe(filler.length);
});

test("any number of workers writes the same bytes, in the order of the rows", async () => {
  // More than the batches that are scanned before threads start.
  const rows = Array.from({length: 2100}, (_, i) => ({
    text: i % 100 === 7 ? `${i}: ${question} ${i}` : `Document ${i} of crates.`
  }));
  const many = write("many.jsonl", rows);
  const reports: Buffer[] = [];
  for (const workers of [1, 2]) {
    const out = join(folder, `workers-${workers}`);
    const found = await contamination([many], [held], {out, workers, block: ["ngram-13"]});
    expect(found).toMatchObject({documents: 2100, contaminated: 21, blocked: 21});
    reports.push(
      Buffer.concat(
        ["meta/contamination.parquet", "contamination.json", "kept.jsonl", "rejects.jsonl"].map((name) =>
          readFileSync(join(out, name))
        )
      )
    );
  }
  expect(reports[0].equals(reports[1])).toBe(true);
});
