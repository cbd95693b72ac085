import {existsSync} from "node:fs";
import {readdir} from "node:fs/promises";
import {join} from "node:path";
import {builtinTokenizer} from "../io/assets.js";
import {readParquet} from "../io/parquet.js";
import {cutPassages, takeTokens, tokensOf} from "../proxy/passages.js";
import type {Texts} from "../proxy/texts.js";
import type {ProxyRecipe} from "../schema/proxyRecipe.js";
import {tiers, type Tier} from "../schema/tier.js";
import {createRandom} from "../text/random.js";

/**
 * What the proxy reads of a data set: human training seeds, held-out text, and the shards of one domain.
 *
 * @throws TypeError naming the file where the domain lacks human, held-out or, for tier weights, generated text
 */
export async function readTexts(dir: string, recipe: ProxyRecipe): Promise<Texts> {
  const {domain, passage, heldOut} = recipe;
  const tokenizer = builtinTokenizer();
  const bytes = Uint8Array.from({length: tokenizer.vocabSize}, (_, token) => tokenizer.byteLength(token));
  const outside = heldOut.outside?.source ?? "";
  const passages = (documents: Iterable<string>) =>
    [...documents].flatMap((text) => cutPassages(tokenizer.encode(text), passage));
  const human = passages(
    await documents(join(dir, "meta", "seeds.parquet"), (row) => row.domain === domain && row.kind === "human")
  );
  if (human.length === 0)
    throw new TypeError(`${join(dir, "meta", "seeds.parquet")}: expected human text of the domain ${domain}, got none`);

  const held = join(dir, "meta", "heldout.parquet");
  const draw = async (name: string, tokens: number, which: (row: SeedRow) => boolean) => {
    const found = passages(await documents(held, which));
    if (found.length === 0) throw new TypeError(`${held}: expected held-out text for ${name}, got none`);
    return takeTokens(createRandom(recipe.seed, "held-out", name).shuffle(found), tokens);
  };
  const own = (split: string) => (row: SeedRow) =>
    row.domain === domain && row.kind === "human" && row.split === split && row.source !== outside;
  const texts: Record<string, readonly Uint16Array[]> = {
    bpb_dev: await draw("bpb_dev", heldOut.tokens, own("dev")),
    bpb_test: await draw("bpb_test", heldOut.tokens, own("test"))
  };
  if (heldOut.outside !== undefined) {
    const {benchmark, tokens} = heldOut.outside;
    texts[benchmark] = await draw(benchmark, tokens, (row) => row.source === outside);
  }
  return {
    vocabSize: tokenizer.vocabSize,
    tokenizer: tokenizer.sha256,
    bytes,
    human,
    heldOut: texts,
    tiers: recipe.tiers === undefined ? {} : await readTiers(dir, domain, passages)
  };
}

interface SeedRow {
  source: string;
  document: string;
  kind: string;
  domain: string;
  split: string;
  text: string;
}

/** Documents that passages were cut from, put together again. */
async function documents(path: string, which: (row: SeedRow) => boolean): Promise<Iterable<string>> {
  const texts = new Map<string, string>();
  for await (const batch of readParquet(path, {select: "source, document, kind, domain, split, text"})) {
    for (const row of batch as unknown as SeedRow[]) {
      if (!which(row)) continue;
      const key = `${row.source}\n${row.document}`;
      const before = texts.get(key);
      texts.set(key, before === undefined ? row.text : `${before} ${row.text}`);
    }
  }
  return texts.values();
}

async function readTiers(dir: string, domain: string, passages: (texts: Iterable<string>) => Uint16Array[]) {
  const found: Partial<Record<Tier, {passages: Uint16Array[]; generated: number}>> = {};
  for (const tier of tiers) {
    const folder = join(dir, "data", domain, tier);
    if (!existsSync(folder)) continue;
    const texts: string[] = [];
    let tokens = 0;
    let generated = 0;
    for (const name of (await readdir(folder)).filter((name) => name.endsWith(".parquet")).sort()) {
      for await (const batch of readParquet(join(folder, name), {select: "text, tokens, generated"})) {
        for (const row of batch as {text: string; tokens: number; generated: number}[]) {
          texts.push(row.text);
          tokens += row.tokens;
          generated += row.generated;
        }
      }
    }
    if (tokens > 0) found[tier] = {passages: passages(texts), generated: generated / tokens};
  }
  if (tokensOf(found.T0?.passages ?? []) === 0)
    throw new TypeError(
      `${join(dir, "data", domain)}: expected human text in T0, got none: there is no anchor to weigh`
    );
  if (Object.values(found).every((tier) => tier.generated === 0))
    throw new TypeError(`${join(dir, "data", domain)}: expected generated text beside the human, got none`);
  return found;
}
