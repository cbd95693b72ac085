import type {Confusion} from "../stats/judgeRates.js";
import type {PanelRates} from "../verify/critics/options.js";
import type {FittingCalibrations, Judge} from "./calibrationFit.js";

/**
 * What "dawid-skene" weighs a critic's votes by: each judge's rates over all gold sets that fit, and the share of right
 * texts in these unless the recipe knows one. Reports on panels that were weighed so themselves say nothing more of their
 * judges: they are left to the panel's own figures, so that a panel can be measured on another gold set than its weights.
 *
 * Rates and share are the mean of Jeffreys' posterior, (successes + ½) / (cases + 1): a judge that was never wrong on a
 * few texts does not decide alone for it.
 *
 * @param judges all that may sit in the panel
 * @throws RangeError naming each judge of whom no report says how it does on right texts and on wrong ones
 * Source: Brown, Cai & DasGupta (2001), doi:10.1214/ss/1009213286 (Jeffreys' prior of a proportion).
 */
export function panelRates(
  critic: string,
  judges: readonly Judge[],
  {judges: measured, left}: Pick<FittingCalibrations, "judges" | "left">,
  prior?: number
): PanelRates {
  const own = measured.filter(({report}) => report.critic === critic && report.aggregation.aggregate !== "dawid-skene");
  const rates: Record<string, {sensitivity: number; specificity: number}> = {};
  const missing: string[] = [];
  for (const {id, model} of judges) {
    const of = own.filter(({judge}) => judge.id === id).map(({figures}) => figures.confusion);
    const [hit, missed, refused, let_] = (
      ["truePositive", "falseNegative", "trueNegative", "falsePositive"] as const
    ).map((name) => total(of, name));
    if (hit + missed === 0 || refused + let_ === 0) missing.push(`${id} (${model})`);
    else rates[id] = {sensitivity: jeffreys(hit, hit + missed), specificity: jeffreys(refused, refused + let_)};
  }
  if (missing.length > 0)
    throw new RangeError(
      `critics.aggregate: dawid-skene needs for ${critic} a report in critics.calibration on each judge, over right texts and wrong ones, got none on ${missing.join(", ")}` +
        `${left.length === 0 ? "" : ` (${left.join("; ")})`}; with another aggregate, measure them: ballast verify GOLD --with ${critic} --judges RECIPE --calibrate --out FILE`
    );
  const golds = [...new Map(own.map(({report}) => [report.goldSha256, report])).values()];
  const sum = (of: "right" | "n") => golds.reduce((all, gold) => all + gold[of], 0);
  return {prior: prior ?? jeffreys(sum("right"), sum("n")), judges: rates};
}

function total(of: readonly Confusion[], name: keyof Confusion): number {
  return of.reduce((sum, one) => sum + one[name], 0);
}

function jeffreys(successes: number, cases: number): number {
  return (successes + 0.5) / (cases + 1);
}
