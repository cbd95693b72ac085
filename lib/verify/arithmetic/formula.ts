import {add, divide, multiply, parseRational, subtract, type Rational} from "../../text/rational.js";

/**
 * The exact value of a formula such as "1 / (1 / a + 1 / b)": + - * / and brackets over names and whole numbers.
 *
 * @throws RangeError if it divides by 0, names what is not there, or is no formula
 */
export function evaluate(formula: string, values: ReadonlyMap<string, Rational>): Rational {
  const tokens = formula.match(/[a-z]|\d+|[-+*/()]/g) ?? [];
  let at = 0;

  function sum(): Rational {
    let value = product();
    while (tokens[at] === "+" || tokens[at] === "-")
      value = tokens[at++] === "+" ? add(value, product()) : subtract(value, product());
    return value;
  }

  function product(): Rational {
    let value = atom();
    while (tokens[at] === "*" || tokens[at] === "/")
      value = tokens[at++] === "*" ? multiply(value, atom()) : divide(value, atom());
    return value;
  }

  function atom(): Rational {
    const token = tokens[at++] ?? "";
    if (token === "(") {
      const value = sum();
      if (tokens[at++] === ")") return value;
      throw new RangeError(`expected a closing bracket in ${formula}`);
    }
    const value = values.get(token) ?? parseRational(token);
    if (value === null) throw new RangeError(`expected a number or a name in ${formula}, got ${token || "its end"}`);
    return value;
  }

  const value = sum();
  if (at !== tokens.length) throw new RangeError(`expected an operator in ${formula}, got ${tokens[at]}`);
  return value;
}
