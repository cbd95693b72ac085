import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {collect} from "../collect.js";
import {writeParquet} from "../../lib/io/parquet.js";
import {sha256} from "../../lib/io/sha256.js";
import {SeedSource} from "../../lib/schema/recipe.js";
import {Seed} from "../../lib/schema/seed.js";
import {jsonl} from "../../lib/seeds/jsonl.js";
import {parquet} from "../../lib/seeds/parquet.js";
import {passages} from "../../lib/seeds/passages.js";
import type {Source} from "../../lib/seeds/source.js";
import {splitOf} from "../../lib/seeds/split.js";
import {states} from "../../lib/seeds/states.js";
import {text} from "../../lib/seeds/text.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-seeds-"));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

async function read(source: Source, more: Record<string, unknown>) {
  const spec = SeedSource.parse({
    id: "mine",
    source: source.id,
    license: "MIT",
    kind: "human",
    domain: "prose",
    ...more
  });
  const skipped: [string, string][] = [];
  const skip = (reason: string, where: string) => void skipped.push([reason, where.slice(folder.length + 1)]);
  const seeds = await collect(source.read(spec, {folder, seed: 1, skip}));
  for (const seed of seeds) {
    expect(Seed.parse(seed)).toEqual(seed);
    expect(seed.sha256).toBe(sha256(seed.text));
  }
  return {seeds, skipped};
}

describe("text", () => {
  it("reads a folder in the order of its paths, one seed a file, the document its path", async () => {
    mkdirSync(join(folder, "notes/deep"), {recursive: true});
    writeFileSync(join(folder, "notes/b.md"), "second\r\nline  \r\n");
    writeFileSync(join(folder, "notes/a.txt"), "<script>alert(1)</script>");
    writeFileSync(join(folder, "notes/deep/c.txt"), "e\u0301");
    writeFileSync(join(folder, "notes/picture.png"), "no text");
    const {seeds} = await read(text, {path: "notes"});
    expect(seeds.map(({document, text}) => [document, text])).toEqual([
      ["a.txt", "<script>alert(1)</script>"],
      ["b.md", "second\nline"],
      ["deep/c.txt", "é"]
    ]);
    expect(seeds[0]).toMatchObject({source: "mine", license: "MIT", kind: "human", domain: "prose", split: "train"});
  });

  it("leaves out what no sample can hold, and counts it", async () => {
    mkdirSync(join(folder, "hostile"));
    writeFileSync(join(folder, "hostile/nul.txt"), "a\0b");
    writeFileSync(join(folder, "hostile/bytes.txt"), Buffer.from([0x61, 0xff, 0x62]));
    writeFileSync(join(folder, "hostile/surrogate.txt"), Buffer.from([0xed, 0xa0, 0x80]));
    writeFileSync(join(folder, "hostile/empty.txt"), " \n");
    writeFileSync(join(folder, "hostile/long.txt"), "x".repeat(10_000_000));
    const {seeds, skipped} = await read(text, {path: "hostile"});
    expect(seeds).toEqual([]);
    expect(skipped).toEqual([
      ["no-utf-8", "hostile/bytes.txt"],
      ["empty", "hostile/empty.txt"],
      ["too-long", "hostile/long.txt"],
      ["nul", "hostile/nul.txt"],
      ["no-utf-8", "hostile/surrogate.txt"]
    ]);
  });

  it("cuts passages, all in the split of their document", async () => {
    const content = Array.from({length: 40}, (_, i) => `Paragraph ${i}. ${"Some words. ".repeat(10)}`).join("\n\n");
    writeFileSync(join(folder, "book.txt"), content);
    const {seeds} = await read(text, {path: "book.txt", options: {passage: 500}, heldOut: {test: 0.5, dev: 0.5}});
    expect(seeds.length).toBeGreaterThan(5);
    for (const seed of seeds)
      expect(seed).toMatchObject({document: "book.txt", split: splitOf("text", "book.txt", {dev: 0.5, test: 0.5})});
    expect(
      seeds
        .map((seed) => seed.text)
        .join(" ")
        .replace(/\s+/g, " ")
    ).toBe(content.replace(/\s+/g, " ").trim());
  });

  it("names what is missing", async () => {
    await expect(read(text, {path: "nowhere"})).rejects.toThrow(
      `${join(folder, "nowhere")}: expected a file or folder, got nothing there`
    );
    await expect(read(text, {})).rejects.toThrow('seeds "mine" (text): path: expected a file or folder, got nothing');
    await expect(read(text, {path: "notes", options: {passages: 3}})).rejects.toThrow('seeds "mine" (text): options');
    mkdirSync(join(folder, "bare"));
    await expect(read(text, {path: "bare"})).rejects.toThrow(
      `${join(folder, "bare")}: expected .txt or .md files, got none`
    );
  });
});

