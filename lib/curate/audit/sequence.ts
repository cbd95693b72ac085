import type {AuditPlan} from "../../schema/audit.js";
import {createRandom} from "../../text/random.js";

/** A drawn sample: its place among those of its stratum, from 1, in the order of the draw. */
export interface DrawnSample {
  id: string;
  origin: string;
  stratum: string;
  rank: number;
}

/**
 * Puts drawn samples in the order in which people look at them, and gives each its labellers. Of every beginning of the
 * order each stratum has its share, within one item, so that a test that stops early has looked at all of them alike.
 * Samples on which judges disagree are strewn among the first, so that nobody can tell them by their place.
 *
 * @param strata drawn items by stratum
 * @param options.double share of samples that two people look at; the second ones take turns
 * @param options.first place by which all samples on which judges disagree have come
 * @throws RangeError for a share of doubles without a second person
 */
export function sequence(
  drawn: readonly DrawnSample[],
  strata: ReadonlyMap<string, {chosen: number; disagreement: boolean}>,
  {seed, double, labellers, first}: {seed: number; double: number; labellers: readonly string[]; first: number}
): AuditPlan["samples"] {
  if (double > 0 && labellers.length < 2)
    throw new RangeError(`expected two labellers for a share of ${double} to be looked at twice, got ${labellers[0]}`);
  const others = drawn.filter(({stratum}) => !strata.get(stratum)!.disagreement).length;
  const reach = others === 0 ? 1 : Math.min(1, first / others);
  const keyed = drawn.map((one) => {
    const {chosen, disagreement} = strata.get(one.stratum)!;
    const key = (one.rank - 1 + createRandom(seed, "place", one.id)()) / chosen;
    return {...one, disagreement, key: disagreement ? key * reach : key};
  });
  keyed.sort((a, b) => a.key - b.key || (a.id < b.id ? -1 : 1));
  const twice = new Set(
    createRandom(seed, "double")
      .shuffle([...keyed.keys()])
      .slice(0, Math.ceil(double * keyed.length - 1e-9))
  );
  let [place, turn] = [0, 0];
  return keyed.map(({id, origin, stratum, disagreement}, i) => ({
    ...{id, origin, stratum, place: disagreement ? null : ++place},
    labellers: twice.has(i) ? [labellers[0], labellers[1 + (turn++ % (labellers.length - 1))]] : [labellers[0]]
  }));
}
