import {mkdir} from "node:fs/promises";
import {dirname, join, resolve} from "node:path";
import {openAnswers} from "../endpoints/answerCache.js";
import type {LanguageModel} from "../endpoints/languageModel.js";
import type {Pictures} from "../endpoints/pictures.js";
import {createModels} from "../endpoints/models.js";
import {withLock} from "../io/lock.js";
import type {Recipe} from "../schema/recipe.js";
import {criticOptions, type CriticOptions} from "../verify/critics/options.js";
import type {Verifier} from "../verify/verifier.js";
import {promptFolder} from "./promptFolder.js";
import {benchmarkFiles} from "./refuseContaminated.js";
import {withheld} from "./withheld.js";
import {runCalibrations} from "./runCalibrations.js";

/** Judges that are open, and how a recipe has them judge. */
export interface Judges {
  judges: readonly LanguageModel[];
  critics: CriticOptions;
  /** where pictures have to lie that they are shown */
  pictures: Pictures;
}

/**
 * Uses the judges of a recipe outside of a run, with its budget, answers and prompts. What shares words with the recipe's
 * benchmarks is shown to none of them, as in a run; its held-out seeds are not looked at, since no run has set them apart.
 * A gold set that is itself a benchmark of the recipe cannot be used, and its votes are void as "held-out".
 *
 * @param options.folder where the recipe's relative paths start
 * @param options.critics those that ask, whose votes a recipe may have weighed by rates
 * @throws RangeError where the recipe names no judges, or as panelRates does; Error as createModels does
 */
export async function withJudges<T>(
  recipe: Recipe,
  {folder, critics: asking}: {folder: string; critics: readonly Verifier[]},
  use: (judges: Judges) => Promise<T>
): Promise<T> {
  const named = recipe.critics.judges;
  if (named.length === 0)
    throw new RangeError(`${recipe.name}: expected endpoints of judges in critics.judges, got none`);
  const benchmarks = recipe.contamination.block.length === 0 ? [] : await benchmarkFiles(recipe, folder);
  const heldOut = await withheld(recipe, {benchmarks: benchmarks.map(({file}) => file), folder});
  const answers = resolve(folder, recipe.answers);
  const ledger = join(`${answers}-spent`, `${recipe.name}.jsonl`);
  await mkdir(dirname(ledger), {recursive: true});
  const prompts = promptFolder(recipe, folder);
  // Elsewhere the files are not read: they may be what is to be measured now.
  const weighed = recipe.critics.aggregate === "dawid-skene";
  const rates = weighed ? (await runCalibrations(recipe, folder, asking)).rates : undefined;
  return withLock(
    `${ledger}.lock`,
    async () => {
      const cache = await openAnswers(answers);
      const models = await createModels(
        recipe.endpoints.filter(({id}) => named.includes(id)),
        {cache, budget: recipe.budget, heldOut, ...{prompts, ledger}}
      );
      try {
        return await use({
          judges: named.map((id) => models.get(id)),
          pictures: cache.pictures,
          critics: criticOptions(recipe.critics, {
            ...{folder, prompts, rates},
            cache: resolve(folder, ".ballast/terminology")
          })
        });
      } finally {
        await models.close();
      }
    },
    {wait: true}
  );
}
