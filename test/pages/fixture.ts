import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {writeParquet} from "../../lib/io/parquet.js";
import {sha256} from "../../lib/io/sha256.js";
import type {VerifiedRow} from "../../lib/run/verifySamples.js";
import {writeVerification} from "../../lib/run/writeVerification.js";
import {rejectColumns, sampleColumns} from "../../lib/run/columns.js";
import type {DataCard} from "../../lib/schema/card.js";
import {Seed} from "../../lib/schema/seed.js";
import {tiers, type Tier} from "../../lib/schema/tier.js";

/** What a hostile generator may put into a text: none of it may run, load or hide anything. */
export const hostile = [
  `<script>window.broken = "script"</script>`,
  `<img src="http://elsewhere.invalid/x.png" onerror="window.broken = 'img'">`,
  `</pre></template><iframe src="javascript:parent.broken='iframe'"></iframe>`,
  `\u202eright to left\u202c, a bell \u0007 and a zero\u200bwidth space`,
  `=cmd|' /C calc'!A0`,
  `x`.repeat(30_000),
  `\${window.broken = "template"} \`tick\``
];

/** Writes a small data set by hand, whose prose samples are hostile; `n` rows a tier. */
export async function writeDataset(folder: string, {n = 40, name = "hostile"} = {}): Promise<void> {
  for (const tier of tiers) await writeParquet(shard(folder, tier), sampleColumns, rows(tier, n, name));
  await mkdir(join(folder, "rejects", "prose"), {recursive: true});
  await writeParquet(
    join(folder, "rejects", "prose", "part-00000.parquet"),
    {...rejectColumns, tier: "VARCHAR"},
    rows("T3", 12, `${name}/rejected`).map((row, i) => ({
      ...row,
      origin: `teacher-3/${i}`,
      generator: i < 8 ? `question-answer@${"ab"[i % 2]}` : row.generator,
      stage: i % 3 === 0 ? "dedup" : "verify",
      reason: i % 3 === 0 ? "near-duplicate" : "too-short",
      detail: hostile[i % hostile.length]
    }))
  );
  await mkdir(join(folder, "meta"), {recursive: true});
  await writeParquet(
    join(folder, "meta", "clusters.parquet"),
    {member: "VARCHAR", representative: "VARCHAR", jaccard: "DOUBLE", kind: "VARCHAR"},
    [0, 3, 6, 9].map((i) => ({
      member: `teacher-3/${i}`,
      representative: `human/${i % 2}`,
      jaccard: 0.8 + i / 100,
      kind: "near"
    }))
  );
  await writeParquet(join(folder, "meta", "seeds.parquet"), seedColumns, seeds("train", seedTexts(name)));
  await writeParquet(
    join(folder, "meta", "heldout.parquet"),
    seedColumns,
    seeds("test", [`Held out: ${hostile[1]}`, hostile[2]])
  );
  await writeFile(join(folder, "data-card.json"), JSON.stringify(card(n, name)));
}

const seedColumns = Object.fromEntries(Object.keys(Seed.shape).map((field) => [field, "VARCHAR"]));

const seedTexts = (name: string) => [`${hostile[1]} ${name} T1`, hostile[0]];

function seeds(split: Seed["split"], texts: readonly string[]): Seed[] {
  return texts.map((text, i) => ({
    ...{sha256: sha256(text), source: "by-hand", document: `${split} ${i}`, kind: "human", domain: "prose"},
    ...{license: "CC0-1.0", split, text}
  }));
}

const axis =
  "experiment,arm,seed,generation,tokens,supply,share_T0,share_T1,share_T2,share_T3,synthetic_share,tokenizer";

/**
 * Writes a runs table by formula, to draw and to check against: in `share`, arm `bowl` is best at 60 % and arm `corner`
 * at 0 %; in `generations`, `replace` gets worse by 0.1 a generation and `anchored` stays; `tiers` is linear.
 */
