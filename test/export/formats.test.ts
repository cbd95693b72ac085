import {spawnSync} from "node:child_process";
import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import type {Exported} from "../../lib/export/format.js";
import {formatOf, formats} from "../../lib/export/formats.js";
import {partsOf, sharesInText} from "../../lib/export/parts.js";
import {pythonString} from "../../lib/export/python.js";
import type {DataCard} from "../../lib/schema/card.js";
import type {Plan} from "../../lib/schema/plan.js";
import {createRandom} from "../../lib/text/random.js";

const hasPython = spawnSync("python3", ["--version"]).status === 0;

const plan: Plan = {
  version: 1,
  weights: {T0: 0.2, T1: 0.1, T2: 0.7, T3: 0},
  byDomain: null,
  syntheticShare: 0.715,
  bounds: {},
  objective: {
    kind: "one",
    benchmarks: {bpb_dev: {weight: 1, from: 0, scale: 1, scaleSource: "its own unit"}},
    tail: null,
    lambda: 0,
    value: 1.6599,
    unit: "bpb_dev",
    lowerIsBetter: true
  },
  certificate: {kind: "convex", gap: 0, note: ""},
  at: {},
  predicted: {bpb_dev: {value: 1.6599, interval: [1.64, 1.68], extrapolated: false}},
  plateau: [],
  thompson: null,
  tradeOff: [],
  position: "corner: T3 = 0\nimport os; os.abort()",
  unconstrained: {weights: {T2: 1}, value: 1.6, gap: 0.05},
  rules: [
    {rule: "anchor", statement: "T0 + T1 ≥ 0.30", value: 0.3, bound: 0.3, ok: true, binding: true, shadowPrice: 0.1}
  ],
  risk: {collapse: 0.02, tolerance: 0.01, baseline: 1.7, note: "of 1000 draws"},
  schedule: [],
  fit: {law: "mix-log", target: "bpb_dev", sha256: "f".repeat(64)},
  tokenizer: "t".repeat(64)
};

const totals = (rows: number, tokens: number) => ({rows, tokens, generated: 0, share: 0});
const name = 'odd "quote" \\ and 😀\u2028';
const card = {
  name,
  recipeSha256: "r".repeat(64),
  tiers: {T0: totals(100, 20_000), T1: totals(100, 10_000), T2: totals(100, 70_000), T3: totals(1, 1)},
  files: Object.fromEntries(
    [
      "data/prose/T0/part-00000.parquet",
      `data/${name}/T2/part-00000.parquet`,
      "data/code/T1/part-00000.parquet",
      "data/code/T1/part-00000.card.json"
    ].map((path) => [path, {sha256: "", bytes: 0, rows: 1}])
  )
} as unknown as DataCard;

const exported: Exported = {plan, planSha256: "a".repeat(64), data: {folder: "/data/ships", card}, seed: 7};

test("a tier without weight is dropped, one without shards refused", () => {
  expect(partsOf(exported).map((part) => part.tier)).toEqual(["T0", "T1", "T2"]);
  const bulk = {...exported, plan: {...plan, weights: {T0: 0.5, T3: 0.5}}};
  expect(() => partsOf(bulk)).toThrow("T3: expected shards in");
});

test("shares of examples come to the shares of tokens", () => {
  const lengths = {T0: 200, T1: 100, T2: 700};
  const parts = partsOf(exported);
  const tokens = parts.map((part) => part.byExample * lengths[part.tier as keyof typeof lengths]);
  const sum = tokens.reduce((a, b) => a + b, 0);
  parts.forEach((part, i) => expect(tokens[i] / sum).toBeCloseTo(part.weight, 12));
});

test("written shares sum to 1 to the ninth decimal, whatever they are", () => {
  const random = createRandom("shares");
  for (let i = 0; i < 1000; i++) {
    const draws = Array.from({length: 1 + random.int(20)}, () => random());
    const sum = draws.reduce((a, b) => a + b, 0);
    const written = sharesInText(draws.map((v) => v / sum)).map((text) => Math.round(Number(text) * 1e9));
    expect(written.reduce((a, b) => a + b, 0)).toBe(1e9);
  }
  expect(sharesInText([0.5, 0.5])).toEqual(["0.5", "0.5"]);
  expect(sharesInText([1])).toEqual(["1"]);
});

