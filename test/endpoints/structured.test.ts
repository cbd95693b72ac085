import {describe, expect, it} from "vitest";
import {z} from "zod";
import {isRefusal, readReply, said} from "../../lib/endpoints/structured.js";

const Reply = z.strictObject({answer: z.string().min(1), score: z.int().min(0).max(5), tags: z.array(z.string())});
const good = {answer: "yes", score: 3, tags: ["a"]};
const json = JSON.stringify(good);

function problem(text: string): string {
  const read = readReply(text, Reply);
  return read.ok ? "none" : read.problem;
}

describe("a reply", () => {
  it.each([
    ["alone", json],
    ["with room around it", `\n  ${json}\n`],
    ["after thinking", `<think>\nIs it {"answer": "no"}?\n</think>\n\n${json}`],
    ["after thinking that the prompt had begun", `Is it {"answer": "no"}? No.\n</think>\n${json}`],
    ["after thinking in brackets", `[THINK]hm[/THINK]${json}`],
    ["in a fence", `\`\`\`json\n${json}\n\`\`\``],
    ["in a bare fence after thinking", `<think>hm</think>\n\`\`\`\n${json}\n\`\`\``],
    ["in the only fence of some prose", `Here it is:\n\`\`\`json\n${json}\n\`\`\`\nI hope this helps.`]
  ])("is read %s", (_, text) => {
    expect(readReply(text, Reply)).toEqual({ok: true, value: good});
  });

  it("keeps what looks like thinking or fences within its strings", () => {
    const value = {...good, answer: "a </think> b ```json\n{}\n``` c"};
    expect(readReply(JSON.stringify(value), Reply)).toEqual({ok: true, value});
  });

  it.each([
    ["prose", "The answer is yes.", 'expected one JSON value and nothing else, got "The answer is yes."'],
    ["half of it", json.slice(0, -4), "expected one JSON value and nothing else"],
    ["two values", `${json}\n${json}`, "expected one JSON value and nothing else"],
    ["two fences", `\`\`\`\n${json}\n\`\`\`\n\`\`\`\n${json}\n\`\`\``, "expected one JSON value and nothing else"],
    ["another value", "[1]", "reply: Invalid input: expected object, received array, got [1]"],
    ["a property too much", JSON.stringify({...good, more: 1}), 'Unrecognized key: "more"'],
    [
      "another type",
      JSON.stringify({...good, tags: ["a", 2]}),
      "tags.1: Invalid input: expected string, received number, got 2"
    ],
    ["a value out of range", JSON.stringify({...good, score: 9}), "score: Too big: expected number to be <=5, got 9"],
    [
      "a missing property",
      JSON.stringify({answer: "x", tags: []}),
      "score: Invalid input: expected number, received undefined, got nothing"
    ],
    [
      "a prototype",
      `{"answer": "x", "score": 1, "tags": [], "__proto__": {"admin": true}}`,
      "no property named __proto__"
    ],
    ["a prototype by its escapes", String.raw`{"answer": {"\u005f\u005Fproto__": 1}}`, "no property named __proto__"],
    ["a prototype far down", `{"answer": {"a": [{"__proto__": 1}]}}`, "no property named __proto__"]
  ])("is refused where it is %s", (_, text, message) => {
    expect(problem(text)).toContain(message);
    expect(problem(text).length).toBeLessThanOrEqual(500);
  });

  it("is bounded in its depth and length, and so is what is said of it", () => {
    expect(problem("[".repeat(100_000) + "]".repeat(100_000))).toContain("expected at most 64 levels");
    expect(problem(JSON.stringify({...good, answer: "[".repeat(100)}))).toBe("none");
    expect(problem(`"${"x".repeat(2 ** 20)}"`)).toContain("expected at most 1048576 characters");
    expect(problem(JSON.stringify({...good, tags: Array.from({length: 1000}, (_, i) => i)}))).toHaveLength(500);
  });
});

describe("said", () => {
  it("leaves thinking out, also one that never ends", () => {
    expect(said("<think>a</think> b")).toBe("b");
    expect(said("<think>a, and on")).toBe("");
    expect(said("a\n</think>\n\nb")).toBe("b");
    expect(said("b <think> c")).toBe("b <think> c");
  });
});

describe("isRefusal", () => {
  it.each([
    "I'm sorry, but I can't assist with that.",
    "I’m sorry, I can’t help with that request.",
    "I cannot provide this information.",
    "As an AI language model, I don't have opinions.",
    "Unfortunately, I am not able to do this."
  ])("knows %s", (text) => {
    expect(isRefusal(text)).toBe(true);
  });

  it.each([
    "Icarus flew too high.",
    "I can see the sea.",
    `I'm sorry, ${"she said, and went on. ".repeat(30)}`,
    "Sorrynut"
  ])("lets %s pass", (text) => {
    expect(isRefusal(text)).toBe(false);
  });
});
