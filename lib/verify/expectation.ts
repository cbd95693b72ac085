import {canonicalValue, parseLiteral, type Value} from "./literal.js";

/** What a documentation comment says that the code before it gives. */
export interface Expectation {
  /** global script, from the last expectation to this one */
  code: string;
  /** the value, or null where the comment is prose that nobody can check */
  value: Value | null;
  /** "objects for [...]": the value names each object by some of what it holds */
  naming: boolean;
  comment: string;
}

// Where the declaration is the last statement, its lines after the first are indented or close a bracket.
const declaration = /(?:^|\n)(?:var|let|const) (\w+) =[^\n]*(?:\n(?:[ \t}\])][^\n]*)?)*$/;

/** Cuts example code at its `// => …` comments; what follows the last one comes back as `rest`. */
export function readExpectations(code: string): {expectations: Expectation[]; rest: string} {
  const expectations: Expectation[] = [];
  let lines: string[] = [];
  for (const line of code.split("\n")) {
    const comment = /^\s*\/\/ => (.*)$/.exec(line)?.[1];
    if (comment === undefined) lines.push(line);
    else {
      const naming = /^objects? for /.exec(comment)?.[0] ?? "";
      const literal = parseLiteral(comment, naming.length);
      const after = literal === null ? "" : comment.slice(literal.end).trim();
      const readable = literal !== null && /^;?$|^\([a-z ]+\)$/.test(after);
      expectations.push({
        code: lines.join("\n").trimEnd(),
        value: readable ? literal.value : null,
        naming: naming !== "",
        comment
      });
      lines = [];
    }
  }
  return {expectations, rest: lines.join("\n").trimEnd()};
}

/** The name that an example's code ends by declaring; its value is what the comment after it is about. */
export function declared(code: string): string | null {
  return declaration.exec(code)?.[1] ?? null;
}

/** Whether a value from the sandbox is the expected one. */
export function meets({value, naming}: Expectation, actual: Value): boolean {
  if (value === null) return false;
  return naming ? names(value, actual) : canonicalValue(value) === canonicalValue(actual);
}

// 'barney' names any object that holds it; ['barney', 36] one that holds both; arrays of names go item by item.
function names(name: Value, actual: Value): boolean {
  if (!Array.isArray(actual)) return false;
  const [tag, ...rest] = actual;
  if (tag === "array")
    return (
      Array.isArray(name) &&
      name[0] === "array" &&
      name.length === actual.length &&
      rest.every((item, i) => names(name[i + 1] as Value, item as Value))
    );
  if (tag !== "object") return false;
  const held = new Set((rest as [string, Value][]).map(([, item]) => canonicalValue(item)));
  const wanted = Array.isArray(name) && name[0] === "array" ? (name.slice(1) as Value[]) : [name];
  return wanted.length > 0 && wanted.every((item) => held.has(canonicalValue(item)));
}
