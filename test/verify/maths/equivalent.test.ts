import {beforeAll, expect, test} from "vitest";
import {equivalent} from "../../../lib/verify/maths/equivalent.js";
import {readAnswer} from "../../../lib/verify/maths/readAnswer.js";
import {loadDecimals} from "../../../lib/verify/maths/reals.js";
import {answerPairs} from "./answerPairs.js";

let decimals: Awaited<ReturnType<typeof loadDecimals>>;
const compare = (a: string, b: string) => equivalent(readAnswer(a), readAnswer(b), decimals).word;

beforeAll(async () => {
  decimals = await loadDecimals();
});

const sections = answerPairs.split(/^# /m).slice(1);
for (const section of sections) {
  const [genre, ...lines] = section.trim().split("\n");
  test(`answers are told apart and together: ${genre}`, () => {
    const wrong = lines.flatMap((line) => {
      const [, candidate, sign, reference] = /^(.*) (≡|≢) (.*)$/.exec(line)!;
      const word = compare(candidate, reference);
      return word === (sign === "≡" ? "equal" : "different") ? [] : [`${line}: ${word}`];
    });
    expect(wrong).toEqual([]);
  });
}

test("the table holds more than 850 pairs, one in five of them unequal", () => {
  const lines = sections.flatMap((section) => section.trim().split("\n").slice(1));
  expect(lines.length).toBeGreaterThan(850);
  expect(lines.filter((line) => line.includes("≢")).length).toBeGreaterThan(0.2 * lines.length);
});

test("an answer is itself", () => {
  const lines = sections.flatMap((section) => section.trim().split("\n").slice(1));
  const wrong = lines
    .flatMap((line) => line.split(/ (?:≡|≢) /))
    .filter((answer) => compare(answer, answer) !== "equal");
  expect(wrong).toEqual([]);
});

test("towers, factorials and powers beyond bounds are too large, and none takes long", () => {
  for (const tower of [
    "5^{5^{5^{5}}}",
    "10^{10^{10}}",
    "9^{9^9}",
    "100000!",
    "\\binom{10^9}{5 \\cdot 10^8}",
    "2^{-10^{12}}"
  ])
    expect(compare(tower, "7"), tower).toBe("too-large");
  expect(compare("2^{1000}", "2^{999}\\cdot 2")).toBe("equal");
});

test("what is made to hurt is refused in bounds", () => {
  const hostile = [
    "(".repeat(900) + "1" + ")".repeat(900),
    "\\sqrt{".repeat(300) + "2" + "}".repeat(300),
    "x^".repeat(900) + "2",
    "1,".repeat(900),
    "\\frac".repeat(350),
    "-".repeat(1900) + "1",
    "|".repeat(1500),
    "\\{".repeat(700),
    "1/0",
    "x".repeat(1900),
    "9".repeat(1900),
    "sin".repeat(500),
    "(x+y+z)^{1000000}",
    "\\begin{pmatrix}",
    "\\text{",
    "_".repeat(1000),
    "1e999999"
  ];
  for (const answer of hostile)
    for (const other of ["1", "x", "(1,2)"]) expect(compare(answer, other), answer).not.toBe("equal");
});
