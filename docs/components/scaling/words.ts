import type {Fit} from "../../lib/schema/fit.js";
import {lawOf} from "../../lib/scaling/laws.js";
import {list, percent, plural, rounded} from "../format.js";

/** A law with its title, e.g. "chinchilla (Chinchilla)". */
export function lawName(id: string): string {
  const {title} = lawOf(id);
  return title.toLowerCase() === id.toLowerCase() ? id : `${id} (${title})`;
}

/** What a fit says, in a few sentences that are true whatever was measured. */
export function finding(fit: Fit): string {
  const {heldOut, candidates, coefficients} = fit;
  const fitted = candidates.filter(({objective}) => objective !== null).length;
  const chosen =
    candidates.length > 1
      ? `Of ${plural(candidates.length, "law")}, ${fitted} of which these runs can carry, ${lawName(fit.law)} describes ${fit.target} best. What decided: ${fit.chosenBy}.`
      : `${lawName(fit.law)} was fitted to ${fit.target}: ${fit.chosenBy}.`;
  const off =
    heldOut.meanRelativeError === null
      ? "Its error on runs left out was not measured."
      : `On ${plural(heldOut.n, "run")} that the fit had not seen it is off by ${percent(heldOut.meanRelativeError, 2)} on average.`;
  const names = Object.keys(coefficients);
  const vague = names.filter((name) => !coefficients[name].identified);
  const known =
    vague.length === 0
      ? `All ${names.length} coefficients are identified.`
      : vague.length === names.length
        ? "None of its coefficients is identified: the curve may hold where its numbers do not."
        : `Not identified: ${list(vague)}.`;
  return `${chosen} ${off} ${known}`;
}

/** An interval in few characters; an open end is told. */
export function span(interval: readonly [number | null, number | null] | null): string {
  if (interval === null) return "";
  const [low, high] = interval;
  // As many digits as tell the ends apart, and two more.
  const width = low === null || high === null ? 0 : high - low;
  const digits = width > 0 ? Math.ceil(Math.log10(Math.max(Math.abs(low!), Math.abs(high!)) / width)) + 2 : 4;
  const end = (value: number | null) => (value === null ? "open" : rounded(value, Math.min(9, Math.max(4, digits))));
  return `${end(low)} to ${end(high)}`;
}
