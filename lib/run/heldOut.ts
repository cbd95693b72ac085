import type {Refusal} from "../curate/spans.js";
import type {Recipe} from "../schema/recipe.js";
import type {Seed} from "../schema/seed.js";
import {readJsonl} from "../io/jsonl.js";

/** TEMPORARY SEAM until curate's held-out index lands. */
export async function indexHeldOut(
  seeds: AsyncIterable<Seed>,
  _recipe: Pick<Recipe, "dedup">
): Promise<(text: string) => Refusal | null> {
  const ids = new Set<string>();
  for await (const seed of seeds) ids.add(seed.text);
  return (text) => (ids.has(text) ? {reason: "held-out-overlap", detail: ""} : null);
}

export async function readHeldOut(path: string, recipe: Pick<Recipe, "dedup">) {
  return indexHeldOut(
    (async function* () {
      for await (const {value} of readJsonl(path)) yield value as Seed;
    })(),
    recipe
  );
}
