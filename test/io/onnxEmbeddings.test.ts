import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {onnxEmbeddings} from "../../lib/io/onnxEmbeddings.js";
import {readParquet, writeParquet} from "../../lib/io/parquet.js";
import {semanticFiles} from "../../lib/run/semanticFiles.js";
import {vocabulary, writeOnnxModel} from "./onnxModel.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-onnx-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** Cats on one axis, sitting on another, stocks on a third; words without meaning of length 0. */
const meaning: Record<string, readonly number[]> = {
  ...{cat: [4, 0, 0], feline: [4, 0.5, 0], sat: [0, 4, 0], sitting: [0.5, 4, 0]},
  ...{stocks: [0, 0, 4], fell: [0, 1, 4]}
};
const vectors = vocabulary.map((word) => meaning[word] ?? [0, 0, 0]);
const model = join(folder, "model");

beforeAll(() => writeOnnxModel(model, vectors));

const mean = (words: readonly string[]) =>
  [0, 1, 2].map(
    (d) => words.reduce((sum, word) => sum + (vectors[Math.max(0, vocabulary.indexOf(word))][d] ?? 0), 0) / words.length
  );

test("a text's vector is the mean over its tokens, special ones included, whatever stands beside it", async () => {
  const texts = ["The cat sat", "stocks fell", "a feline was sitting", "", "cat"];
  const expected = texts.map((text) => mean(["[CLS]", ...text.toLowerCase().split(" ").filter(Boolean), "[SEP]"]));
  for (const batch of [1, 2, 16]) {
    const found = await onnxEmbeddings(texts, {folder: model, batch});
    expect(found).toHaveLength(texts.length);
    for (const [i, vector] of found.entries())
      for (const [d, value] of vector.entries()) expect(value).toBeCloseTo(expected[i][d], 6);
  }
});

test("what is beyond the tokens that the model reads is cut, and its last token stays", async () => {
  const [long] = await onnxEmbeddings([`${"cat ".repeat(6)}stocks stocks stocks`], {folder: model});
  // Eight tokens: the first and the last are special.
  for (const [d, value] of mean(["[CLS]", ...Array<string>(6).fill("cat"), "[SEP]"]).entries())
    expect(long[d]).toBeCloseTo(value, 6);
});

test("the first token alone counts where the model says so", async () => {
  const first = join(folder, "first");
  writeOnnxModel(
    first,
    vocabulary.map((word) => (word === "[CLS]" ? [1, 2, 3] : [9, 9, 9]))
  );
  mkdirSync(join(first, "1_Pooling"));
  writeFileSync(join(first, "1_Pooling", "config.json"), JSON.stringify({pooling_mode_cls_token: true}));
  const [vector] = await onnxEmbeddings(["the cat"], {folder: first});
  expect([...vector]).toEqual([1, 2, 3]);
});

test("a purge by a model on this machine removes what says the same in other words", async () => {
  const input = join(folder, "in.parquet");
  const out = join(folder, "out");
  const texts = ["the cat sat", "a feline was sitting", "stocks fell"];
  await writeParquet(
    input,
    {text: "VARCHAR"},
    texts.map((text) => ({text}))
  );
  const found = await semanticFiles([input], out, {embeddings: {folder: model}, clusterShare: 1, threshold: 0.9});
  expect(found).toMatchObject({rows: 3, kept: 2, semantic: 1, vectors: "embeddings"});
  const rejects: unknown[] = [];
  for await (const batch of readParquet(join(out, "rejects.parquet"))) rejects.push(...batch);
  expect(rejects).toHaveLength(1);
});

test.each([
  ["no model", {}, /expected model\.onnx or onnx\/model\.onnx, got neither/],
  ["no tokenizer", {"model.onnx": "x"}, /tokenizer\.json: expected JSON, got nothing there/],
  [
    "a tokenizer that is none",
    {"model.onnx": "x", "tokenizer.json": "[", "tokenizer_config.json": "{}"},
    /tokenizer\.json: expected JSON, got /
  ],
  ["a model that is none", {"model.onnx": "x"}, /model\.onnx: expected an ONNX model in one file, got: /]
])("%s is named", async (name, files, message) => {
  const bad = join(folder, name);
  if (name === "a model that is none") writeOnnxModel(bad, vectors);
  mkdirSync(bad, {recursive: true});
  for (const [file, content] of Object.entries(files)) writeFileSync(join(bad, file), content);
  await expect(onnxEmbeddings(["a"], {folder: bad})).rejects.toThrow(message);
});

test("an input that no text gives is named", async () => {
  const images = join(folder, "images");
  writeOnnxModel(images, vectors, {inputs: ["input_ids", "pixel_values"]});
  await expect(onnxEmbeddings(["a"], {folder: images})).rejects.toThrow(
    /model\.onnx: expected inputs among input_ids, attention_mask, token_type_ids, got pixel_values/
  );
});
