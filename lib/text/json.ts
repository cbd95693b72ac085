/** JSON with keys sorted at every depth, so that equal values have equal bytes. */
export function canonicalJson(value: unknown, space?: number): string {
  return JSON.stringify(
    value,
    (_key, v: unknown) =>
      v !== null && typeof v === "object" && !Array.isArray(v)
        ? Object.fromEntries(
            Object.entries(v)
              .filter(([, item]) => item !== undefined)
              .sort(([a], [b]) => (a < b ? -1 : 1))
          )
        : v,
    space
  );
}
