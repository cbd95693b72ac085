import {expect, test} from "vitest";
import {canonical, malformed, maxLength} from "../../lib/text/canonical.js";
import {canonicalJson} from "../../lib/text/json.js";

test("canonical(text) composes, unifies newlines and trims line ends", () => {
  expect(canonical("  e\u0301  \r\nb\t\rc \n")).toBe("é\nb\nc");
});

test("canonical(canonical(text)) is canonical(text)", () => {
  for (const text of ["a \r\n b", "\u1E9B\u0323", "x\n\n \n y", " \t "])
    expect(canonical(canonical(text))).toBe(canonical(text));
});

test("malformed(text) names why a text cannot be a sample", () => {
  expect(malformed("fine 😀")).toBeNull();
  expect(malformed(" \n")).toBe("empty");
  expect(malformed("a\0b")).toBe("nul");
  expect(malformed("a\ud83d")).toBe("lone-surrogate");
  expect(malformed("x".repeat(maxLength + 1))).toBe("too-long");
});

test("canonicalJson(value) does not depend on the order of keys", () => {
  expect(canonicalJson({b: 1, a: [{d: 1, c: undefined}, null]})).toBe('{"a":[{"d":1},null],"b":1}');
});
