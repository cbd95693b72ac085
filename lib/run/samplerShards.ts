import {readFile} from "node:fs/promises";
import {join} from "node:path";
import type {Shard} from "../mix/tierShards.js";
import {ShardCard} from "../schema/card.js";
import {cardPath, datasetFiles, shardsOf} from "./datasetFiles.js";

/**
 * The shards of a data set with their rows and tokens, as its cards tell them: what `createSampler` draws from.
 *
 * @param folder of the data set
 * @param options.domains whether tiers are told apart by domain, "code/T2", as in a plan over tiers and domains
 * @throws TypeError naming the card that is missing or is none; RangeError where the folder holds no shard
 */
export async function samplerShards(folder: string, {domains = false} = {}): Promise<Shard[]> {
  const paths = shardsOf(await datasetFiles(folder));
  if (paths.length === 0) throw new RangeError(`${folder}: expected shards under data/, found none`);
  return Promise.all(
    paths.map(async (path) => {
      const {shard, tier, domain} = await readCard(join(folder, cardPath(path)));
      return {tier: domains ? `${domain}/${tier.id}` : tier.id, path, rows: shard.rows, tokens: shard.tokens};
    })
  );
}

async function readCard(path: string): Promise<ShardCard> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new TypeError(`${path}: expected the card of a shard, got ${(error as Error).message}`, {cause: error});
  }
  const result = ShardCard.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => `${issue.path.join(".") || "(top)"}: ${issue.message}`);
  throw new TypeError(`${path}: ${issues.join("; ")}`);
}
