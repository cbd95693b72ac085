import {closing} from "./lex.js";

const pairs = [
  ["\\(", "\\)"],
  ["\\[", "\\]"],
  ["$$", "$$"],
  ["**", "**"],
  ["*", "*"],
  ["`", "`"],
  ['"', '"'],
  ["“", "”"]
] as const;

/** An answer without what merely wraps it: white space, $…$, \(…\), \boxed{…}, \text{…} around the whole, **…**, a last full stop. */
export function unwrap(answer: string): string {
  let text = answer.trim();
  for (let before = ""; before !== text && text.length > 0;) {
    before = text;
    text = text.replace(/\\(?:displaystyle|textstyle|(?:text)?color\s*\{[^{}]*\})(?![A-Za-z])/g, " ").trim();
    if (!/(?:\.\.|\\ldots|\\dots|[ap]\.m)\.$/.test(text)) text = text.replace(/(?:\s|(?<!\\)[.,;:])+$/, "");
    text = text.replace(/^[,;:]\s*/, "");
    for (const [open, close] of pairs)
      if (text.length > open.length + close.length && text.startsWith(open) && text.endsWith(close)) {
        const inner = text.slice(open.length, -close.length);
        if (!inner.includes(open) && !inner.includes(close)) text = inner.trim();
      }
    const group =
      /^\\(?:boxed|fbox|text|textbf|textit|textrm|mbox|mathrm|mathbf|mathit|boldsymbol|bm|underline|emph)?\s*\{/.exec(
        text
      ) ?? /^\{/.exec(text);
    // A lone \{ is a set's bracket.
    if (group !== null && !text.startsWith("\\{") && closing(text, group[0].length - 1) === text.length - 1)
      text = text.slice(group[0].length, -1).trim();
    text = withoutDollars(text);
  }
  return text;
}

/** Takes $…$ away where the signs are those of formulas; those of money stay. */
function withoutDollars(text: string): string {
  if (!text.includes("$")) return text;
  const parts = text.split(/(?<!\\)\$/);
  if (parts.length % 2 === 0) return text;
  const formulas = parts.filter((_, i) => i % 2 === 1);
  const money = formulas.some((part) => part === "" || /^\s|\s$/.test(part) || /\s(?:and|or|to)\s/.test(part));
  return money ? text : parts.join(" ").trim();
}
