/** An S-expression: an atom as it is written, or a list. */
export type SExpression = string | readonly SExpression[];

const maxText = 50_000;
const maxAtoms = 20_000;
const maxDepth = 200;
const piece = /\s+|;[^\n]*|[()]|"(?:[^"]|"")*"|\|[^|\\]*\||[^\s()";|]+/y;

/** The S-expressions of a text, or why it has none: it is unbalanced, over 50,000 characters, or nested deeper than 200. */
export function readExpressions(text: string): SExpression[] | string {
  if (text.length > maxText) return `more than ${maxText} characters`;
  const stack: SExpression[][] = [[]];
  let atoms = 0;
  for (let at = 0; at < text.length;) {
    piece.lastIndex = at;
    const token = piece.exec(text)?.[0];
    if (token === undefined) return `what is written at ${JSON.stringify(text.slice(at, at + 20))} has no end`;
    at += token.length;
    if (/^[\s;]/.test(token)) continue;
    if (token === "(") {
      if (stack.length > maxDepth) return `nested deeper than ${maxDepth}`;
      stack.push([]);
    } else if (token === ")") {
      const list = stack.pop()!;
      if (stack.length === 0) return "a ) without its (";
      stack.at(-1)!.push(list);
    } else {
      if (++atoms > maxAtoms) return `more than ${maxAtoms} atoms`;
      stack.at(-1)!.push(token);
    }
  }
  return stack.length === 1 ? stack[0] : "a ( without its )";
}

/** Writes an S-expression on one line. */
export function writeExpression(expression: SExpression): string {
  return typeof expression === "string" ? expression : `(${expression.map(writeExpression).join(" ")})`;
}