export async function writeRuns(folder: string): Promise<void> {
  const lines = [`${axis},bpb_test,bpb_dev,exact_match`];
  // Over the three seeds its mean is zero, at every place and between any two.
  const noise = (seed: number, i: number) => 0.002 * (seed - 2) * (1 + (i % 10) / 10);
  const run = (at: (string | number | null)[], values: (number | null)[]) =>
    lines.push([...at, ...values].map((v) => v ?? "").join(","));
  for (const seed of [1, 2, 3]) {
    for (const [i, x] of [0, 0.2, 0.4, 0.6, 0.8, 0.95].entries()) {
      const bowl = 1.6 + 0.4 * (x - 0.6) ** 2 + noise(seed, i);
      const corner = 1.5 + 0.2 * x + noise(seed, i + 50);
      run(["share", "bowl/supply=1000", seed, null, 5000, 1000, 1 - x, 0, x, 0, x, "t"], [bowl, bowl + 0.01, null]);
      run(["share", "corner/supply=5000", seed, null, 5000, 5000, 1 - x, 0, x, 0, x, "t"], [corner, corner, null]);
      run(
        ["verification", "arithmetic/verified", seed, null, 5000, 1000, 1 - x, 0, x, 0, x, "c"],
        [null, null, 0.3 + 0.1 * x + noise(seed, i)]
      );
      run(
        ["verification", "arithmetic/unverified", seed, null, 5000, 1000, 1 - x, 0, 0, x, x, "c"],
        [null, null, 0.3 - 0.1 * x + noise(seed, i)]
      );
    }
    for (const g of [0, 1, 2, 3, 4]) {
      run(
        ["generations", "replace", seed, g, 5000, 5000, g === 0 ? 1 : 0, 0, 0, g === 0 ? 0 : 1, g === 0 ? 0 : 1, "t"],
        [1.6 + 0.1 * g + noise(seed, g), null, null]
      );
      run(
        ["generations", "replace+anchor", seed, g, 5000, 5000, 0.3, 0, 0, 0.7, 0.7, "t"],
        [1.6 + noise(seed, g), null, null]
      );
    }
    for (const [i, w] of mixes.entries()) {
      const dev = 1.6 - 0.1 * w[1] - 0.05 * w[2] + 0.2 * w[3] + noise(seed, i);
      run(
        ["tiers", i === 0 ? "natural" : `mix ${i}`, seed, null, 5000, 1000, ...w, 0.5 * w[1] + w[2] + w[3], "t"],
        [dev + 0.01, dev, null]
      );
    }
  }
  await writeFile(join(folder, "runs.csv"), lines.join("\n") + "\n");
}

/** Writes what `ballast verify` would: hostile samples, of which every third is refused, each with two mutants. */
export async function writeVerified(folder: string): Promise<void> {
  async function* verified(): AsyncGenerator<VerifiedRow> {
    for (const [i, text] of hostile.entries()) {
      const at = `theirs.jsonl:${i + 1}`;
      const ok = i % 3 !== 0;
      const evidence = {text, kind: "task", domain: "code", generator: `teacher-${i % 2}`, family: "", reference: text};
      const verdict = {
        verifier: "mutation",
        family: "mutants",
        version: "1",
        ok,
        reason: ok ? "" : "low-mutation-score"
      };
      yield {
        row: {at, name: "", evidence, label: i % 2 === 0},
        verdicts: [
          {
            ...verdict,
            at,
            name: "",
            id: sha256(text),
            generator: evidence.generator,
            label: i % 2 === 0,
            score: ok ? 1 : 0.5,
            detail: text,
            sandbox: "quickjs"
          }
        ],
        observations: [
          {
            verifier: "mutation",
            sandbox: "quickjs",
            mutants: [
              {operator: "comparison", line: 1, from: text, to: "a <= b", state: "killed"},
              {operator: "constant", line: 2, from: "0", to: text, state: ok ? "killed" : "survived"}
            ]
          }
        ],
        usage: {mutation: {wall: 30, cpu: 20, memory: 1e7, programs: 3}}
      };
    }
  }
  await writeVerification(verified(), folder, {now: () => 0, publishText: true});
}

