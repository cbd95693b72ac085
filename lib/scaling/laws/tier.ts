import {wide, type Context, type Law, type Parameter} from "../law.js";
import {signParameter} from "../sign.js";
import {tierOf} from "../tierOf.js";
import {tierBatch} from "./tierBatch.js";
import {tierPlaces as at} from "./tierPlaces.js";
import {tierStarts} from "./tierStarts.js";

/** The exponent of tokens where D does not vary, between Hoffmann et al.'s 0.28 and Besiroglu et al.'s 0.37. */
const usual = 0.3;

/** Model size at which the term in N is A, and effective tokens at which the term in D is B. */
export const reference = 1e9;

/**
 * E + sign (A (N/10⁹)^−alpha + B (D_eff/10⁹)^−beta): a benchmark by model size, tokens, shares of the tiers and their
 * supplies. D_eff = (Σ (q_j e_j)^rho)^(1/rho): tokens of the first tier that are worth what was read of all. A token of
 * tier j alone is worth q_j of its; e_j is what D_j = w_j D tokens read from a supply of U_j are worth when fresh, D_j
 * up to one epoch and U_j (1 + R (1 − exp(−(D_j / U_j − 1) / R))) beyond; rho < 1: tiers complete each other, 1: they
 * replace each other, > 1: they disturb each other.
 *
 * Where D does not vary, D_eff is taken per token, so that B is the term of a run that read the first tier alone, and
 * beta is held at 0.3: mixes alone bend E, B and beta into each other. The derivation and what designs identify stand in docs/tier-law.md.
 */
export const tier: Law = tierLaw({
  id: "tier",
  title: "Tier law",
  formula: "E + sign (A / N^alpha + B / D_eff^beta), D_eff^rho = Σ (q_t e_t)^rho, N and D in 10⁹",
  collapse: false
});

/**
 * The tier law with an error that does not vanish with tokens: + sign kappa p², p the generated share of all tokens.
 * Fitted to labels of two sources pooled, least squares settles at w + p δ, δ the fault of the second, whose excess
 * error is p² |δ|² however many tokens there are. kappa may be negative: whether there is collapse is for the runs.
 */
export const tierCollapse: Law = tierLaw({
  id: "tier-collapse",
  title: "Tier law with collapse",
  formula: "E + sign (A / N^alpha + B / D_eff^beta + kappa p²), D_eff^rho = Σ (q_t e_t)^rho, N and D in 10⁹",
  collapse: true
});

function tierLaw({collapse, ...names}: Pick<Law, "id" | "title" | "formula"> & {collapse: boolean}): Law {
  const parameters = (context: Context): Parameter[] => {
    const {tiers, varies} = context;
    const shares = varies.has("shares") || varies.has("share");
    const known = (is: boolean, fixed: number) => (is ? {} : {fixed});
    const data = varies.has("d") || shares || varies.has("supplies");
    return [
      {name: "E", unit: "target", bounds: wide},
      {name: "A", unit: "target", bounds: [0, 1e9], scale: "log", ...known(varies.has("n"), 0)},
      {name: "alpha", unit: "1", bounds: [0.001, 5], scale: "log", ...known(varies.has("n"), 0)},
      {name: "B", unit: "target", bounds: [0, 1e9], scale: "log", ...known(data, 0)},
      {name: "beta", unit: "1", bounds: [0.001, 5], scale: "log", ...known(varies.has("d"), data ? usual : 0)},
      {name: "rho", unit: "1", bounds: [0.05, 5], scale: "log", ...known(shares, 1)},
      {name: "R", unit: "epochs", bounds: [0.01, 1e4], scale: "log", ...known(varies.has("supplies"), 1e4)},
      signParameter(context),
      {name: "tokens", unit: "tokens", bounds: [0, reference], fixed: varies.has("d") ? reference : 0},
      ...tiers.map((t, j): Parameter => {
        const unit = `tokens of ${tiers[0]} a token`;
        return {name: `q[${t}]`, unit, bounds: [1e-4, 1e4], scale: "log", ...known(shares && j > 0, 1)};
      }),
      ...(collapse
        ? [
            {name: "kappa", unit: "target", bounds: wide, ...known(shares, 0)},
            ...tiers.map((t, j) => ({
              name: `p[${t}]`,
              unit: "1",
              bounds: [0, 1] as const,
              fixed: generated(context)[j]
            }))
          ]
        : [])
    ];
  };
  const law: Law = {
    ...names,
    source:
      "this project; nests Hoffmann et al. (2022), arXiv:2203.15556, and the repeated tokens of Muennighoff et al. (2023), arXiv:2305.16264; p² after Dohmatob et al. (2024), arXiv:2410.04840",
    reads: ["n", "d", "shares", "supplies"],
    // Without shares there is no share of generated tokens to look for a collapse in.
    optional: ["n", "d", "supplies", ...(collapse ? [] : (["shares"] as const))],
    of: "any",
    ...(collapse && {
      moot: (context: Context) =>
        new Set(generated(context)).size > 1 ? null : "needs tiers that differ in their generated share"
    }),
    parameters,
    predict: (theta, x) => value(theta, x, collapse, null),
    gradient: (theta, x, out) => value(theta, x, collapse, out),
    batch: (rows) => tierBatch(rows, {collapse, reference}),
    starts: (context, rows, y) => tierStarts(law, parameters(context), {rows, y, collapse})
  };
  return law;
}

