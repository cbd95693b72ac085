import type {Law} from "./law.js";
import {bimix} from "./laws/bimix.js";
import {chinchilla} from "./laws/chinchilla.js";
import {collapseAccumulate} from "./laws/collapseAccumulate.js";
import {collapseReplace} from "./laws/collapseReplace.js";
import {constant} from "./laws/constant.js";
import {goyal} from "./laws/goyal.js";
import {linear} from "./laws/linear.js";
import {mixingExponential} from "./laws/mixingExponential.js";
import {mixLinear} from "./laws/mixLinear.js";
import {mixLog} from "./laws/mixLog.js";
import {mixQuadratic} from "./laws/mixQuadratic.js";
import {mixRidge} from "./laws/mixRidge.js";
import {powerD} from "./laws/powerD.js";
import {powerN} from "./laws/powerN.js";
import {quadratic} from "./laws/quadratic.js";
import {rectified} from "./laws/rectified.js";
import {regressionAccumulate} from "./laws/regressionAccumulate.js";
import {regressionReplace} from "./laws/regressionReplace.js";
import {repeats} from "./laws/repeats.js";
import {shareKink} from "./laws/shareKink.js";
import {shareLog} from "./laws/shareLog.js";
import {shareSaturating} from "./laws/shareSaturating.js";
import {shukorAdditive} from "./laws/shukorAdditive.js";
import {shukorJoint} from "./laws/shukorJoint.js";
import {sigmoid} from "./laws/sigmoid.js";
import {tailCut} from "./laws/tailCut.js";
import {tier, tierCollapse} from "./laws/tier.js";

/** The laws that runs can be fitted with. */
export const laws: readonly Law[] = [
  constant,
  linear,
  quadratic,
  shareLog,
  shareKink,
  shareSaturating,
  mixLinear,
  mixLog,
  mixQuadratic,
  mixRidge,
  mixingExponential,
  bimix,
  shukorAdditive,
  shukorJoint,
  chinchilla,
  powerN,
  powerD,
  repeats,
  rectified,
  goyal,
  sigmoid,
  collapseReplace,
  collapseAccumulate,
  regressionReplace,
  regressionAccumulate,
  tailCut,
  tier,
  tierCollapse
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
