import {readExpressions, writeExpression, type SExpression} from "./expressions.js";

/** A goal: what it declares, and what it asserts. */
export interface Goal {
  declarations: readonly string[];
  assertions: readonly string[];
  /** constants by name, with their sorts */
  constants: ReadonlyMap<string, string>;
}

const declaring = new Set([
  "declare-const",
  "declare-fun",
  "declare-sort",
  "declare-datatype",
  "declare-datatypes",
  "define-const",
  "define-fun",
  "define-sort"
]);
const passedOver = new Set(["set-logic", "set-info", "check-sat", "get-model", "exit"]);
const maxCommands = 2000;
const maxIndex = 1024;

/**
 * Reads a goal in SMT-LIB 2. Commands beyond declarations, definitions without recursion and `assert` are refused: what
 * sets an option, prints, pushes or includes has no place in a goal. `check-sat`, `get-model`, `exit`, `set-info` and `set-logic`
 * are passed over. Indices, such as the width of bit vectors, are bounded by 1,024.
 *
 * @returns why it is refused, where it is
 */
export function readGoal(text: string): Goal | {refused: "unreadable" | "refused-command"; why: string} {
  const commands = readExpressions(text);
  if (typeof commands === "string") return {refused: "unreadable", why: commands};
  if (commands.length > maxCommands) return {refused: "unreadable", why: `more than ${maxCommands} commands`};
  const declarations: string[] = [];
  const assertions: string[] = [];
  const constants = new Map<string, string>();
  for (const command of commands) {
    const name = typeof command === "string" ? command : typeof command[0] === "string" ? command[0] : "(";
    if (typeof command === "string" || (!declaring.has(name) && !passedOver.has(name) && name !== "assert"))
      return {refused: "refused-command", why: name.slice(0, 60)};
    const wide = widestIndex(command);
    if (wide > maxIndex) return {refused: "unreadable", why: `an index of ${wide}, more than ${maxIndex}`};
    if (passedOver.has(name)) continue;
    if (name === "assert") {
      if (command.length !== 2) return {refused: "unreadable", why: writeExpression(command).slice(0, 80)};
      assertions.push(writeExpression(command[1]));
      continue;
    }
    declarations.push(writeExpression(command));
    const constant = typeof command[1] === "string" ? command[1] : "";
    if (name === "declare-const" && command.length === 3) constants.set(constant, writeExpression(command[2]));
    if (name === "declare-fun" && command.length === 4 && command[2].length === 0)
      constants.set(constant, writeExpression(command[3]));
  }
  if (assertions.length === 0) return {refused: "unreadable", why: "it asserts nothing"};
  return {declarations, assertions, constants};
}

function widestIndex(expression: SExpression): number {
  if (typeof expression === "string") return 0;
  const own = expression[0] === "_" ? expression.slice(2).map(Number).filter(Number.isFinite) : [];
  return expression.reduce<number>((most, part) => Math.max(most, widestIndex(part)), Math.max(0, ...own));
}

/**
 * Values of constants, in lines "x = 3" or (define-fun x () Int 3), as text of SMT-LIB; a negative number may have its
 * sign, a fraction its stroke. Values are literals: no function is applied in them but -, / and constructors of arrays.
 *
 * @returns why they cannot be read, where they cannot
 */
export function readModel(text: string, {constants}: Goal): Map<string, string> | string {
  const model = new Map<string, string>();
  const body = text.trim();
  if (body.startsWith("(")) {
    const read = readExpressions(body);
    if (typeof read === "string") return read;
    const list =
      read.length === 1 && Array.isArray(read[0]) && read[0][0] !== "define-fun" ? (read[0] as SExpression[]) : read;
    for (const definition of list) {
      if (definition === "model") continue;
      const [command, name, parameters, , value] = Array.isArray(definition) ? (definition as SExpression[]) : [];
      if (command !== "define-fun" || typeof name !== "string" || value === undefined || parameters?.length !== 0)
        return `expected (define-fun name () sort value), got ${writeExpression(definition).slice(0, 60)}`;
      model.set(name, writeExpression(value));
    }
  } else
    for (const line of body.split("\n")) {
      const [, name, value] = /^([^\s=]+)\s*=\s*(.+)$/.exec(line.trim()) ?? [];
      if (name === undefined) return `expected "name = value", got ${line.slice(0, 60)}`;
      model.set(name, literal(value.trim(), constants.get(name)));
    }
  for (const [name, value] of model) {
    if (!constants.has(name)) return `${name} is no constant of the goal`;
    const read = readExpressions(value);
    if (typeof read === "string" || read.length !== 1)
      return `expected one value for ${name}, got ${value.slice(0, 60)}`;
    if (!isLiteral(read[0], constants)) return `expected a literal for ${name}, got ${value.slice(0, 60)}`;
  }
  const missing = [...constants.keys()].find((name) => !model.has(name));
  return missing === undefined ? model : `no value for ${missing}`;
}

function literal(value: string, sort: string | undefined): string {
  const [, minus, top, bottom] = /^([-−]?)(\d+(?:\.\d+)?)(?:\/(\d+))?$/.exec(value) ?? [];
  if (top === undefined) return value;
  const whole = (digits: string) => (sort === "Real" && !digits.includes(".") ? `${digits}.0` : digits);
  const size = bottom === undefined ? whole(top) : `(/ ${whole(top)} ${whole(bottom)})`;
  return minus === "" ? size : `(- ${size})`;
}

function isLiteral(expression: SExpression, constants: ReadonlyMap<string, string>): boolean {
  if (typeof expression === "string") return !constants.has(expression);
  const [head, ...rest] = expression;
  if (Array.isArray(head)) return rest.every((part) => isLiteral(part, constants));
  return (
    ["-", "/", "_", "store", "as", "const"].includes(head as string) && rest.every((part) => isLiteral(part, constants))
  );
}
