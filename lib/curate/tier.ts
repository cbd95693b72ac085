import type {KindPolicy} from "../schema/recipe.js";
import type {Sample} from "../schema/sample.js";
import type {Tier} from "../schema/tier.js";
import type {Refusal} from "./spans.js";

/** Largest share of generated tokens in T1. */
export const lightlyCompleted = 0.2;

/** The policy in words, by tier; cards carry them. */
export const tierRules: Readonly<Record<Tier, string>> = {
  T0: "human text passed on unchanged, no generated token, every required verifier said yes",
  T1: "at least 80 % of the tokens copied from human seeds, every promoting verifier said yes",
  T2: "generated, every promoting verifier said yes, or people who looked at it and no such verifier no",
  T3: "generated, filtered by the required verifiers alone"
};

/** Who speaks for people that looked at a sample, and why it says no where they refused others drawn from the same stratum. */
export const audit = {verifier: "audit", family: "people", stratumRefused: "stratum-refused"} as const;

/**
 * The tier of a verified sample, or why it is refused. Origin caps the tier before quality is asked: T0 only without a
 * generated token, T1 only with at most `lightlyCompleted` of them; verification moves a sample down, never up. People who
 * looked at a sample refuse it, or let it be T2 at best; where they refused its stratum it is T3.
 *
 * @param sample `generated` as generatedTokens counts it, over spans that checkSpans has passed
 * @param policy by kind of sample, as the recipe has it; a kind without a policy is refused
 * @returns the reason "<verifier>:<its reason>" where a required verifier or the audit said no
 */
export function assignTier(
  {ceiling, tokens, generated, verdicts, kind}: Pick<Sample, "ceiling" | "tokens" | "generated" | "verdicts" | "kind">,
  policy: Readonly<Record<string, KindPolicy>>
): {tier: Tier} | Refusal {
  if (!Object.hasOwn(policy, kind))
    return {reason: "no-policy", detail: `expected a policy for kind ${JSON.stringify(kind)}, got none`};
  const {require, promote} = policy[kind];
  for (const id of require) {
    const words = verdicts.filter(({verifier}) => verifier === id);
    if (words.length === 0) return {reason: `${id}:no-verdict`, detail: `expected a verdict of ${id}, got none`};
    const no = words.find(({ok}) => !ok);
    if (no !== undefined) return {reason: `${id}:${no.reason}`, detail: no.detail};
  }
  const looked = verdicts.filter(({verifier}) => verifier === audit.verifier);
  const defect = looked.find(({ok, reason}) => !ok && reason !== audit.stratumRefused);
  if (defect !== undefined) return {reason: `${audit.verifier}:${defect.reason}`, detail: defect.detail};
  if (tokens === 0) return {reason: "no-tokens", detail: "expected at least one token, got none"};
  if (ceiling === "T0") {
    if (generated === 0) return {tier: "T0"};
    return {reason: "generated-in-t0", detail: `expected no generated token under ceiling T0, got ${generated}`};
  }
  const promoted =
    promote.length > 0 &&
    promote.every((id) => {
      const words = verdicts.filter(({verifier}) => verifier === id);
      return words.length > 0 && words.every(({ok}) => ok);
    });
  const asked = verdicts.filter(({verifier}) => promote.includes(verifier));
  const accepted = looked.length > 0 && asked.every(({ok}) => ok);
  if (looked.some(({ok}) => !ok) || ceiling === "T3" || !(promoted || accepted)) return {tier: "T3"};
  if (!promoted) return {tier: "T2"};
  return {tier: ceiling === "T1" && generated / tokens <= lightlyCompleted ? "T1" : "T2"};
}
