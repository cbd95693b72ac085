/** One place where two JSON values differ. */
interface Difference {
  /** e.g. "tiers.T2.rows" or "seeds[0].license"; names that are no identifiers stand in brackets, quoted */
  path: string;
  /** undefined where there is nothing */
  expected: unknown;
  got: unknown;
}

/** Where two JSON values differ, leaf by leaf, in the order of the expected one and then of the other's own names. */
export function jsonDifferences(expected: unknown, got: unknown, path = ""): Difference[] {
  if (Array.isArray(expected) && Array.isArray(got)) {
    return Array.from({length: Math.max(expected.length, got.length)}, (_, i) =>
      jsonDifferences(expected[i], got[i], `${path}[${i}]`)
    ).flat();
  }
  if (isObject(expected) && isObject(got)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
    return [...names].flatMap((name) => {
      const plain = /^[A-Za-z_]\w*$/.test(name);
      const next = plain ? `${path === "" ? "" : `${path}.`}${name}` : `${path}[${JSON.stringify(name)}]`;
      return jsonDifferences(own(expected, name), own(got, name), next);
    });
  }
  return Object.is(expected, got) ? [] : [{path, expected, got}];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function own(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
