/**
 * A column of text, with line ends as Python has them.
 *
 * @throws TypeError with field, what was expected and what came
 */
export function asText(row: Readonly<Record<string, unknown>>, field: string, missing?: string): string {
  const value = row[field] ?? missing;
  if (typeof value !== "string")
    throw new TypeError(`${field}: expected text, got ${value === null ? "null" : typeof value}`);
  return value.replaceAll(/\r\n?/g, "\n");
}

/**
 * A column with a list of texts, as JSON where it is one text; empty where there is none.
 *
 * @throws TypeError with field, what was expected and what came
 */
export function textList(row: Readonly<Record<string, unknown>>, field: string): string[] {
  let value: unknown = row[field] ?? [];
  if (typeof value === "string") {
    try {
      value = JSON.parse(value) as unknown;
    } catch {
      throw new TypeError(`${field}: expected a list of texts, got ${JSON.stringify(row[field]).slice(0, 60)}`);
    }
  }
  if (!Array.isArray(value)) throw new TypeError(`${field}: expected a list of texts, got ${typeof value}`);
  return value.map((item: unknown, i) => {
    if (typeof item !== "string") throw new TypeError(`${field}[${i}]: expected text, got ${typeof item}`);
    return item.replaceAll(/\r\n?/g, "\n");
  });
}
