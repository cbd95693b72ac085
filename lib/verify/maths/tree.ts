import type {Expression} from "./expression.js";

/** A formula as nested lists of words: how it is handed to another program, which is never given text to evaluate. */
type Tree = readonly [string, ...(string | Tree)[]];

/** ["number", n, d], ["name", x], ["constant", pi], ["call", f, …], ["bound", integral, x, body, from, to] */
export function treeOf(expression: Expression): Tree {
  switch (expression.op) {
    case "number":
      return ["number", String(expression.value.n), String(expression.value.d)];
    case "name":
    case "constant":
      return [expression.op, expression.name];
    case "call":
      return ["call", expression.name, ...expression.args.map(treeOf)];
    case "bound": {
      const {name, variable, body, from, to} = expression;
      return ["bound", name, variable, treeOf(body), treeOf(from), treeOf(to)];
    }
  }
}
