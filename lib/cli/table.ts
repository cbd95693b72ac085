/** Rows of text as aligned columns, two spaces apart; the first row is the head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, j) => Math.max(...rows.map((row) => [...row[j]].length)));
  return rows
    .map(
      (row) =>
        row
          .map((cell, j) => cell + " ".repeat(widths[j] - [...cell].length))
          .join("  ")
          .trimEnd() + "\n"
    )
    .join("");
}

/** A number with about five significant digits, as a person reads it. */
export function figure(value: number | null): string {
  if (value === null) return "–";
  const short = Number(value.toPrecision(5));
  return Math.abs(short) < 1e7 ? String(short) : short.toExponential().replace("e+", "e");
}
