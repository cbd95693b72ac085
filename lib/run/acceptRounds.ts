import type {Recipe} from "../schema/recipe.js";
import {clopperPearson} from "../stats/proportion.js";
import {seedsOfStep, type Round} from "./chunkPlan.js";
import type {SeedSet} from "./seedStage.js";

/** What came of a step's drafts so far, beside all others. */
export interface StepYield {
  drafts: number;
  kept: number;
  /** why drafts were refused, the most frequent first */
  reasons: readonly (readonly [reason: string, drafts: number])[];
  /** openings of texts that turned out as duplicates, the most frequent first */
  avoid: readonly string[];
}

/**
 * The drafts to ask for next, so that every step of a recipe that wants exactly so many kept samples comes to them: as many
 * as the share kept so far makes it expect, no more. None where all are there.
 *
 * @param rounds those made so far
 * @param yields by step, of the rounds made so far; without them these are the first
 * @throws Error where a step cannot come to its samples: its seeds allow no further draft, or the upper end of the 95 %
 *   interval of the share kept is too low for what they still allow
 */
export function nextRounds(
  recipe: Pick<Recipe, "generate">,
  sets: readonly SeedSet[],
  rounds: readonly Round[],
  yields: ReadonlyMap<number, StepYield>
): Round[] {
  return recipe.generate.flatMap((step, i) => {
    if (step.accept === undefined) return [];
    const asked = Math.max(0, ...rounds.filter((round) => round.step === i).map((round) => round.to));
    const {drafts, kept, reasons, avoid} = yields.get(i) ?? {drafts: 0, kept: 0, reasons: [], avoid: []};
    const missing = step.accept - kept;
    if (missing <= 0) return [];
    const room = seedsOfStep(recipe, i, sets) * step.perSeed - asked;
    const [, most] = drafts === 0 ? [0, 1] : clopperPearson(kept, drafts);
    if (most * room < missing)
      throw new Error(
        `generate[${i}].accept: expected ${step.accept} kept samples of ${step.generator}, got ${kept} of ${drafts} drafts; ` +
          (room === 0
            ? `its seeds allow no more (perSeed ${step.perSeed})`
            : `the ${room} drafts that its seeds still allow would bring ${Math.floor(most * room)} more at best (share kept at most ${most.toPrecision(3)}, 95 %)`) +
          (reasons.length === 0 ? "" : `; refused: ${reasons.map(([reason, n]) => `${reason} ${n}`).join(", ")}`) +
          "; what was made is kept: raise perSeed, give it more seeds, or ask for fewer"
      );
    // One more kept of two more drafts: a share of 0 asks for no infinity.
    const share = drafts === 0 ? 1 : (kept + 1) / (drafts + 2);
    const more = Math.min(room, Math.ceil(missing / share), Math.max(missing, 3 * drafts));
    return [{step: i, from: asked, to: asked + more, avoid}];
  });
}
