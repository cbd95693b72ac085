import {createRandom} from "../../text/random.js";
import type {TiersOptions} from "../../schema/proxyRecipe.js";
import {tiers as all, type Tier} from "../../schema/tier.js";
import {takeTokens, tokensOf} from "../passages.js";
import {simplexLattice} from "../simplex.js";
import type {Texts} from "../texts.js";
import type {Experiment} from "./experiment.js";
import {scaleOf} from "./draw.js";
import {createMixer} from "./mixture.js";
import {row} from "./row.js";

/**
 * D: weights of the data set's own tiers, over every mix of a grid and two mixes by name: "natural", the shards as they
 * are, and "drop-T3", the same without T3. A fixed budget is larger than the supply of T0, so that repeating human text
 * competes with adding other tiers. Choose on dev, report on test.
 */
export const tiers: Experiment<TiersOptions> = {
  name: "tiers",
  parts: () => ["all"],
  scale: (texts, {supply, draw}) => scaleOf(texts.tiers.T0?.passages ?? [], supply / draw),
  run(cell, texts, options, recipe) {
    const factor = tiers.scale(texts, options);
    const [budget, supply] = [Math.floor(options.budget * factor), Math.floor(options.supply * factor)];
    const present = presentTiers(texts);
    const drawn = present.map((tier) => {
      const {passages} = texts.tiers[tier]!;
      const shuffled = createRandom(recipe.seed, "tiers", tier, cell.seed).shuffle(passages);
      const taken = takeTokens(shuffled, Math.round(tokensOf(passages) * options.draw));
      return tier === "T0" ? takeTokens(taken, supply) : taken;
    });
    const mixer = createMixer(texts, options.order);
    return mixes(texts, options.steps).map(({arm, shares}) =>
      row({
        experiment: "tiers",
        arm,
        seed: cell.seed,
        generation: null,
        tokens: budget,
        supply,
        shares: Object.fromEntries(present.map((tier, i) => [tier, shares[i]])),
        synthetic_share: present.reduce((sum, tier, i) => sum + shares[i] * texts.tiers[tier]!.generated, 0),
        tokenizer: texts.tokenizer,
        benchmarks: mixer.score(
          drawn.map((passages, i) => ({passages, share: shares[i]})),
          budget
        )
      })
    );
  }
};

function presentTiers(texts: Texts): Tier[] {
  return all.filter((tier) => tokensOf(texts.tiers[tier]?.passages ?? []) > 0);
}

/** The mixes that are tried, shares in the order of the tiers that are present. */
function mixes(texts: Texts, steps: number): {arm: string; shares: number[]}[] {
  const present = presentTiers(texts);
  const natural = (without?: Tier) => {
    const tokens = present.map((tier) => (tier === without ? 0 : tokensOf(texts.tiers[tier]!.passages)));
    const sum = tokens.reduce((a, b) => a + b, 0);
    return tokens.map((n) => n / sum);
  };
  const grid = simplexLattice(present.length, steps).map((shares) => ({
    arm: present.map((tier, i) => `${tier}=${shares[i].toFixed(2)}`).join(" "),
    shares
  }));
  return [
    ...grid,
    {arm: "natural", shares: natural()},
    ...(present.includes("T3") ? [{arm: "drop-T3", shares: natural("T3")}] : [])
  ];
}
