import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {tierRules} from "../curate/tier.js";
import {datasetCard} from "../export/datasetCard.js";
import {writeAtomic} from "../io/atomic.js";
import type {DataCard} from "../schema/card.js";
import {canonicalJson} from "../text/json.js";
import {dataCard} from "./dataCard.js";
import {cardPath, datasetFiles, shardsOf} from "./datasetFiles.js";
import {shardCard, type CardSource} from "./shardCard.js";

/**
 * Writes a card beside every shard, data-card.json, and README.md, from the files of a data set alone: shards, rejects
 * and all of meta/ must be in place. Calling it again writes the same bytes.
 */
export async function writeCards(connection: DuckDBConnection, source: CardSource): Promise<DataCard> {
  for (const shard of shardsOf(await datasetFiles(source.folder)))
    await writeJson(join(source.folder, cardPath(shard)), await shardCard(connection, shard, source));
  const card = await dataCard(connection, source);
  await writeAtomic(join(source.folder, "README.md"), datasetCard(card, {rules: tierRules}));
  await writeJson(join(source.folder, "data-card.json"), card);
  return card;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeAtomic(path, `${canonicalJson(value, 2)}\n`);
}
