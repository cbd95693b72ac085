import {objectives} from "../../lib/scaling/objective.js";
import {createProblem} from "../../lib/scaling/problem.js";
import {profile} from "../../lib/scaling/profile.js";
import {solve} from "../../lib/scaling/solve.js";
import {verdicts} from "../../lib/scaling/verdicts.js";
import {contextOf, simulateRuns, thetaOf, type Study} from "./tierRuns.js";

/** Of how many samples a coefficient was called identified, and in how many of these its interval held the truth. */
export interface Cover {
  readonly name: string;
  identified: number;
  covered: number;
  /** of the identified: in how many the plain profile held the truth */
  plain: number;
}

/** Simulates a study, fits each sample from the law's own starts, profiles it, and counts what its intervals hold. */
export function coverage(study: Study, seeds: number, {names}: {names?: readonly string[]} = {}): Cover[] {
  const {law} = study;
  const context = contextOf(study);
  const theta = thetaOf(study);
  const found = new Map<string, Cover>();
  for (let seed = 0; seed < seeds; seed++) {
    const {rows, y} = simulateRuns(study, seed);
    const problem = createProblem(law, context, {rows, y}, objectives.squares);
    const profiles = profile(problem, solve(problem, law.starts(context, rows, y)), {names});
    const said = verdicts(problem, profiles);
    for (const i of problem.free) {
      const {name} = problem.parameters[i];
      if (!Object.hasOwn(said, name)) continue;
      const {identified, interval, profile: plain} = said[name];
      let cover = found.get(name);
      if (cover === undefined) found.set(name, (cover = {name, identified: 0, covered: 0, plain: 0}));
      if (!identified) continue;
      cover.identified++;
      if (interval[0] <= theta[i] && theta[i] <= interval[1]) cover.covered++;
      if (plain[0]! <= theta[i] && theta[i] <= plain[1]!) cover.plain++;
    }
  }
  return [...found.values()];
}