test("Megatron's blend is an even list of weights and prefixes, the evidence beside it", () => {
  const {text, evidence} = formatOf("megatron").render(exported);
  const tokens = text.split(/\s+/).filter(Boolean);
  expect(tokens).toHaveLength(6);
  expect(tokens.filter((_, i) => i % 2 === 0).reduce((sum, v) => sum + Number(v), 0)).toBeCloseTo(1, 9);
  expect(tokens[1]).toBe("/data/ships/megatron/T0_text_document");
  expect(evidence).toContain("T0 + T1 ≥ 0.30: 0.3, kept, binding");
  const spaced = {...exported, data: {folder: "/my data", card}};
  expect(() => formatOf("megatron").render(spaced)).toThrow("without white space");
});

test("every format carries the plan's hash, its prediction and its rules", () => {
  for (const format of formats) {
    const {text, evidence} = format.render(exported);
    const all = text + (evidence ?? "");
    expect(all).toContain("a".repeat(64));
    expect(all).toContain("predicted bpb_dev 1.6599 [1.64, 1.68]");
    expect(all).toContain("T0 + T1 ≥ 0.30");
    expect(all).not.toMatch(/^import os; os.abort/m);
  }
  expect(() => formatOf("axolotl")).toThrow("expected a format of hf-datasets, megatron, mosaic");
});

describe.skipIf(!hasPython)("in Python 3", () => {
  const folder = mkdtempSync(join(tmpdir(), "ballast-export-"));
  const python = (args: readonly string[], input = "") => spawnSync("python3", args, {input, encoding: "utf8"});

  test("the Python files compile, with and without a data set", () => {
    for (const id of ["hf-datasets", "mosaic"])
      for (const data of [exported.data, null]) {
        const path = join(folder, `${id}.py`);
        writeFileSync(path, formatOf(id).render({...exported, data}).text);
        const {status, stderr} = python(["-m", "py_compile", path]);
        expect(stderr).toBe("");
        expect(status).toBe(0);
      }
  });

  test("the Hugging Face file asks for each tier's shards and their probabilities", () => {
    // A recorder in place of the library, which is not installed here: what the file passes on is what counts.
    const recorder = [
      "class Part:\n    def __init__(self, files): self.files = files\n    def select_columns(self, names): return self\n",
      "def load_dataset(kind, data_files, split, streaming): return Part(data_files)\n",
      "def interleave_datasets(parts, probabilities, seed, stopping_strategy):\n",
      "    import json\n    return json.dumps([[p.files for p in parts], probabilities, seed, stopping_strategy])\n"
    ].join("");
    writeFileSync(join(folder, "datasets.py"), recorder);
    writeFileSync(join(folder, "mix.py"), formatOf("hf-datasets").render(exported).text);
    const {stdout, stderr} = python([join(folder, "mix.py")]);
    expect(stderr).toBe("");
    const [files, probabilities, seed, strategy] = JSON.parse(stdout) as [string[][], number[], number, string];
    expect(files[2]).toEqual([`/data/ships/data/${name}/T2/part-00000.parquet`]);
    expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect([seed, strategy]).toEqual([7, "all_exhausted"]);
  });

  test("any text survives as a literal", () => {
    for (const text of ['"""', "\\", "\n\r\t\0", "😀é\u2028", "${x} {x} %s", "\ud800"]) {
      const {stdout} = python(["-c", `import json; print(json.dumps(${pythonString(text)}))`]);
      expect(JSON.parse(stdout)).toBe(text);
    }
  });
});

test.skipIf(hasPython)("Python files are not compiled: python3 is not here", () => {
  expect(hasPython).toBe(false);
});
