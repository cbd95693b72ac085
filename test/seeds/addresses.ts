import {SeedSource} from "../../lib/schema/recipe.js";
import type {Seed} from "../../lib/schema/seed.js";
import {sotu} from "../../lib/seeds/sotu.js";

/** Training passages of the state of the union, as the built-in recipe has them. */
export async function addresses(): Promise<Seed[]> {
  const spec = SeedSource.parse({
    id: "sotu",
    source: "sotu",
    license: "CC0-1.0",
    kind: "human",
    domain: "prose",
    heldOut: {dev: 0.1, test: 0.1}
  });
  const seeds: Seed[] = [];
  for await (const seed of sotu.read(spec, {folder: ".", seed: 1})) if (seed.split === "train") seeds.push(seed);
  return seeds;
}
