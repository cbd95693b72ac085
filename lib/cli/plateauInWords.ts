import {plateau} from "../scaling/plateau.js";
import type {Fit} from "../schema/fit.js";
import {mixInWords} from "./mixInWords.js";
import {figure} from "./table.js";

/** Mixes of a plateau that are written out. */
const most = 5;

/**
 * The best mix by the law of a fit, and which others the runs do not tell apart from it; empty for a fit without
 * shares. One share is looked at in a hundred steps between the ends of its runs, several at the mixes that were run,
 * everything else at its largest value in the runs.
 */
export function plateauInWords(fit: Fit): string {
  const shares = [...fit.roles.keys()].filter((i) => fit.roles[i] === "share" || fit.roles[i] === "shares");
  if (shares.length === 0) return "";
  const candidates = shares.length === 1 ? line(fit, shares[0]) : measured(fit, shares);
  const flat = plateau(fit, candidates);
  const sign = fit.lowerIsBetter ? 1 : -1;
  const best = flat.reduce((a, b) => (sign * b.value < sign * a.value ? b : a));
  const mix = (x: readonly number[]) => mixInWords(Object.fromEntries(shares.map((j) => [fit.inputs[j], x[j]])));
  if (shares.length === 1) {
    const [j] = shares;
    const ends = flat.map(({x}) => x[j]);
    return `\nbest by the law: ${mix(best.x)}, ${figure(best.value)}; not distinguishable from it: ${figure(ends.reduce((a, b) => Math.min(a, b)))} to ${figure(ends.reduce((a, b) => Math.max(a, b)))}\n`;
  }
  const likely = flat.toSorted((a, b) => b.probability - a.probability).slice(0, most);
  return [
    `\nbest by the law of ${candidates.length} mixes that were run: ${mix(best.x)}, ${figure(best.value)}\n`,
    `${flat.length - 1} others are not distinguishable from it${flat.length > 1 ? "; the likeliest to be the best:" : ""}\n`,
    ...(flat.length > 1 ? likely.map(({x, probability}) => `  ${figure(probability)}  ${mix(x)}\n`) : [])
  ].join("");
}

/** A row of the fit's inputs: scale at its largest. */
function base({inputs, at}: Fit): number[] {
  return inputs.map((name) => at[name] ?? 0);
}

function line(fit: Fit, share: number): number[][] {
  const [low, high] = fit.domain[fit.inputs[share]];
  return Array.from({length: 101}, (_, i) =>
    base(fit).map((value, j) => (j === share ? low + ((high - low) * i) / 100 : value))
  );
}

function measured(fit: Fit, shares: readonly number[]): number[][] {
  const rows = fit.hull.map((x) => base(fit).map((value, j) => (shares.includes(j) ? x[j] : value)));
  return [...new Map(rows.map((x) => [x.join(), x])).values()];
}
