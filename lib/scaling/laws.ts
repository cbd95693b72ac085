import type {Law} from "./law.js";
import {chinchilla} from "./laws/chinchilla.js";
import {constant} from "./laws/constant.js";
import {linear} from "./laws/linear.js";
import {mixLinear} from "./laws/mixLinear.js";
import {mixLog} from "./laws/mixLog.js";
import {mixQuadratic} from "./laws/mixQuadratic.js";
import {quadratic} from "./laws/quadratic.js";
import {shareKink} from "./laws/shareKink.js";
import {shareLog} from "./laws/shareLog.js";

/** The laws that runs can be fitted with. */
export const laws: readonly Law[] = [
  chinchilla,
  constant,
  linear,
  mixLinear,
  mixLog,
  mixQuadratic,
  quadratic,
  shareKink,
  shareLog
];

/**
 * The law of a name.
 *
 * @throws RangeError if there is none, with the names that are there
 */
export function lawOf(id: string): Law {
  const law = laws.find((l) => l.id === id);
  if (law === undefined)
    throw new RangeError(`expected a law of ${laws.map((l) => l.id).join(", ")}; got ${JSON.stringify(id)}`);
  return law;
}
