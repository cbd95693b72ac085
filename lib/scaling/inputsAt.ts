import type {Fit} from "../schema/fit.js";

/**
 * A mix as the whole of a fit's inputs: scalars and supplies are held where `at` says, else at the largest value of the
 * runs.
 *
 * @param mix the fit's shares in their order, or all of its inputs, which then are returned as they are
 * @throws RangeError for any other number of values
 */
export function inputsAt(fit: Fit, mix: readonly number[], at: Readonly<Record<string, number>> = {}): number[] {
  if (mix.length === fit.inputs.length) return [...mix];
  const shares = fit.roles.filter((role) => role === "share" || role === "shares").length;
  if (mix.length !== shares)
    throw new RangeError(`expected ${shares} shares or ${fit.inputs.length} inputs, got ${mix.length} values`);
  let next = 0;
  return fit.inputs.map((name, i) => {
    const role = fit.roles[i];
    return role === "share" || role === "shares" ? mix[next++] : (at[name] ?? fit.at[name]);
  });
}
