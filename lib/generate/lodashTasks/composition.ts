import type {Random} from "../../text/random.js";
import {canonicalJson} from "../../text/json.js";
import {drawInput, inputShapes} from "./inputs.js";
import {isPlain, modern, writeLiteral} from "./literal.js";
import {isIteratee, perform, type Operation, type Shape} from "./operation.js";
import type {Maker} from "./operations.js";
import {makers} from "./operations.js";

/** A new task made of one to three operations, with tests whose values real lodash computed. */
export interface Composition {
  operations: Operation[];
  text: string;
}

const maxTries = 40;
const telling = 4;
// Yes and no, or a number alone, say little of how they came about.
const narrow = 7;
const extra = 2;

/** The makers whose operation is a call of this lodash function. */
export function makersOf(name: string): Maker[] {
  return makers.filter((maker) => named.get(maker) === name);
}

/**
 * Draws a task around one operation: others before and after it as their shapes allow, a statement, a solution and
 * tests. The tests tell the solution apart from every solution that leaves one step out or has one of its numbers
 * wrong; null where no inputs were found that do.
 */
export function compose(maker: Maker, random: Random): Composition | null {
  for (let i = 0; i < maxTries; i++) {
    const operations = chain(maker(random), random);
    if (operations === null) continue;
    const tests = drawTests(operations, random);
    if (tests !== null) return {operations, text: write(operations, tests, random)};
  }
  return null;
}

interface Case {
  input: unknown;
  expected: unknown;
}

function chain(middle: Operation, random: Random): Operation[] | null {
  const before = inputShapes.includes(middle.from) && random.int(2) === 0 ? [] : previous(middle.from, random);
  if (before === null) return null;
  const last = middle.to;
  const after = random.int(3) === 0 ? [] : [following(last, random)].filter((one) => one !== null);
  const operations = [...before, middle, ...after];
  // The same step twice in a row reads like a mistake.
  return new Set(operations.map(({verb}) => verb)).size < operations.length ? null : operations;
}

function previous(shape: Shape, random: Random): Operation[] | null {
  const fitting = makers
    .map((maker) => maker(random))
    .filter(({to, from}) => to === shape && inputShapes.includes(from));
  return fitting.length === 0 ? null : [random.pick(fitting)];
}

function following(shape: Shape, random: Random): Operation | null {
  const fitting = makers.map((maker) => maker(random)).filter(({from}) => from === shape);
  return fitting.length === 0 ? null : random.pick(fitting);
}

function drawTests(operations: readonly Operation[], random: Random): Case[] | null {
  const rivals = operations.flatMap(({from, to, name, near}, i) => {
    const without = from === to ? [operations.filter((_, j) => j !== i)] : [];
    const careless = near === undefined ? [] : [operations.map((one, j) => (j === i ? {name, rest: near} : one))];
    return [...without, ...careless];
  });
  const wanted = ["boolean", "number"].includes(operations.at(-1)!.to) ? narrow : telling;
  const cases: Case[] = [];
  for (let i = 0; i < 5 * wanted && cases.length < wanted; i++) {
    const input = drawInput(operations[0].from, random);
    const expected = attempt(operations, input);
    if (expected === undefined || !isPlain(expected)) continue;
    if (cases.some((one) => same(one.input, input))) continue;
    const often = cases.filter((one) => same(one.expected, expected)).length;
    if (often >= (typeof expected === "boolean" ? Math.ceil(wanted / 2) : 1)) continue;
    cases.push({input, expected});
  }
  if (cases.length < wanted || new Set(cases.map(({expected}) => canonicalJson(expected))).size < 2) return null;
  if (cases.every(({input, expected}) => same(input, expected))) return null;
  for (const rival of rivals) {
    const tells = ({input, expected}: Case) => !same(attempt(rival, input), expected);
    if (cases.some(tells)) continue;
    const one = drawTelling(operations, tells, random);
    if (one === null || cases.length >= wanted + extra) return null;
    cases.push(one);
  }
  return cases;
}

