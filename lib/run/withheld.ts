import {resolve} from "node:path";
import type {HeldOut} from "../endpoints/heldOutGuard.js";
import type {Recipe} from "../schema/recipe.js";
import {readHeldOut} from "./heldOut.js";

/** Where that is which no model of a recipe may be shown. */
interface Withheld {
  /** held-out seeds, where they are known */
  heldOutPath?: string;
  /** files of the recipe's benchmarks */
  benchmarks: readonly string[];
  /** where the recipe's relative paths start */
  folder: string;
}

/** Says why a text may not be shown to a recipe's models: it shares words with a held-out seed or a benchmark. */
export async function withheld(
  recipe: Pick<Recipe, "contamination" | "dedup">,
  {heldOutPath, benchmarks, folder}: Withheld
): Promise<HeldOut> {
  const {block, columns, key} = recipe.contamination;
  const overlap = heldOutPath === undefined ? () => null : await readHeldOut(heldOutPath, recipe);
  if (benchmarks.length === 0 || block.length === 0) return overlap;
  // Loaded on demand: worker threads of a recipe without benchmarks need none of it.
  const [{benchmarkRefusal}, {contaminationKey}] = await Promise.all([
    import("./contamination.js"),
    import("./refuseContaminated.js")
  ]);
  const secret = key === undefined ? "" : await contaminationKey(resolve(folder, key));
  const benchmark = await benchmarkRefusal(benchmarks, {block, columns, key: secret});
  return (text) => overlap(text) ?? benchmark(text);
}
