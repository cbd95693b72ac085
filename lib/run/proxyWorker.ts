import {workerData} from "piscina";
import type {Cell} from "../proxy/experiments/experiment.js";
import {runCell} from "../proxy/experiments/experiments.js";
import type {ProxyRecipe} from "../schema/proxyRecipe.js";
import type {Run} from "../schema/run.js";
import {readShared, type SharedTexts} from "./sharedTexts.js";

const {recipe, shared} = workerData as {recipe: ProxyRecipe; shared: SharedTexts};
const texts = readShared(shared);

/** Runs one cell of the proxy's experiments. */
export default function work(cell: Cell): Run[] {
  return runCell(cell, texts, recipe);
}
