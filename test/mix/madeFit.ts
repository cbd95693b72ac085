import {lawOf} from "../../lib/scaling/laws.js";
import {Fit} from "../../lib/schema/fit.js";
import type {Random} from "../../lib/text/random.js";

/** A fit with known coefficients, as if it had been fitted: draws around them, whole ranges covered. */
export function madeFit(
  law: string,
  theta: readonly number[],
  {
    inputs = ["share_T0", "share_T1", "share_T2", "share_T3"],
    roles = inputs.map(() => (inputs.length === 1 ? "share" : "shares")),
    target = "loss",
    lowerIsBetter = true,
    spread = 0.02,
    draws = 200,
    random,
    domain = {},
    at = {},
    replicateSd = 0.01
  }: {
    inputs?: readonly string[];
    roles?: readonly Fit["roles"][number][];
    target?: string;
    lowerIsBetter?: boolean;
    spread?: number;
    draws?: number;
    random: Random;
    domain?: Record<string, [number, number]>;
    at?: Record<string, number>;
    replicateSd?: number | null;
  }
): Fit {
  const shares = inputs.filter((_, i) => roles[i] === "share" || roles[i] === "shares");
  const parameters = lawOf(law).parameters({
    tiers: shares,
    varies: new Set(roles),
    lowerIsBetter
  });
  const fixed = Object.fromEntries(parameters.flatMap(({name, fixed: v}) => (v === undefined ? [] : [[name, v]])));
  const free = parameters.flatMap(({name, fixed: v}, i) => (v === undefined ? [{name, value: theta[i]}] : []));
  return Fit.parse({
    version: 1,
    law,
    target,
    lowerIsBetter,
    inputs: [...inputs],
    roles: [...roles],
    fixed,
    objectiveForm: {loss: "squares", residuals: "raw", delta: 1, penalty: 1},
    syntheticByTier: {T0: 0, T1: 0.15, T2: 1, T3: 1},
    coefficients: Object.fromEntries(
      free.map(({name, value}) => [
        name,
        {value, interval: [value - 1, value + 1], profile: null, identified: true, note: "", unit: "target"}
      ])
    ),
    objective: 0,
    n: 50,
    heldOut: {n: 0, meanRelativeError: null, rmse: null, spearman: null},
    candidates: [],
    chosenBy: "made",
    bootstrap: {kind: "residual", method: "percentile"},
    weighting: "equal",
    draws: Array.from({length: draws}, () => free.map(({value}) => value * (1 + spread * random.normal()))),
    level: 0.95,
    seed: 1,
    domain: Object.fromEntries(inputs.map((name) => [name, domain[name] ?? [0, 1]])),
    hull: corners(inputs, roles, domain),
    at,
    influence: [],
    baseline: {
      inputs: Object.fromEntries(inputs.map((name, i) => [name, i === 0 && shares.length > 1 ? 1 : 0])),
      value: 2,
      replicateSd,
      replicates: replicateSd === null ? 0 : 6
    },
    data: {source: "", sha256: "", tokenizer: null, where: null},
    notes: [],
    first: null
  });
}

/** Each input's range by its corners: pure mixes, at the smallest and the largest scale. */
function corners(
  inputs: readonly string[],
  roles: readonly Fit["roles"][number][],
  domain: Record<string, [number, number]>
): number[][] {
  const shares = inputs.flatMap((_, i) => (roles[i] === "shares" ? [i] : []));
  return (shares.length === 0 ? [-1, -2] : shares).flatMap((pure) =>
    [0, 1].map((end) =>
      inputs.map((name, i) =>
        roles[i] === "shares" ? Number(i === pure) : (domain[name] ?? [0, 1])[pure === -2 ? 1 : end]
      )
    )
  );
}
