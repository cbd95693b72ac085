import {readFile} from "node:fs/promises";
import {join} from "node:path";
import type {Constraints} from "../mix/constraints.js";
import {DataCard, ShardCard} from "../schema/card.js";

/** What a data set's cards say that an optimiser needs. */
type DatasetFacts = Required<Pick<Constraints, "generators" | "reference" | "supply" | "syntheticByTier">>;

/**
 * Reads from a data set's cards the tiers' natural shares, their tokens, the share of generated tokens in each, and
 * which generators those came from.
 *
 * @param tiers to read of; all that the data set has by default
 * @throws TypeError naming the card that cannot be read
 */
export async function datasetFacts(folder: string, tiers?: readonly string[] | null): Promise<DatasetFacts> {
  const card = await readDataCard(folder);
  const facts: DatasetFacts = {generators: {}, reference: {}, supply: {}, syntheticByTier: {}};
  for (const [tier, totals] of Object.entries(card.tiers)) {
    if (totals.tokens === 0 || (tiers && !tiers.includes(tier))) continue;
    facts.reference[tier] = totals.tokens / Math.max(1, card.tokens);
    facts.supply[tier] = totals.tokens;
    facts.syntheticByTier[tier] = totals.generated / totals.tokens;
  }
  for (const file of Object.keys(card.files)
    .filter((name) => name.endsWith(".card.json"))
    .sort()) {
    const {tier, generators, shard} = await readJson(join(folder, file), ShardCard);
    if (shard.generated === 0 || (tiers && !tiers.includes(tier.id))) continue;
    const by = (facts.generators[tier.id] ??= {});
    for (const {id, tokens} of generators) by[id] = (by[id] ?? 0) + tokens;
  }
  return facts;
}

/** The data card of a data set's folder. */
export async function readDataCard(folder: string): Promise<DataCard> {
  return readJson(join(folder, "data-card.json"), DataCard);
}

async function readJson<T>(
  path: string,
  schema: {safeParse(value: unknown): {success: true; data: T} | {success: false; error: Error}}
): Promise<T> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new TypeError(`${path}: expected a card in JSON: ${(error as Error).message}`, {cause: error});
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new TypeError(`${path}: ${result.error.message}`);
  return result.data;
}
