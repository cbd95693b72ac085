import type {Best} from "./best.js";
import {branchAndBound} from "./branchAndBound.js";
import {certify} from "./certify.js";
import {lossAt} from "./loss.js";
import {createSearcher, insideCurved, type Search} from "./search.js";
import type {Solver} from "./solver.js";

/** How near a bound has to come to count as met, in the size of the differences between mixes. */
const near = 1e-7;

/**
 * The best of many local searches with what a branch and bound proves of it: exact where the bound meets it, else with
 * the gap that is left. Unchanged where the search was exact before, or where its goal is no sum of ridges.
 */
export function bounded(search: Search, found: Best, solver: Solver): Best {
  if (found.certificate.kind !== "local") return found;
  const searcher = createSearcher(search);
  const tolerance = near * searcher.scale;
  const inside = insideCurved(search.space, search.curved)!;
  const from = (w: Float64Array) =>
    searcher.from(
      w.map((v, j) => v + 0.02 * (inside[j] - v)),
      0.02
    );
  const rules = search.curved.length > 0;
  const bound = branchAndBound(search, found.w, solver, {tolerance, local: (w) => (rules ? w : from(w).w)});
  if (bound === null) return found;
  let best = found;
  if (bound.value < found.value - tolerance) {
    const again = from(bound.w);
    const fits = search.curved.every(({loss, bound: most}) => lossAt(loss, again.w) <= most);
    if (fits && again.value < found.value) {
      const {gap: _, ...proof} = certify(search, again, solver);
      best = {...again, ...proof, certificate: found.certificate, starts: [again.w, ...found.starts]};
    }
  }
  const gap = Math.max(0, best.value - bound.least);
  const how = `a branch and bound over ${bound.programs} linear programs`;
  const certificate =
    gap <= 2 * tolerance
      ? ({
          kind: "exact",
          gap,
          note: `not convex, but ${how} proves that no mix is better by more than the gap`
        } as const)
      : ({
          kind: "local",
          gap,
          note: `${found.certificate.note.replace(/, and nothing bounds the gap$/, "")}; ${how} left the gap`
        } as const);
  return {...best, certificate};
}
