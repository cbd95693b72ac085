import type {Row} from "./linearProgram.js";
import {polytope, type Polytope} from "./polytope.js";
import {createSearcher, nearness} from "./search.js";
import type {Solver} from "./solver.js";

/**
 * The mix of a polytope that is nearest to a reference in relative entropy, with one more row where one is given.
 *
 * @throws RangeError if the row leaves no mix
 */
export function nearest(space: Polytope, reference: Float64Array, solver: Solver, row?: Row): Float64Array {
  const inner = row === undefined ? space : polytope([...space.given, row], space.n, solver);
  if (inner === null) throw new RangeError(`expected a mix of the rules with a share of ${row?.bound}, found none`);
  const goal = {kind: "loss", losses: [nearness(1, reference)], tail: 1} as const;
  return createSearcher({goal, lambda: 0, reference, space: inner, curved: []}).from(inner.inside).w;
}