const mixes = [
  [0.25, 0.25, 0.25, 0.25],
  [1, 0, 0, 0],
  [0.5, 0.5, 0, 0],
  [0.5, 0, 0.5, 0],
  [0.5, 0, 0, 0.5],
  [0, 0.5, 0.5, 0],
  [0.2, 0.3, 0.4, 0.1],
  [0.1, 0.2, 0.6, 0.1],
  [0.3, 0.1, 0.1, 0.5]
];

function shard(folder: string, tier: Tier): string {
  return join(folder, "data", "prose", tier, "part-00000.parquet");
}

/** A panel's verdict. */
export const panel = {
  ...{verifier: "critic-support", family: "critic-panel", version: "1", score: 0.6, detail: hostile[1], sandbox: ""}
};

function rows(tier: Tier, n: number, name: string) {
  return Array.from({length: n}, (_, i) => {
    const text = `${hostile[i % hostile.length]} ${name} ${tier} ${i}`;
    const human = tier === "T0";
    return {
      id: sha256(text),
      origin: human ? `human/${i}` : `teacher-3/${tier}/${i}`,
      text,
      payload: "{}",
      domain: "prose",
      kind: "prose",
      tokens: 100 + i,
      generated: human ? 0 : 50 + i,
      seed: sha256(seedTexts(name)[i % 2]),
      generator: human ? "human" : "teacher-3",
      family: human ? "human" : "ngram-kneser-ney",
      version: "1",
      ceiling: tier,
      tier,
      spans: [],
      verdicts: [
        {
          verifier: "quality",
          family: "rules",
          version: "1",
          ok: true,
          reason: "",
          score: 0.5,
          detail: "",
          sandbox: ""
        },
        ...(tier === "T2" ? [{...panel, ok: i % 4 > 0, reason: i % 4 > 0 ? "" : "disagreement"}] : [])
      ]
    };
  });
}

function card(n: number, name: string): DataCard {
  const tokens = (n * (2 * 100 + n - 1)) / 2;
  const generated = (n * (2 * 50 + n - 1)) / 2;
  const hash = sha256(name);
  const totals = (rows: number, tokens: number, generated: number) => ({rows, tokens, generated, share: 0.25});
  return {
    version: 1,
    name,
    description: "<b>made by hand</b>",
    license: "CC0-1.0",
    publishText: true,
    recipeSha256: hash,
    seed: 1,
    tokenizer: {id: "bpe-2048", sha256: hash},
    counts: {
      generated: 4 * n + 12,
      kept: 4 * n,
      rejected: 12,
      byReason: {"near-duplicate": 4, "too-short": 8},
      byGenerator: {
        human: {family: "human", generated: n, kept: n, rejected: {}},
        "teacher-3": {
          family: "ngram-kneser-ney",
          generated: 3 * n + 12,
          kept: 3 * n,
          rejected: {"near-duplicate": 4, "too-short": 8}
        }
      }
    },
    tokens: 4 * tokens,
    syntheticShare: (3 * generated) / (4 * tokens),
    anchorShare: 0.5,
    tiers: Object.fromEntries(
      tiers.map((tier) => [tier, totals(n, tokens, tier === "T0" ? 0 : generated)])
    ) as DataCard["tiers"],
    domains: {prose: totals(4 * n, 4 * tokens, 3 * generated)},
    rules: [{rule: "anchor", statement: "T0 + T1 ≥ 0.3", value: 0.5, bound: 0.3, ok: true, binding: false}],
    warnings: [],
    seeds: [
      {
        id: "by-hand",
        source: "text",
        license: "CC0-1.0",
        kind: "human",
        domain: "prose",
        train: n,
        heldOut: 2,
        sha256: hash
      }
    ],
    heldOut: {seeds: 2, ngram: 13, rejected: 0},
    contamination: null,
    models: null,
    dedup: {shingle: 5, bands: 20, rows: 8, threshold: 0.8, exact: 0, near: 4, clusters: 4, largestCluster: 2},
    files: {}
  };
}
