import {describe, expect, it} from "vitest";
import type {Generator} from "../../lib/generate/generator.js";
import {builtinTokenizer} from "../../lib/io/assets.js";
import {sha256} from "../../lib/io/sha256.js";
import {makeChunk, type ChunkContext, type Judged} from "../../lib/run/chunk.js";
import type {Draft} from "../../lib/schema/sample.js";
import type {Seed} from "../../lib/schema/seed.js";
import {verdict, type Verifier} from "../../lib/verify/verifier.js";
import {collect} from "../collect.js";

const text = "It was a bright cold day in April, and the clocks were striking. Nobody had asked them to.";
const seed: Seed = {
  sha256: sha256(text),
  source: "notes",
  document: "a.txt",
  kind: "human",
  domain: "prose",
  license: "MIT",
  split: "train",
  text
};

const draft = (more: Partial<Draft> = {}): Draft => ({
  text: "Some words that a generator wrote.",
  payload: {},
  domain: "prose",
  kind: "prose",
  ceiling: "T2",
  spans: [],
  ...more
});

const generator = (...drafts: Draft[]): Generator => ({
  id: "made",
  family: "made",
  version: "1",
  ceiling: "T0",
  kinds: ["prose"],
  async *generate() {
    yield* drafts;
  }
});

/** Says no to texts that hold the word "wrong". */
const reader: Verifier = {
  id: "reader",
  family: "reading",
  version: "1",
  async verify(sample) {
    return verdict(reader, sample.text.includes("wrong") ? "wrong-word" : "");
  }
};

function run(made: Generator, more: Partial<ChunkContext> = {}, seeds: Seed[] = [seed]): Promise<Judged[]> {
  return collect(
    makeChunk(seeds, {
      recipe: {
        seed: 1,
        policy: {prose: {require: ["reader"], promote: []}}
      },
      step: {generator: "made", from: "notes", perSeed: 10, teachers: [], options: {}},
      label: "made",
      generator: made,
      verifiers: [reader],
      tokenizer: builtinTokenizer(),
      corpus: () => [seed],
      trainingSeed: (id) => (id === seed.sha256 ? seed : undefined),
      verify: {corpus: () => []},
      heldOut: () => null,
      ...more
    })
  );
}

describe("makeChunk", () => {
  it("judges a copied text T0, a written one by the verifiers' words", async () => {
    const whole = draft({text, ceiling: "T0", spans: [{start: 0, end: text.length, seed: seed.sha256, from: 0}]});
    const judged = await run(generator(whole, draft(), draft({text: "A wrong word."})));
    expect(judged.map(({tier, stage, reason}) => [tier, stage, reason])).toEqual([
      ["T0", "", ""],
      ["T3", "", ""],
      [null, "verify", "reader:wrong-word"]
    ]);
    expect(judged[0]).toMatchObject({id: sha256(text), generated: 0, seed: seed.sha256});
    expect(judged[0].tokens).toBe(builtinTokenizer().count(text));
    expect(judged[1].generated).toBe(judged[1].tokens);
    expect(judged.map(({origin}) => origin)).toEqual([0, 1, 2].map((i) => `made/${seed.sha256.slice(0, 16)}/${i}`));
  });

  it("refuses what no sample can be, and keeps it in a form that a file can hold", async () => {
    const texts = ["", "a\0b", "a\ud800b", "x".repeat(1_000_001), "line \nend", "e\u0301"];
    const judged = await run(generator(...texts.map((one) => draft({text: one}))));
    expect(judged.map(({stage, reason}) => `${stage}:${reason}`)).toEqual([
      "form:empty",
      "form:nul",
      "form:lone-surrogate",
      "form:too-long",
      "form:not-canonical",
      "form:not-canonical"
    ]);
    expect(judged.slice(0, 3).map((one) => one.text)).toEqual(["", "a␀b", "a\ufffdb"]);
    expect(judged[3].text).toHaveLength(1_000_000);
    for (const one of judged) expect([one.text.isWellFormed(), one.id]).toEqual([true, sha256(one.text)]);
  });

  it("refuses a false span and a payload without end", async () => {
    const lie = draft({spans: [{start: 0, end: 20, seed: seed.sha256, from: 0}]});
    const judged = await run(generator(lie, draft({payload: {a: "y".repeat(1_000_001)}})));
    expect(judged.map(({reason}) => reason)).toEqual(["span-mismatch", "payload-too-long"]);
    expect(judged[0].spans).toEqual([]);
    expect(judged[1].payload).toBe("{}");
  });

  it("refuses what overlaps held-out text before a verifier sees it", async () => {
    const heldOut = (one: string) =>
      one.includes("generator") ? {reason: "held-out-overlap", detail: "13 words"} : null;
    expect((await run(generator(draft()), {heldOut}))[0]).toMatchObject({
      stage: "contamination",
      reason: "held-out-overlap",
      verdicts: []
    });
  });

  it("shows critics what the draft's code made of the seed, or the seed where it made nothing", async () => {
    const shown: (string | undefined)[] = [];
    const critic: Verifier = {
      ...reader,
      async verify(sample, context) {
        shown.push(sample.source);
        return reader.verify(sample, context);
      }
    };
    const judged = await run(generator(draft({source: "It was a <REDACTED> day."}), draft()), {verifiers: [critic]});
    expect(shown).toEqual(["It was a <REDACTED> day.", text]);
    expect(JSON.stringify(judged)).not.toContain("<REDACTED>");
  });

  it("draws the same numbers for a seed whatever came before it", async () => {
    const drawing: Generator = {
      ...generator(),
      async *generate(_, {random}) {
        yield draft({text: `Number ${random.int(1e9)}.`});
      }
    };
    const other = {...seed, sha256: sha256("other"), text: "other"};
    const alone = await run(drawing, {}, [seed]);
    const after = await run(drawing, {}, [other, seed]);
    expect(after[1]).toEqual(alone[0]);
    expect(after[0].text).not.toBe(after[1].text);
  });

  it.each([
    ["too many drafts", generator(...Array.from({length: 11}, () => draft())), "expected at most 10 drafts, got more"],
    ["a kind it does not name", generator(draft({kind: "poem"})), "expected a kind of prose, got poem"],
    [
      "a ceiling above its own",
      {...generator(draft({ceiling: "T1"})), ceiling: "T2" as const},
      "expected a ceiling of at most T2, got T1"
    ],
    ["no draft at all", generator({...draft(), text: 7 as unknown as string}), "draft of made: text"]
  ])("stops, with generator and seed, at %s", async (_, made, message) => {
    const error = await run(made).catch((reason: unknown) => reason as Error);
    expect((error as Error).message).toContain(`generate: made on seed ${seed.sha256.slice(0, 12)} (notes, a.txt): `);
    expect((error as Error).message).toContain(message);
  });

  it("stops at a verifier that throws, and at one of the generator's own family", async () => {
    const throwing: Verifier = {...reader, verify: () => Promise.reject(new Error("out of ink"))};
    await expect(run(generator(draft()), {verifiers: [throwing]})).rejects.toThrow(
      /verifier reader on made\/.*: out of ink/
    );
    await expect(run(generator(draft()), {verifiers: [{...reader, family: "made"}]})).rejects.toThrow(
      "expected another family"
    );
  });
});
