import {lodash} from "./lodash.js";

/** What flows between the steps of a task. */
export type Shape = "numbers" | "words" | "text" | "records" | "record" | "groups" | "counts" | "number" | "boolean";

/** A literal, or a function with the source that stands for it. */
export type Argument = unknown | Iteratee;

/** A function that a call is given, as people write it. */
export interface Iteratee {
  source: string;
  value: (...args: never[]) => unknown;
}

/** One step of a task: a call of a lodash function, in words, and written without lodash. */
export interface Operation {
  /** lodash's name, e.g. "take" */
  name: string;
  from: Shape;
  to: Shape;
  /** for the task's own name, e.g. "firstThree" */
  verb: string;
  /** what it does to its input, e.g. "keeps the first 3 items" */
  phrase: string;
  /** arguments after the first */
  rest: readonly Argument[];
  /** expression without lodash, over x */
  plain: string;
  /** arguments that a careless solution might have: tests must tell the two apart */
  near?: readonly Argument[];
}

/** Reads "take numbers > numbers" and puts an operation together. */
export function operation(
  head: string,
  verb: string,
  phrase: string,
  rest: readonly Argument[],
  plain: string,
  near?: readonly Argument[]
): Operation {
  const [name, from, , to] = head.split(" ");
  return {name, from: from as Shape, to: to as Shape, verb, phrase, rest, plain, ...(near && {near})};
}

/** Runs real lodash on a copy of the input. */
export function perform({name, rest}: Pick<Operation, "name" | "rest">, input: unknown): unknown {
  const _ = lodash();
  const functions = _ as unknown as Record<string, (...args: unknown[]) => unknown>;
  return functions[name](_.cloneDeep(input), ...rest.map((arg) => (isIteratee(arg) ? arg.value : _.cloneDeep(arg))));
}

export function isIteratee(argument: Argument): argument is Iteratee {
  return typeof argument === "object" && argument !== null && "source" in argument && "value" in argument;
}
