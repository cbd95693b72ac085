import {BenchmarkIndex} from "../curate/contamination/benchmarkIndex.js";
import {anchorRule, shares, type TierTokens} from "../curate/rules.js";
import {generators} from "../generate/generators.js";
import type {Generator} from "../generate/generator.js";
import type {Recipe} from "../schema/recipe.js";
import {tiers} from "../schema/tier.js";
import {sources} from "../seeds/sources.js";
import type {Source} from "../seeds/source.js";
import {nearest} from "../text/nearest.js";
import {verifiers} from "../verify/verifiers.js";
import type {Verifier} from "../verify/verifier.js";
import {checkModels} from "./modelChecks.js";
import type {Problem} from "./recipe.js";

/** What recipes may name. */
export interface Parts {
  sources: readonly Pick<Source, "id">[];
  generators: readonly Pick<Generator, "id" | "family" | "kinds" | "asks">[];
  verifiers: readonly Pick<Verifier, "id" | "family" | "asks" | "needsReference">[];
}

/**
 * What a well-formed recipe gets wrong: names that do not exist, kinds without a policy, a verifier of the generator's own
 * family, a mix that breaks the anchor rule.
 */
export function checkRecipe(recipe: Recipe, parts: Parts = {sources, generators, verifiers}): Problem[] {
  const problems: Problem[] = [];
  const add = (path: Problem["path"], message: string) => void problems.push({path, message});

  recipe.seeds.forEach((spec, i) => {
    unknown(["seeds", i, "source"], spec.source, parts.sources);
    if (recipe.seeds.findIndex(({id}) => id === spec.id) < i)
      add(["seeds", i, "id"], `expected a name that no other source of the recipe has, got ${JSON.stringify(spec.id)}`);
    const {dev, test} = spec.heldOut;
    if (dev + test > 1) add(["seeds", i, "heldOut"], `expected dev + test of at most 1, got ${dev} + ${test}`);
    if (spec.source === "states" && spec.kind !== "simulator")
      add(["seeds", i, "kind"], `expected simulator for the source states, got ${JSON.stringify(spec.kind)}`);
  });

  for (const [kind, policy] of Object.entries(recipe.policy)) {
    for (const list of ["require", "promote"] as const)
      policy[list].forEach((id, j) => {
        unknown(["policy", kind, list, j], id, parts.verifiers);
        if (parts.verifiers.find((one) => one.id === id)?.needsReference)
          add(
            ["policy", kind, list, j],
            `expected a verifier that can judge a draft by itself: ${id} needs a trusted answer beside it, which no draft of a run has`
          );
      });
  }

  const methods = new BenchmarkIndex().methods.map((id) => ({id}));
  recipe.contamination.block.forEach((method, i) => unknown(["contamination", "block", i], method, methods));

  recipe.generate.forEach((step, i) => {
    unknown(["generate", i, "from"], step.from, recipe.seeds);
    unknown(["generate", i, "generator"], step.generator, parts.generators);
    const generator = parts.generators.find(({id}) => id === step.generator);
    for (const kind of generator?.kinds ?? []) {
      if (!Object.hasOwn(recipe.policy, kind)) {
        add(
          ["generate", i, "generator"],
          `${step.generator} makes samples of kind ${kind}: expected policy.${kind}, got none`
        );
        continue;
      }
      for (const id of verifiersOf(recipe.policy[kind])) {
        const verifier = parts.verifiers.find((candidate) => candidate.id === id);
        if (verifier?.family === generator?.family)
          add(
            ["generate", i, "generator"],
            `rule family refused: the generator's family is never the verifier's; ${step.generator} and ${id} are both ${verifier?.family}`
          );
      }
    }
  });

  problems.push(...checkModels(recipe, parts));

  if (recipe.mix !== undefined) {
    const total = Object.values(recipe.mix).reduce((sum, weight) => sum + weight, 0);
    if (total > 0) {
      const rule = anchorRule(shares(anyTokens, recipe.mix), recipe.rules.anchor);
      if (!rule.ok)
        add(["mix"], `rule ${rule.rule} refused: ${rule.statement}; value ${rule.value}, bound ${rule.bound}`);
    } else add(["mix"], `expected weights above 0, got ${total} in all`);
  }
  return problems;

  function unknown(path: Problem["path"], id: string, known: readonly {id: string}[]): void {
    const ids = known.map((one) => one.id);
    if (ids.includes(id)) return;
    const hint = nearest(id, ids);
    const suggestion = hint === null ? "" : `; did you mean ${hint}?`;
    add(path, `expected one of ${ids.join(", ")}, got ${JSON.stringify(id)}${suggestion}`);
  }
}

/** The verifiers that a kind's samples meet, each once: those required first. */
export function verifiersOf({require, promote}: Recipe["policy"][string]): string[] {
  return [...new Set([...require, ...promote])];
}

// Before a run nobody knows the tiers' tokens; a mix with weights needs only that there are some.
const anyTokens = Object.fromEntries(tiers.map((tier) => [tier, {tokens: 1, generators: {}}])) as unknown as TierTokens;
