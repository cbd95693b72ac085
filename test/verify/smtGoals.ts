import {createRandom} from "../../lib/text/random.js";
import {smt} from "../../lib/verify/smt.js";
import {judge} from "./evidence.js";

/** Draws goals with one planted solution each, asks about eight at once, and returns what was judged wrongly. */
export async function wrongWords(count: number): Promise<string[]> {
  const random = createRandom("smt goals");
  const word = async (goal: string, answer: string) =>
    (await judge(smt, `Is there one?\n\n@goal smt\n${goal}\n\n@answer\n${answer}`, "proof")).reason;
  const wrong: string[] = [];
  const expectWord = async (goal: string, answer: string, expected: string) => {
    const reason = await word(goal, answer);
    if (reason !== expected) wrong.push(`${goal}\n${answer}: ${reason}`);
  };
  const draws = Array.from({length: count}, () => [
    random.int(9) + 2,
    random.int(9) + 1,
    random.int(50) - 25,
    random.int(50) - 25
  ]);
  const lane = async (first: number) => {
    for (let i = first; i < count; i += 8) {
      const [a, b, x, y] = draws[i];
      const write = (n: number) => (n < 0 ? `(- ${-n})` : String(n));
      const planted = [
        "(declare-const x Int)\n(declare-const y Int)",
        `(assert (= (+ (* ${a} x) (* ${b} y)) ${write(a * x + b * y)}))`,
        `(assert (= (- x y) ${write(x - y)}))`
      ].join("\n");
      await expectWord(planted, `sat\nx = ${x}\ny = ${y}`, "");
      await expectWord(planted, `sat\nx = ${x + 1}\ny = ${y}`, "wrong-model");
      // Its only solution is taken away.
      const without = `${planted}\n(assert (not (= x ${write(x)})))`;
      await expectWord(without, i % 2 === 0 ? "unsat" : "sat", i % 2 === 0 ? "" : "wrong-answer");
    }
  };
  await Promise.all(Array.from({length: 8}, (_, first) => lane(first)));
  return wrong;
}