describe("passages", () => {
  it("never exceeds its length but for a short last one, never loses a word, never cuts a surrogate pair", () => {
    const word = "😀".repeat(150);
    const content = `${word}\n\nOne two three. Four five six.\n\n${"no end ".repeat(60)}`;
    for (const length of [100, 101, 137, 400]) {
      const cut = passages(content, length);
      expect(cut.join("").replace(/\s+/g, "")).toBe(content.replace(/\s+/g, ""));
      for (const [i, piece] of cut.entries()) {
        expect(piece.isWellFormed()).toBe(true);
        expect(piece.length).toBeLessThanOrEqual(i === cut.length - 1 ? 1.25 * length + 2 : length);
      }
    }
  });
});

describe("jsonl", () => {
  it("reads a column, one seed a line, its document the line or a column", async () => {
    writeFileSync(join(folder, "a.jsonl"), '{"body":"one","book":"x"}\n\n{"body":"two <b>","book":"x"}\n');
    const {seeds} = await read(jsonl, {path: "a.jsonl", column: "body"});
    expect(seeds.map(({text, document}) => [text, document])).toEqual([
      ["one", "a.jsonl:1"],
      ["two <b>", "a.jsonl:3"]
    ]);
    const grouped = await read(jsonl, {path: "a.jsonl", column: "body", options: {document: "book"}});
    expect(grouped.seeds.map(({document}) => document)).toEqual(["x", "x"]);
  });

  it("leaves out hostile texts and counts them, a line of 10 MB too", async () => {
    const lines = ["a\0b", "\ud800", "", "y".repeat(10_000_000), "fine"].map((text) => JSON.stringify({text}));
    writeFileSync(join(folder, "hostile.jsonl"), lines.join("\n"));
    const {seeds, skipped} = await read(jsonl, {path: "hostile.jsonl"});
    expect(seeds.map((seed) => seed.text)).toEqual(["fine"]);
    expect(skipped).toEqual([
      ["nul", "hostile.jsonl:1"],
      ["lone-surrogate", "hostile.jsonl:2"],
      ["empty", "hostile.jsonl:3"],
      ["too-long", "hostile.jsonl:4"]
    ]);
  });

  it.each([
    ['{"text":"a"}\n{"text":', ':2: expected JSON, got "{\\"text\\":"'],
    ['{"text":"a"}\n[1]', ":2: expected a JSON object, got [1]"],
    ['{"test":"a"}', ":1: text: expected a string, got nothing"],
    ['{"text":7}', ":1: text: expected a string, got 7"]
  ])("stops at a line that does not fit: %j", async (content, message) => {
    const path = join(folder, "bad.jsonl");
    writeFileSync(path, content);
    await expect(read(jsonl, {path: "bad.jsonl"})).rejects.toThrow(path + message);
  });
});

describe("parquet", () => {
  it("reads a column, one seed a row; null is left out", async () => {
    await writeParquet(join(folder, "a.parquet"), {body: "VARCHAR", n: "INTEGER"}, [
      {body: "one", n: 1},
      {body: null, n: 2},
      {body: "two", n: 3}
    ]);
    const {seeds, skipped} = await read(parquet, {path: "a.parquet", column: "body"});
    expect(seeds.map(({text, document}) => [text, document])).toEqual([
      ["one", "a.parquet:1"],
      ["two", "a.parquet:3"]
    ]);
    expect(skipped).toEqual([["null", "a.parquet, row 2"]]);
  });

  it("names a broken or missing file, and a missing column", async () => {
    writeFileSync(join(folder, "broken.parquet"), "PAR1xxxx");
    await expect(read(parquet, {path: "broken.parquet"})).rejects.toThrow(
      `${join(folder, "broken.parquet")}: expected a Parquet file`
    );
    await expect(read(parquet, {path: "none.parquet"})).rejects.toThrow(
      `${join(folder, "none.parquet")}: expected a file, got nothing there`
    );
    await expect(read(parquet, {path: "a.parquet", column: "txet"})).rejects.toThrow(/a\.parquet: .*txet/);
  });
});

describe("states", () => {
  it("numbers as many states as it is asked for", async () => {
    const {seeds} = await read(states, {kind: "simulator", domain: "math", options: {count: 3}});
    expect(seeds.map((seed) => seed.text)).toEqual([0, 1, 2].map((state) => `{"source":"mine","state":${state}}`));
    await expect(read(states, {kind: "simulator"})).rejects.toThrow('seeds "mine" (states): options.count');
  });
});
