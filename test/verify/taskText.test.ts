import {expect, test} from "vitest";
import {canonicalValue, parseLiteral} from "../../lib/verify/literal.js";
import {readCode, readTest, vacuous} from "../../lib/verify/taskText.js";

const canonical = (text: string) => canonicalValue(parseLiteral(text)!.value);

test("literals are read without running them", () => {
  expect(canonical(`{ 'b': [1, -2.5, .5], a: "x\\n\\u0041", 3: null }`)).toBe(
    '{"3":null,"a":"x\\nA","b":[1,-2.5,0.5]}'
  );
  expect(canonical("[undefined, NaN, -Infinity, -0, true, ]")).toBe(
    "[<undefined>,<number NaN>,<number -Infinity>,<number -0>,true]"
  );
  expect(canonical("{a: 1, a: 2}")).toBe('{"a":2}');
  expect(canonical("{a: 1, b: 2}")).toBe(canonical("{b: 2, a: 1}"));
});

test("what is no literal is not read as one", () => {
  for (const text of [
    "f()",
    "a",
    "[1",
    "{a}",
    "{a: }",
    "'open",
    "`x`",
    "/x/",
    "1px",
    "[,1]",
    "{__proto__: 1}",
    "nullish",
    "()=>1"
  ])
    expect(parseLiteral(text), text).toBeNull();
  expect(parseLiteral("[".repeat(5000))).toBeNull();
});

test("a test is one call with literal arguments and its value", () => {
  expect(readTest("assert.deepEqual(f([1, ')'], Math.floor), { a: 1 });")).toEqual({
    call: "f([1, ')'], Math.floor)",
    callee: "f",
    args: [["array", 1, ")"], undefined],
    expected: ["object", ["a", 1]]
  });
  for (const line of [
    "assert.deepEqual(1, 1);",
    "assert.deepEqual(f(1), 1)",
    "assert.deepEqual(f(g()), 1);",
    "assert.deepEqual(f(1), f(1));",
    "assert.deepEqual(f(1), 1); assert = null;",
    "assert.deepEqual(f(1) || 1, 1);",
    "assert.ok(f(1));",
    "// assert.deepEqual(f(1), 1);"
  ])
    expect(readTest(line), line).toBeNull();
});

test("sections come once and in order", () => {
  const test = "assert.deepEqual(f(1), 2);";
  expect(readCode(`Do.\n\n@solution\n\nx\n\n@test\n\n${test}`)).toMatchObject({
    prose: "Do.",
    example: null,
    solution: "x"
  });
  for (const text of [`a\n@test\n${test}\n@solution\nx`, `a\n@test\n${test}\n@test\n${test}`, "a\n@test\nf(1)"])
    expect(readCode(text)).toBeTypeOf("string");
});

test("tests that a constant or the identity would pass are vacuous", () => {
  const tests = (...lines: string[]) => vacuous(lines.map((line) => readTest(`assert.deepEqual(${line});`)!));
  expect(tests("f(1), 2", "f(2), 2", "f(3), 2")).toBe("constant-passes");
  expect(tests("f(1), undefined", "f(2), undefined")).toBe("constant-passes");
  expect(tests("f({a: 1, b: 2}), {b: 2, a: 1}", "f(2), 2")).toBe("identity-passes");
  expect(tests("f(1), 2", "f(2), 3")).toBeNull();
});
