/** Shortest value that is looked for elsewhere: shorter ones stand in other words. */
const shortest = 3;

/**
 * A text with `<REDACTED>` wherever one of the values still stands as words of its own, whatever its case and however its
 * parts are spaced. Values of fewer than three characters are left.
 */
export function withoutValues(text: string, values: readonly string[]): string {
  const sources = [...new Set(values.map((value) => value.trim()))]
    .filter((value) => value.length >= shortest)
    .sort((a, b) => b.length - a.length)
    .map((value) =>
      value
        .split(/\s+/)
        .map(escaped)
        .join(String.raw`\s+`)
    );
  if (sources.length === 0) return text;
  return text.replace(
    new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${sources.join("|")})(?![\p{L}\p{N}])`, "giu"),
    "<REDACTED>"
  );
}

function escaped(part: string): string {
  return part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
