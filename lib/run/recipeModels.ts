import {mkdir} from "node:fs/promises";
import {dirname, join, resolve} from "node:path";
import {openAnswers, openAnswersRead} from "../endpoints/answerCache.js";
import {readAnswersAside} from "../endpoints/answersAside.js";
import type {AnswersRead} from "../endpoints/answersFile.js";
import {endpointFamily} from "../endpoints/families.js";
import {createModels, type Models} from "../endpoints/models.js";
import {generators} from "../generate/generators.js";
import {withLock} from "../io/lock.js";
import {readPrompt} from "../io/prompts.js";
import {sha256File} from "../io/sha256.js";
import type {Recipe} from "../schema/recipe.js";
import {criticFileHashes, criticOptions} from "../verify/critics/options.js";
import {verifiers} from "../verify/verifiers.js";
import type {Asked} from "./chunkPlan.js";
import {promptFolder} from "./promptFolder.js";
import {verifiersOf} from "./recipeChecks.js";
import type {BenchmarkFile} from "./refuseContaminated.js";
import {runCalibrations} from "./runCalibrations.js";
import type {Seeds} from "./seedStage.js";
import {withheld} from "./withheld.js";

/** The models and prompts of a recipe, as far as they shape answers. @param folder where the recipe's relative paths start */
export async function modelsOf(recipe: Recipe, folder: string): Promise<Asked> {
  const named = new Set(Object.values(recipe.policy).flatMap(verifiersOf));
  const critics = verifiers.filter(({id}) => named.has(id));
  const used = [
    ...generators.filter(({id}) => recipe.generate.some(({generator}) => generator === id)),
    ...critics
  ].flatMap(({prompts = []}) => prompts);
  return {
    ...(await runCalibrations(recipe, folder, critics)),
    models: Object.fromEntries(
      recipe.endpoints.map((one) => [one.id, {model: one.model, family: endpointFamily(one), weights: one.weights}])
    ),
    prompts: Object.fromEntries(
      ["repair", ...used].map((id) => [id, readPrompt(id, {folder: promptFolder(recipe, folder)}).sha256])
    ),
    optionFiles: await Promise.all(recipe.generate.map((step) => optionFiles(step, folder))),
    files: await criticFileHashes(criticOptions(recipe.critics, {folder}))
  };
}

async function optionFiles({generator, options}: Recipe["generate"][number], folder: string): Promise<string[]> {
  const {files = []} = generators.find(({id}) => id === generator)!;
  const paths = files.map((name) => options[name]).filter((path) => typeof path === "string");
  return Promise.all(paths.map((path) => sha256File(resolve(folder, path))));
}

/** How a recipe's models are opened. */
export interface ModelsFrom {
  /** where the recipe's relative paths start */
  folder: string;
  seeds: Pick<Seeds, "heldOutPath">;
  benchmarks: readonly BenchmarkFile[];
  /** answers that are there, and no other: one that is missing ends the run */
  offline?: boolean;
  /** what `answersAhead` has begun to read */
  ahead?: Promise<AnswersRead | null>;
  signal?: AbortSignal;
}

function asksModels({critics, generate}: Recipe): boolean {
  return critics.judges.length > 0 || generate.some(({teachers}) => teachers.length > 0);
}

/** Begins to read what a recipe's models have answered, beside other work; null where there is little. */
export async function answersAhead(recipe: Recipe, folder: string, signal: AbortSignal): Promise<AnswersRead | null> {
  return asksModels(recipe) ? readAnswersAside(resolve(folder, recipe.answers), {signal}) : null;
}

/**
 * Uses the models of a recipe, null where it asks none. What they answered before is found in the recipe's folder of
 * answers, beside which is kept what the recipe has spent; nothing that shares words with held-out seeds or benchmarks is
 * sent to one. One process at a time spends a recipe's budget: others wait.
 *
 * @throws Error as createModels does
 */
export async function withModels<T>(
  recipe: Recipe,
  {folder, seeds, benchmarks, offline, ahead, signal}: ModelsFrom,
  use: (models: Models | null) => Promise<T>
): Promise<T> {
  if (!asksModels(recipe)) return use(null);
  const answers = resolve(folder, recipe.answers);
  const ledger = join(`${answers}-spent`, `${recipe.name}.jsonl`);
  await mkdir(dirname(ledger), {recursive: true});
  const heldOut = await withheld(recipe, {
    ...{heldOutPath: seeds.heldOutPath, folder},
    benchmarks: benchmarks.map(({file}) => file)
  });
  const open = async () => {
    const read = (await ahead) ?? null;
    return createModels(recipe.endpoints, {
      cache: read === null ? await openAnswers(answers) : openAnswersRead(read),
      budget: recipe.budget,
      writers: recipe.generate.flatMap(({teachers, image}) => (image === undefined ? teachers : [...teachers, image])),
      prompts: promptFolder(recipe, folder),
      ...{heldOut, ledger, offline, signal}
    });
  };
  return withLock(
    `${ledger}.lock`,
    async () => {
      const models = await open();
      try {
        return await use(models);
      } finally {
        await models.close();
      }
    },
    {wait: true}
  );
}
