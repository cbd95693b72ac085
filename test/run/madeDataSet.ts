import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {runFactory} from "../../lib/run/factory.js";
import {parseRecipe} from "../../lib/run/recipe.js";

/** A recipe of a few hundred samples in two domains and all tiers' ways to be kept or refused. */
export const recipe = parseRecipe(`
name: checked
license: CC0-1.0
seeds:
  - {id: sotu, source: sotu, license: CC0-1.0, kind: human, domain: prose, limit: 150, heldOut: {dev: 0.15, test: 0.15}}
  - {id: states, source: states, license: CC0-1.0, kind: simulator, domain: math, options: {count: 60}}
generate:
  - {generator: human, from: sotu}
  - {generator: human, from: sotu, limit: 20}
  - {generator: cloze, from: sotu, limit: 60}
  - {generator: word-problems, from: states, perSeed: 3}
  - {generator: noisy-problems, from: states}
policy:
  prose: {require: [quality]}
  example: {require: [javascript-tests]}
  cloze: {require: [quality, cloze], promote: [cloze]}
  problem: {require: [arithmetic], promote: [arithmetic]}
`);

/** A data set by the recipe, in a folder of its own that the caller removes. */
export async function madeDataSet(): Promise<{folder: string; made: string}> {
  const folder = mkdtempSync(join(tmpdir(), "ballast-made-"));
  const made = join(folder, "made");
  await runFactory({recipe, folder, out: made, workers: 1});
  return {folder, made};
}
