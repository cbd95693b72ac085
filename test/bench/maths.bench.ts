import {finalAnswer} from "../../lib/verify/finalAnswer.js";
import {createRandom} from "../../lib/text/random.js";
import {equivalent} from "../../lib/verify/maths/equivalent.js";
import {readAnswer} from "../../lib/verify/maths/readAnswer.js";
import {loadDecimals, type Reals} from "../../lib/verify/maths/reals.js";
import {openSympy} from "../../lib/verify/maths/sympy/sympyOpinions.js";
import {treeOf} from "../../lib/verify/maths/tree.js";
import {answerPairs} from "../verify/maths/answerPairs.js";
import {writtenAnswers} from "../verify/maths/plantedAnswers.js";
import type {BigNumber} from "mathjs";
import type {BenchRow} from "./row.js";

const context = {corpus: () => []};

/** Our comparison beside SymPy's of the same trees, in turns; without SymPy there is no row. */
async function besideSympy(
  pairs: readonly (readonly [string, string])[],
  decimals: Reals<BigNumber>
): Promise<BenchRow[]> {
  const sympy = await openSympy();
  if (sympy === null) return [];
  const formulas = pairs
    .map(([candidate, reference]) => [readAnswer(candidate), readAnswer(reference)] as const)
    .flatMap(([c, r]) =>
      c.kind === "value" && r.kind === "value" && c.unit === null && r.unit === null ? [[c, r] as const] : []
    )
    .slice(0, 200);
  await sympy.ask(
    JSON.stringify([
      ["number", "1", "1"],
      ["number", "1", "1"]
    ])
  ); // it has started
  const took = {ours: 0, sympy: 0};
  let [agreed, decided] = [0, 0];
  for (const [c, r] of formulas) {
    let from = performance.now();
    const {word} = equivalent(c, r, decimals);
    took.ours += performance.now() - from;
    from = performance.now();
    const other = await sympy.ask(JSON.stringify([treeOf(c.expression), treeOf(r.expression)]));
    took.sympy += performance.now() - from;
    if (other === "undecided" || word === "undecided") continue;
    decided++;
    if (other === word) agreed++;
  }
  await sympy.close();
  return [
    {
      name: "Formulas compared, our rate over that of SymPy's simplify and equals",
      value: took.sympy / took.ours,
      unit: "x",
      limit: {value: 20, sense: ">="},
      note:
        `${formulas.length} pairs: ours ${(took.ours / formulas.length).toFixed(2)} ms, SymPy ` +
        `${(took.sympy / formulas.length).toFixed(1)} ms with the fork; they agree on ${agreed} of ${decided}`
    }
  ];
}

/** Answers a second in one process: plain numbers through the verifier, and answers of every genre through the cascade. */
export async function bench(): Promise<BenchRow[]> {
  const random = createRandom("maths bench");
  const plain = Array.from({length: 20_000}, () => {
    const n = random.int(1_000_000);
    const written = random.pick([String(n), n.toLocaleString("en-US"), `$${n}.00`, `${n}/1`]);
    const text = `How many are left?\n\n@solution\nFirst we count them, then we take away what was eaten.\n#### ${written}`;
    return {text, reference: String(n + random.int(2)), kind: "problem", domain: "", generator: "", family: ""};
  });
  // Processor time, since other programs may share the core.
  const start = process.cpuUsage();
  for (const sample of plain) await finalAnswer.verify(sample, context);
  const exact = (1e6 * plain.length) / process.cpuUsage(start).user;

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
  // Every eighth, so that each genre has its share.
  const some = [...table, ...drawn].filter((_, i) => i % 8 === 0);
  return [
    ...(await besideSympy(some, decimals)),
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
