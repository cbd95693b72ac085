/** One thing that is off in a data set: where, what was expected, what came. */
export interface Finding {
  /** relative to the data set's folder */
  file: string;
  /** id or origin of the row, "" where it is about the file as a whole */
  row: string;
  /** column, or path within JSON, e.g. "verdicts[0].ok" or "counts.kept" */
  field: string;
  expected: string;
  got: string;
}

/** What a check found: all of it is counted, and the first `limit` are kept. */
export class Findings {
  readonly list: Finding[] = [];
  total = 0;
  constructor(readonly limit = 200) {}

  add(file: string, row: string, field: string, expected: unknown, got: unknown): void {
    this.total++;
    if (this.list.length < this.limit)
      this.list.push({file: show(file), row: show(row), field: show(field), expected: show(expected), got: show(got)});
  }
}

/** Values as JSON, cut to what a person reads; text is taken as words already. */
function show(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  const line = text.replace(/\p{Cc}+/gu, " ");
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
