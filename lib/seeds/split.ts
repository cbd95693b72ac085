import type {Split} from "../schema/seed.js";
import {sha256} from "../io/sha256.js";

/**
 * The split that a document falls into. It depends on the document's name alone, not on a recipe's seed, so that no
 * other recipe can train on what this one holds out.
 *
 * @param heldOut shares of documents in [0, 1] for dev and test
 */
export function splitOf(source: string, document: string, {dev, test}: {dev: number; test: number}): Split {
  if (dev + test > 1) throw new RangeError(`expected held-out shares that sum to at most 1, got ${dev} + ${test}`);
  const u = parseInt(sha256(`${source}\n${document}`).slice(0, 12), 16) / 2 ** 48;
  return u < test ? "test" : u < test + dev ? "dev" : "train";
}
