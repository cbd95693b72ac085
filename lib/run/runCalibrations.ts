import {endpointFamily} from "../endpoints/families.js";
import type {RunCalibrations} from "../schema/calibration.js";
import type {Recipe} from "../schema/recipe.js";
import type {CriticOptions, PanelRates} from "../verify/critics/options.js";
import {criticOptions} from "../verify/critics/options.js";
import type {Verifier} from "../verify/verifier.js";
import {readCalibrations} from "./calibrationFiles.js";
import {fittingCalibrations, type Judge} from "./calibrationFit.js";
import {criticBasis} from "./criticBasis.js";
import {panelRates} from "./panelRates.js";
import {promptFolder} from "./promptFolder.js";

/** Judges of a recipe as they are declared. */
export function declaredJudges({endpoints, critics}: Pick<Recipe, "endpoints" | "critics">): Judge[] {
  return endpoints
    .filter(({id}) => critics.judges.includes(id))
    .map((endpoint) => ({
      ...{id: endpoint.id, model: endpoint.model, weights: endpoint.weights},
      family: endpointFamily(endpoint)
    }));
}

/**
 * The calibrations that a recipe names, what of its critics they must fit, and the rates that "dawid-skene" takes of them.
 *
 * @param verifiers those that are used; the ones that ask no judges are passed over
 * @throws TypeError as readCalibrations does; RangeError as panelRates does
 */
export async function runCalibrations(
  recipe: Recipe,
  folder: string,
  verifiers: readonly Verifier[]
): Promise<{calibrations: RunCalibrations; rates?: CriticOptions["rates"]}> {
  const {calibration = [], aggregate, prior} = recipe.critics;
  const options = criticOptions(recipe.critics, {folder, prompts: promptFolder(recipe, folder)});
  const asking = verifiers.filter(({asks}) => asks !== undefined);
  const files = await readCalibrations(calibration, folder);
  const bases = (rates?: CriticOptions["rates"]) =>
    Promise.all(asking.map((critic) => criticBasis(critic, {...options, rates})));
  if (aggregate !== "dawid-skene") return {calibrations: {version: 1, critics: await bases(), files}};
  const judges = declaredJudges(recipe);
  const fitting = fittingCalibrations({critics: await bases(), files}, judges);
  const rates: Record<string, PanelRates> = {};
  for (const {id} of asking) rates[id] = panelRates(id, judges, fitting, prior);
  return {calibrations: {version: 1, critics: await bases(rates), files}, rates};
}
