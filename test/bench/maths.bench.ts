import {finalAnswer} from "../../lib/verify/finalAnswer.js";
import {createRandom} from "../../lib/text/random.js";
import {equivalent} from "../../lib/verify/maths/equivalent.js";
import {readAnswer} from "../../lib/verify/maths/readAnswer.js";
import {loadDecimals} from "../../lib/verify/maths/reals.js";
import {answerPairs} from "../verify/maths/answerPairs.js";
import {writtenAnswers} from "../verify/maths/plantedAnswers.js";
import type {BenchRow} from "./row.js";

const context = {corpus: () => []};

/** Answers a second in one process: plain numbers through the verifier, and answers of every genre through the cascade. */
export async function bench(): Promise<BenchRow[]> {
  const random = createRandom("maths bench");
  const plain = Array.from({length: 20_000}, () => {
    const n = random.int(1_000_000);
    const written = random.pick([String(n), n.toLocaleString("en-US"), `$${n}.00`, `${n}/1`]);
    const text = `How many are left?\n\n@solution\nFirst we count them, then we take away what was eaten.\n#### ${written}`;
    return {text, reference: String(n + random.int(2)), kind: "problem", domain: "", generator: "", family: ""};
  });
  const start = performance.now();
  for (const sample of plain) await finalAnswer.verify(sample, context);
  const exact = (1000 * plain.length) / (performance.now() - start);

  const decimals = await loadDecimals();
  const table = answerPairs.split("\n").flatMap((line) => {
    const [candidate, reference] = line.split(/ (?:≡|≢) /);
    return reference === undefined ? [] : [[candidate, reference] as const];
  });
  const drawn = [...writtenAnswers(random, 1000)].flatMap(({reference, same, other}) => [
    [same, reference] as const,
    [other, reference] as const
  ]);
  const rate = (pairs: readonly (readonly [string, string])[]) => {
    let best = Infinity;
    for (let pass = 0; pass < 3; pass++) {
      const from = performance.now();
      for (const [candidate, reference] of pairs) equivalent(readAnswer(candidate), readAnswer(reference), decimals);
      best = Math.min(best, performance.now() - from);
    }
    return (1000 * pairs.length) / best;
  };
  return [
    {
      name: "Final answers that are plain numbers, extracted and compared exactly",
      value: exact,
      unit: "answers/s",
      limit: {value: 50_000, sense: ">="},
      note: "half of them wrong; one core"
    },
    {
      name: "Final answers in LaTeX and plain writing, read and compared",
      value: rate(drawn),
      unit: "answers/s",
      limit: {value: 1000, sense: ">="},
      note: "numbers, fractions, radicals, polynomials, logarithms, sets, intervals, vectors, units; half of them wrong; one core"
    },
    {
      name: "The table of pairs of every genre, read and compared",
      value: rate(table),
      unit: "answers/s",
      note: `${table.length} pairs`
    }
  ];
}
