const months = "january february march april may june july august september october november december".split(" ");
const month = `(${months.join("|")})`;
const dayFirst = new RegExp(`^(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${month}(?:,? (\\d{4}))?$`);
const monthFirst = new RegExp(`^${month} (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?$`);

/** A day of the year written one way, as in "march 5 2021", "march 5"; null for what is none. */
export function readDate(written: string): string | null {
  const text = written
    .replace(/\\(?:text|mathrm)\s*\{([^{}]*)\}/g, "$1")
    .replace(/\\[ ,;]|~|\^|\s+/g, " ")
    .trim()
    .toLowerCase();
  const [, day, name, year] = dayFirst.exec(text) ?? [];
  if (day !== undefined) return [name, day, year ?? ""].join(" ").trim();
  const [, first, number, last] = monthFirst.exec(text) ?? [];
  return first === undefined ? null : [first, number, last ?? ""].join(" ").trim();
}
