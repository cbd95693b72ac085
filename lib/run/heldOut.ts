import {HeldOutOverlap} from "../curate/heldOutOverlap.js";
import type {Refusal} from "../curate/spans.js";
import {readJsonl} from "../io/jsonl.js";
import type {Recipe} from "../schema/recipe.js";
import type {Seed} from "../schema/seed.js";

/** A function that says what a text shares with held-out seeds, null where it shares nothing. */
export async function indexHeldOut(
  seeds: AsyncIterable<Seed>,
  {dedup}: Pick<Recipe, "dedup">
): Promise<(text: string) => Refusal | null> {
  const index = new HeldOutOverlap({shingle: dedup.shingle, threshold: dedup.threshold});
  for await (const {sha256, text} of seeds) index.add(sha256, text);
  return (text) => index.refusal(text);
}

/** The same over a file of held-out seeds. */
export function readHeldOut(path: string, recipe: Pick<Recipe, "dedup">): Promise<(text: string) => Refusal | null> {
  return indexHeldOut(
    (async function* () {
      for await (const {value} of readJsonl(path)) yield value as Seed;
    })(),
    recipe
  );
}
