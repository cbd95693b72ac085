import {DataCard, ShardCard} from "./card.js";
import {Fit} from "./fit.js";
import {Plan} from "./plan.js";
import {ProxyRecipe} from "./proxyRecipe.js";
import {Recipe} from "./recipe.js";
import {Run} from "./run.js";
import {Reject, Sample} from "./sample.js";
import {Seed} from "./seed.js";
import {Verdict} from "./verdict.js";

/** The nouns by the name of their JSON Schema. */
export const schemas = {
  "data-card": DataCard,
  fit: Fit,
  plan: Plan,
  "proxy-recipe": ProxyRecipe,
  recipe: Recipe,
  reject: Reject,
  run: Run,
  sample: Sample,
  seed: Seed,
  "shard-card": ShardCard,
  verdict: Verdict
} as const;
