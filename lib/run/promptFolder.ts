import {resolve} from "node:path";
import type {Recipe} from "../schema/recipe.js";

/** Folder of a recipe's own prompts, where it names one. @param folder where the recipe's relative paths start */
export function promptFolder({prompts}: Pick<Recipe, "prompts">, folder: string): string | undefined {
  return prompts === undefined ? undefined : resolve(folder, prompts);
}
