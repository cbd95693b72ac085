import type {Recipe} from "../schema/recipe.js";
import {nextRounds} from "./acceptRounds.js";
import type {Compared} from "./assemble.js";
import type {Round} from "./chunkPlan.js";
import type {SeedSet} from "./seedStage.js";

interface RoundsOptions {
  /** those that were made before */
  rounds: readonly Round[];
  /** makes the chunks of all rounds, those that are there already aside */
  make(rounds: readonly Round[]): Promise<void>;
  /** compares all drafts there are; what it leaves on the disk, `discard` removes */
  compare(): Promise<Compared>;
  discard(): Promise<void>;
}

/**
 * Makes the drafts of a recipe, round by round until each step that wants exactly so many kept samples has them. Whether it
 * has them is known once all drafts are compared with each other, after each round anew: a draft that comes later may be
 * the one that is kept of two.
 *
 * @returns the last comparison, for the data set to be put together from; null where no step wants exactly so many
 * @throws Error as `nextRounds` does
 */
export async function makeRounds(
  recipe: Pick<Recipe, "generate">,
  sets: readonly SeedSet[],
  {rounds, make, compare, discard}: RoundsOptions
): Promise<Compared | null> {
  let all = rounds.length > 0 ? rounds : nextRounds(recipe, sets, [], new Map());
  for (;;) {
    await make(all);
    if (all.length === 0) return null;
    const compared = await compare();
    let more: Round[];
    try {
      more = nextRounds(recipe, sets, all, await compared.yields());
      if (more.length === 0) return compared;
    } catch (error) {
      compared.close();
      throw error;
    }
    compared.close();
    await discard();
    all = [...all, ...more];
  }
}
