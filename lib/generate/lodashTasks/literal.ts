/** How literals are written: lodash's documentation quotes keys and strings alike, with apostrophes. */
export interface Style {
  quote: "'" | '"';
  quotedKeys: boolean;
}

export const documentation: Style = {quote: "'", quotedKeys: true};
export const modern: Style = {quote: '"', quotedKeys: false};

/** Whether a value is plain data that a literal can stand for: no functions, no holes, no wrappers, depth at most 8. */
export function isPlain(value: unknown, depth = 0): boolean {
  if (value === null || ["string", "boolean", "undefined"].includes(typeof value)) return true;
  if (typeof value === "number") return !Object.is(value, -0);
  if (depth > 8 || typeof value !== "object") return false;
  if (Array.isArray(value)) return Array.from(value).every((item, i) => i in value && isPlain(item, depth + 1));
  return (
    Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every((item) => isPlain(item, depth + 1))
  );
}

/** A plain value as JavaScript source on one line. */
export function writeLiteral(value: unknown, style: Style): string {
  if (typeof value === "string") return quoted(value, style.quote);
  if (Array.isArray(value)) return `[${value.map((item) => writeLiteral(item, style)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).map(([key, item]) => {
    const name = !style.quotedKeys && /^[a-z_$][\w$]*$/i.test(key) ? key : quoted(key, style.quote);
    return `${name}: ${writeLiteral(item, style)}`;
  });
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function quoted(text: string, quote: string): string {
  const inside = JSON.stringify(text).slice(1, -1);
  return quote === '"' ? `"${inside}"` : `'${inside.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
