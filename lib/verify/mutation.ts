import {javascriptMutator} from "./mutation/javascript.js";
import {pythonMutator} from "./mutation/python.js";
import type {Mutation, Mutator} from "./mutation/mutator.js";
import {mutationScore} from "./mutation/score.js";
import {pythonTools} from "./sandbox/chosen.js";
import {verdict, type MutantResult, type Verifier} from "./verifier.js";

const self = {id: "mutation", family: "mutants", version: "1"};
const leastScore = 0.8;
const mostShown = 2000;

/**
 * Asks how good a task's tests are: small errors are put into its solution one at a time, and the tests must fail.
 *
 * The score is (killed + timeout) / (all − equivalent): mutants with which the tests fail, or take far longer, among
 * those that are other programs. `low-mutation-score` below the context's least score (0.8 where it does not say), with
 * the survivors in the detail; `no-mutant-killed` where no mutant fails; `no-mutants` where there is nothing to change.
 * A solution that does not pass its own tests is refused for the reason that the language's verifier of tests has.
 *
 * It does not tell a mutant that is the same program in other code from one that the tests overlook: a score below 1 may
 * be as good as it gets.
 */
export function createMutation(mutators: readonly Mutator[]): Verifier {
  return {
    ...self,
    async verify(sample, context) {
      const mutator = mutators.find(({reads}) => reads(sample.text));
      if (mutator === undefined)
        return verdict(self, "unreadable", {detail: "expected a section @solution in a language that can be mutated"});
      const mutation = await mutator.mutate(sample);
      const {sandbox, reason, detail, mutants, usage} = mutation;
      context.observe?.({verifier: self.id, sandbox, mutants, ...(usage === undefined ? {} : {usage})});
      if (reason !== "") return verdict(self, reason, {detail: detail.slice(0, 300), sandbox});
      const {score, killed, timeout} = mutationScore(mutants);
      const say = (why: string, told: string) => verdict(self, why, {score, detail: told, sandbox});
      if (score === null) return say("no-mutants", "nothing in the solution can be changed");
      const told = summary(mutation);
      if (killed + timeout === 0) return say("no-mutant-killed", told);
      return say(score < (context.leastMutationScore ?? leastScore) ? "low-mutation-score" : "", told);
    },
    async close() {
      await Promise.all(mutators.map((mutator) => mutator.close?.()));
    }
  };
}

/** The verifier of tests by mutants, for every language that has a mutator. */
export const mutation: Verifier = {...createMutation([pythonMutator, javascriptMutator]), tools: pythonTools};

function summary({mutants, found}: Mutation): string {
  const {killed, timeout, equivalent, survived} = mutationScore(mutants);
  const parts = [`${killed + timeout} of ${killed + timeout + survived} killed`];
  if (equivalent > 0) parts.push(`${equivalent} equivalent`);
  if (found > mutants.length) parts.push(`${found} found, duplicates among them or a sample of them run`);
  const head = `${parts.join(", ")}${survived > 0 ? "; survived: " : ""}`;
  const shown: string[] = [];
  let left = mostShown - head.length - 40;
  for (const one of mutants.filter(({state}) => state === "survived")) {
    const line = survivor(one);
    left -= line.length + 2;
    if (left < 0) break;
    shown.push(line);
  }
  const more = survived - shown.length;
  return `${head}${shown.join("; ")}${more > 0 ? `; ${more} more` : ""}`;
}

const survivor = ({operator, line, from, to}: MutantResult) => `line ${line} ${operator}: ${from} → ${to}`;
