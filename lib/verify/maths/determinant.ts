import {rational} from "../../text/rational.js";
import {call, type Expression} from "./expression.js";

/** The determinant of a square matrix of at most 4 rows, along its first row; null for any other. */
export function determinant(rows: readonly (readonly Expression[])[]): Expression | null {
  if (rows.length === 0 || rows.length > 4 || rows.some((row) => row.length !== rows.length)) return null;
  const [first, ...below] = rows;
  if (below.length === 0) return first[0];
  return first
    .map((entry, at) => {
      const minor = determinant(below.map((row) => row.toSpliced(at, 1)))!;
      return at % 2 === 0 ? call("*", entry, minor) : call("negate", call("*", entry, minor));
    })
    .reduce((sum, term) => call("+", sum, term), {op: "number", value: rational(0)});
}