function drawTelling(operations: readonly Operation[], tells: (one: Case) => boolean, random: Random): Case | null {
  for (let i = 0; i < 60; i++) {
    const input = drawInput(operations[0].from, random);
    const expected = attempt(operations, input);
    if (expected !== undefined && isPlain(expected) && tells({input, expected})) return {input, expected};
  }
  return null;
}

// undefined where a step has nothing to work on: the first of no items, say.
function attempt(operations: readonly Pick<Operation, "name" | "rest">[], input: unknown): unknown {
  let value = input;
  for (const operation of operations) {
    if (value === undefined) return undefined;
    value = perform(operation, value);
  }
  return value;
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

const inputNames: Readonly<Record<string, readonly string[]>> = {
  numbers: ["numbers", "values", "list"],
  words: ["words", "items", "terms"],
  text: ["text", "line", "title"],
  records: ["players", "scores", "people"]
};

const described: Readonly<Record<string, string>> = {
  numbers: "a list of whole numbers",
  words: "a list of words",
  text: "a text",
  records: "a list of players, each with a name, a team and a score"
};

function write(operations: readonly Operation[], tests: readonly Case[], random: Random): string {
  const input = random.pick(inputNames[operations[0].from]);
  const name = operations.map(({verb}, i) => (i === 0 ? verb : verb[0].toUpperCase() + verb.slice(1))).join("");
  const phrases = operations.map(({phrase}) => phrase);
  const steps =
    phrases.length === 1 ? phrases[0] : `${phrases.slice(0, -1).join(", then ")}, and then ${phrases.at(-1)}`;
  const statement = random.pick([
    `Write \`${name}(${input})\`. It takes ${described[operations[0].from]}, ${steps}, and returns the result.`,
    `The function \`${name}\` is given ${described[operations[0].from]}. It ${steps}. Its input stays as it was.`,
    `Given ${described[operations[0].from]} as \`${input}\`, \`${name}\` ${steps}.`
  ]);
  const solution =
    random.int(2) === 0 ? withoutLodash(operations, name, input) : withLodash(operations, name, input, random);
  const lines = tests.map(
    ({input, expected}) =>
      `assert.deepEqual(${name}(${writeLiteral(input, modern)}), ${writeLiteral(expected, modern)});`
  );
  return `${statement}\n\n@solution\n\n${solution}\n\n@test\n\n${lines.join("\n")}`;
}

function withoutLodash(operations: readonly Operation[], name: string, input: string): string {
  const lines = operations.map(({plain}, i) => {
    const expression = plain.replace(/\bx\b/g, i === 0 ? input : results[i - 1]);
    return i === operations.length - 1 ? `  return ${expression};` : `  const ${results[i]} = ${expression};`;
  });
  return `function ${name}(${input}) {\n${lines.join("\n")}\n}`;
}

const results = ["first", "second", "third"];

function withLodash(operations: readonly Operation[], name: string, input: string, random: Random): string {
  const copied = (operation: Operation, over: string) => (operation.name === "reverse" ? `[...${over}]` : over);
  const args = ({rest}: Operation) => rest.map((arg) => (isIteratee(arg) ? arg.source : writeLiteral(arg, modern)));
  if (random.int(2) === 0) {
    const nested = operations.reduce(
      (inner, operation) => `_.${operation.name}(${[copied(operation, inner), ...args(operation)].join(", ")})`,
      input
    );
    return `const ${name} = (${input}) => ${nested};`;
  }
  const lines = operations.map((operation, i) => {
    const over = copied(operation, i === 0 ? input : results[i - 1]);
    const call = `_.${operation.name}(${[over, ...args(operation)].join(", ")})`;
    return i === operations.length - 1 ? `  return ${call};` : `  const ${results[i]} = ${call};`;
  });
  return `function ${name}(${input}) {\n${lines.join("\n")}\n}`;
}

// What a maker makes does not depend on chance, only the numbers in it do.
const still = Object.assign(() => 0, {
  int: () => 0,
  pick: <T>(items: readonly T[]) => items[0],
  normal: () => 0,
  shuffle: <T>(items: readonly T[]) => [...items]
}) satisfies Random;
const named = new Map(makers.map((maker) => [maker, maker(still).name]));
