import {resolve} from "node:path";
import {openAnswers} from "../endpoints/answerCache.js";
import {endpointFamily} from "../endpoints/families.js";
import {createModels, type Models} from "../endpoints/models.js";
import {generators} from "../generate/generators.js";
import {readPrompt} from "../io/prompts.js";
import type {Recipe} from "../schema/recipe.js";
import {verifiers} from "../verify/verifiers.js";
import type {Asked} from "./chunkPlan.js";
import {benchmarkRefusal} from "./contamination.js";
import {readHeldOut} from "./heldOut.js";
import {verifiersOf} from "./recipeChecks.js";
import {contaminationKey, type BenchmarkFile} from "./refuseContaminated.js";
import type {Seeds} from "./seedStage.js";

/** Folder of a recipe's own prompts, where it names one. */
export function promptFolder({prompts}: Pick<Recipe, "prompts">, folder: string): string | undefined {
  return prompts === undefined ? undefined : resolve(folder, prompts);
}

/** The models and prompts of a recipe, as far as they shape answers. @param folder where the recipe's relative paths start */
export function modelsOf(recipe: Recipe, folder: string): Asked {
  const named = new Set(Object.values(recipe.policy).flatMap(verifiersOf));
  const used = [
    ...generators.filter(({id}) => recipe.generate.some(({generator}) => generator === id)),
    ...verifiers.filter(({id}) => named.has(id))
  ].flatMap(({prompts = []}) => prompts);
  return {
    models: Object.fromEntries(
      recipe.endpoints.map((one) => [one.id, {model: one.model, family: endpointFamily(one), weights: one.weights}])
    ),
    prompts: Object.fromEntries(used.map((id) => [id, readPrompt(id, {folder: promptFolder(recipe, folder)}).sha256]))
  };
}

/**
 * Opens the models of a recipe: what they answered before is found in the recipe's folder of answers, and nothing that
 * shares words with held-out seeds or benchmarks is sent to one.
 *
 * @throws Error naming an endpoint that lacks terms, a family, a key or a price that the budget needs
 */
export async function openModels(
  recipe: Recipe,
  {
    folder,
    seeds,
    benchmarks,
    offline = false,
    signal
  }: {
    folder: string;
    seeds: Pick<Seeds, "heldOutPath">;
    benchmarks: readonly BenchmarkFile[];
    /** answers that are there, and no other: one that is missing ends the run */
    offline?: boolean;
    signal?: AbortSignal;
  }
): Promise<Models> {
  const {block, columns, key} = recipe.contamination;
  const overlap = await readHeldOut(seeds.heldOutPath, recipe);
  const benchmark =
    benchmarks.length === 0 || block.length === 0
      ? () => null
      : await benchmarkRefusal(
          benchmarks.map(({file}) => file),
          {block, columns, key: key === undefined ? "" : await contaminationKey(resolve(folder, key))}
        );
  return createModels(recipe.endpoints, {
    cache: await openAnswers(resolve(folder, recipe.answers)),
    budget: recipe.budget,
    heldOut: (text) => overlap(text) ?? benchmark(text),
    writers: recipe.generate.flatMap(({teachers}) => teachers),
    env: process.env,
    ...{offline, signal}
  });
}
