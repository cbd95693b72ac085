/** Longest text that a sample may have, in UTF-16 code units. */
export const maxLength = 1_000_000;

/** The canonical form of a text: NFC, newlines as \n, no white space at the ends of lines or of the text. */
export function canonical(text: string): string {
  const lines = text.normalize("NFC").replace(/\r\n?/g, "\n");
  // To look at the end of one line alone is what `trim` does: the search looks at every blank.
  return (/[\n\u2028\u2029]/.test(lines) ? lines.replace(/[ \t]+$/gm, "") : lines).trim();
}

/** Why a text cannot be a sample: "empty", "too-long", "nul" or "lone-surrogate"; null when it can. */
export function malformed(text: string): string | null {
  if (text.trim() === "") return "empty";
  if (text.length > maxLength) return "too-long";
  if (text.includes("\0")) return "nul";
  if (!text.isWellFormed()) return "lone-surrogate";
  return null;
}
