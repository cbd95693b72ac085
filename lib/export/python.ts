/**
 * A text as a Python string literal: JSON's escapes are Python's too, and whatever is not plain ASCII is escaped, whole
 * characters at a time (Python does not join two escaped surrogates).
 */
export function pythonString(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/gu,
    (character) => `\\U${character.codePointAt(0)!.toString(16).padStart(8, "0")}`
  );
}

/** Texts as a Python list literal, one a line. */
export function pythonList(texts: readonly string[], indent = ""): string {
  return `[\n${texts.map((text) => `${indent}    ${pythonString(text)},\n`).join("")}${indent}]`;
}
