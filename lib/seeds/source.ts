import type {SeedSource} from "../schema/recipe.js";
import type {Seed} from "../schema/seed.js";

/** What a source gets beside its lines of the recipe. */
export interface SourceContext {
  /** the recipe's folder: relative paths start here */
  folder: string;
  /** the recipe's seed, for sources that draw */
  seed: number;
  /** Counts a piece of material that was left out and why, e.g. "nul"; without it nobody counts. */
  skip?(reason: string, where: string): void;
}

/**
 * Where seeds come from. `read` yields them in an order that depends on its arguments alone, each with `source`, `kind`,
 * `domain` and `license` from `spec` and its split by document.
 */
export interface Source {
  id: string;
  read(spec: SeedSource, context: SourceContext): AsyncIterable<Seed>;
}
