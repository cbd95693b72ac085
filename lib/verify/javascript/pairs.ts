const maxPairs = 2000;

/**
 * Test code for input/output pairs, one JSON object a line: `{"call": "f", "args": [1, 2], "expected": 3}`. What is
 * expected is JSON; it is compared deeply, undefined counting as null.
 */
export function javascriptPairs(body: string): {code: string} | {problem: string} {
  const rows: string[] = [];
  for (const [i, line] of body.split("\n").entries()) {
    if (line.trim() === "") continue;
    const row = parse(line);
    const {call, args} = (row ?? {}) as {call?: unknown; args?: unknown};
    const fits = typeof call === "string" && /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)?$/.test(call);
    if (!fits || !Array.isArray(args) || !Object.hasOwn(row as object, "expected"))
      return {problem: `line ${i + 1} of @test: expected {"call", "args", "expected"}, got ${line.slice(0, 80)}`};
    const {expected} = row as {expected: unknown};
    const literal = (value: unknown) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
    rows.push(
      `await (async () => { const got = await ${call}(...${literal(args)});` +
        ` assert.deepEqual(got === undefined ? null : got, ${literal(expected)}); })();`
    );
  }
  if (rows.length > maxPairs) return {problem: `more than ${maxPairs} pairs`};
  return {code: rows.join("\n").replaceAll("assert.deepEqual", "assert.deepStrictEqual")};
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
