import {afterAll, expect, test} from "vitest";
import {createRandom, type Random} from "../../lib/text/random.js";
import {mutation} from "../../lib/verify/mutation.js";
import {plantErrors} from "./planted.js";

afterAll(() => mutation.close?.());

interface Grades {
  /** n below the first is one grade, below the second another */
  bounds: [number, number];
  grades: [number, number, number];
}

const solutions = {
  python: ({bounds: [a, b], grades: [x, y, z]}: Grades) =>
    `def grade(n):\n    if n < ${a}:\n        return ${x}\n    if n < ${b}:\n        return ${y}\n    return ${z}`,
  javascript: ({bounds: [a, b], grades: [x, y, z]}: Grades) =>
    `function grade(n) {\n  if (n < ${a}) {\n    return ${x};\n  }\n  if (n < ${b}) {\n    return ${y};\n  }\n  return ${z};\n}`
};
const assertion = {
  python: (n: number, grade: number) => `assert grade(${n}) == ${grade}`,
  javascript: (n: number, grade: number) => `assert.equal(grade(${n}), ${grade});`
};

function sample(language: "python" | "javascript", task: Grades, points: readonly number[]) {
  const {bounds, grades} = task;
  const tests = points.map((n) => assertion[language](n, grades[bounds.filter((bound) => n >= bound).length]));
  const text = `Grades.\n\n@solution ${language}\n\n${solutions[language](task)}\n\n@test ${language}\n\n${tests.join("\n")}`;
  return {text, kind: "task", domain: "test", generator: "test", family: "test"};
}

function* cases(random: Random) {
  for (let i = 0; i < 1000; i++) {
    const language = i % 2 === 0 ? "python" : "javascript";
    const a = 20 + random.int(50);
    const b = a + 20 + random.int(50);
    const x = 2 + random.int(20);
    const task: Grades = {bounds: [a, b], grades: [x, x + 5 + random.int(9), x + 50 + random.int(9)]};
    const far = [a - 3 - random.int(9), a + 3 + random.int(9), b + 3 + random.int(9)];
    // Tests that miss a grade, or look at one point again and again, or miss the bounds: there Stryker changes nothing.
    const kinds = [far.slice(1), [far[0], far[2]], [far[1], far[1] + 1, far[1] + 2], far];
    const weak = kinds[random.int(language === "python" ? 4 : 3)];
    yield {clean: sample(language, task, [a - 1, a, b - 1, b]), corrupt: sample(language, task, weak)};
  }
}

test("of 1,000 tests that overlook something 99 % are refused, and none that looks at all", async () => {
  const {refused, missed, planted} = await plantErrors(mutation, cases(createRandom("weak tests")), {lanes: 3});
  expect(planted).toBe(1000);
  expect(refused).toEqual([]);
  expect(missed.length).toBeLessThanOrEqual(10);
});