/** Generated share of each tier: as the context says; else 1 for T2, T3 and whatever calls itself synthetic. */
function generated({tiers, synthetic}: Context): readonly number[] {
  return synthetic ?? tiers.map((t) => (["T2", "T3"].includes(tierOf(t)) || /synthetic$/i.test(t) ? 1 : 0));
}

/** The prediction; writes its derivatives to `out` where there is one. */
function value(theta: ArrayLike<number>, x: ArrayLike<number>, collapse: boolean, out: Float64Array | null): number {
  const tiers = (x.length - 2) / 2;
  const sign = theta[at.sign];
  const [n, d] = [x[0], x[1]];
  const [alpha, beta, rho, epochs] = [theta[at.alpha], theta[at.beta], theta[at.rho], theta[at.R]];
  const unit = theta[at.scale] === 0 ? d : theta[at.scale];
  let sum = 0;
  let weighted = 0;
  let byEpochs = 0;
  let p = 0;
  for (let j = 0; j < tiers; j++) {
    const share = x[2 + j];
    if (!(share > 0)) continue;
    const read = share * d;
    const supply = x[2 + tiers + j];
    let worth = read;
    let byR = 0;
    if (read > supply) {
      const excess = (read / supply - 1) / epochs;
      const left = Math.exp(-excess);
      worth = supply * (1 + epochs * (1 - left));
      byR = (supply * (1 - left - excess * left)) / worth;
    }
    const size = Math.log((theta[at.q + j] * worth) / unit);
    const part = Math.exp(rho * size);
    sum += part;
    weighted += part * size;
    byEpochs += part * byR;
    if (out !== null) out[at.q + j] = part;
    if (collapse) p += share * theta[at.q + tiers + 1 + j];
  }
  const tokens = Math.log(sum) / rho;
  const size = Math.log(n / reference);
  const byN = theta[at.A] === 0 ? 0 : theta[at.A] * Math.exp(-alpha * size);
  const byD = theta[at.B] === 0 ? 0 : theta[at.B] * Math.exp(-beta * tokens);
  const kappa = collapse ? theta[at.q + tiers] : 0;
  if (out !== null) {
    const slope = -sign * beta * byD;
    out[at.E] = 1;
    out[at.A] = byN === 0 ? 0 : (sign * byN) / theta[at.A];
    out[at.alpha] = byN === 0 ? 0 : -sign * byN * size;
    out[at.B] = byD === 0 ? 0 : (sign * byD) / theta[at.B];
    out[at.beta] = -sign * byD * tokens;
    out[at.rho] = slope * (weighted / sum / rho - tokens / rho);
    out[at.R] = slope * (byEpochs / sum);
    out[at.sign] = byN + byD + kappa * p * p;
    out[at.scale] = 0;
    for (let j = 0; j < tiers; j++) out[at.q + j] = x[2 + j] > 0 ? (slope * out[at.q + j]) / sum / theta[at.q + j] : 0;
    if (collapse) {
      out[at.q + tiers] = sign * p * p;
      for (let j = 0; j < tiers; j++) out[at.q + tiers + 1 + j] = 2 * sign * kappa * p * x[2 + j];
    }
  }
  return theta[at.E] + sign * (byN + byD + kappa * p * p);
}
