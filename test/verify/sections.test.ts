import {expect, test} from "vitest";
import {readSections} from "../../lib/verify/sections.js";

const names = ["setup", "solution", "test"];
const read = (text: string) => {
  const result = readSections(text, names);
  if (typeof result === "string") return result;
  return {prose: result.prose, ...Object.fromEntries(result.sections)};
};

test("prose comes first, and sections hold their words, body and line", () => {
  expect(read("Adds.\n\n@solution typescript\n\na\n\nb\n\n@test json\nc\n")).toEqual({
    prose: "Adds.",
    solution: {words: ["typescript"], body: "a\n\nb", line: 5},
    test: {words: ["json"], body: "c", line: 10}
  });
});

test("a fence around the whole of a section is not part of it; other fences are", () => {
  expect(read("@solution python\n```python\na\n```")).toMatchObject({solution: {body: "a", line: 3}});
  const two = "```\na\n```\nb\n```\nc\n```";
  expect(read(`@solution\n${two}`)).toMatchObject({solution: {body: two}});
  expect(read("@solution\n```js\na")).toMatchObject({solution: {body: "```js\na"}});
});

test("a bare mark in Python is a decorator, one with a word is a mark", () => {
  expect(read("@solution python\n@setup\ndef f(): pass\n@test python\n@test\ndef g(): pass")).toMatchObject({
    solution: {body: "@setup\ndef f(): pass"},
    test: {words: ["python"], body: "@test\ndef g(): pass"}
  });
});

test("marks that nobody knows, and known ones inside a line, are text", () => {
  expect(read("@author me\n@solution\n@unknown\n  @test\n@test me!")).toEqual({
    prose: "@author me",
    solution: {words: [], body: "@unknown\n  @test\n@test me!", line: 3}
  });
});

test("lines may end in CR LF", () => {
  expect(read("Adds.\r\n\r\n@solution js\r\n```js\r\na\r\nb\r\n```\r\n@test json\r\nc\r\n")).toEqual({
    prose: "Adds.",
    solution: {words: ["js"], body: "a\nb", line: 5},
    test: {words: ["json"], body: "c", line: 9}
  });
});

test("a mark that comes twice is refused", () => {
  expect(read("@test js\na\n@test js\nb")).toBe("@test comes twice");
});

test("a text without sections is prose", () => {
  expect(read("\nonly\n\nprose\n")).toEqual({prose: "only\n\nprose"});
});
