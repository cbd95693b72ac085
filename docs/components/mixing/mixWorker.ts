import loadHighs from "npm:highs";
import {optimize, type OptimizeOptions} from "../../lib/mix/optimize.js";
import type {Fit} from "../../lib/schema/fit.js";
import type {Plan} from "../../lib/schema/plan.js";
import {answerWith} from "../asker.js";

/** What the page asks for: the best mix of a fit. */
export interface MixQuestion {
  readonly fit: Fit;
  readonly options: Omit<OptimizeOptions, "highs">;
}

const wasm = import.meta.resolve("npm:highs/build/highs.wasm");
const highs = () => loadHighs({locateFile: () => wasm});

answerWith(({fit, options}: MixQuestion): Promise<Plan> => optimize(fit, {...options, highs}));
