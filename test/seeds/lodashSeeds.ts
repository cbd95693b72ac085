import type {Seed} from "../../lib/schema/seed.js";
import {SeedSource} from "../../lib/schema/recipe.js";
import {lodash} from "../../lib/seeds/lodash.js";

/** The documented functions of lodash as a recipe would read them. */
export async function lodashSeeds(fields: Partial<SeedSource> = {}): Promise<Seed[]> {
  const line = {id: "lodash", source: "lodash", license: "MIT", kind: "human", domain: "code", ...fields};
  const seeds: Seed[] = [];
  for await (const seed of lodash.read(SeedSource.parse(line), {folder: ".", seed: 1})) seeds.push(seed);
  return seeds;
}
