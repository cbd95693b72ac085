import {collinear} from "./collinear.js";
import type {Mix} from "./mixes.js";
import type {Setting} from "./setting.js";

/**
 * Refuses runs that no law can be fitted to.
 *
 * @throws RangeError for fewer than 3 runs, runs that are all of one mix, and shares that are bound to each other
 */
export function refuse(mixes: readonly Mix[], {inputs}: Setting): void {
  const n = mixes.reduce((sum, mix) => sum + mix.runs.length, 0);
  if (n < 3) throw new RangeError(`expected at least 3 runs to fit, got ${n}`);
  if (mixes.length < 2)
    throw new RangeError(
      `expected runs at two different mixes or more; all ${n} are at ${inputs.map(({name}, j) => `${name} = ${mixes[0].x[j]}`).join(", ")}`
    );
  const shares = [...inputs.keys()].filter((j) => inputs[j].role === "shares");
  const bound = collinear(
    mixes.map(({x}) => shares.map((j) => x[j])),
    shares.map((j) => inputs[j].name)
  );
  if (bound.length > 0)
    throw new RangeError(
      `expected inputs that vary apart; ${bound.join(", ")} move together in every run, and no law can tell them apart`
    );
}
