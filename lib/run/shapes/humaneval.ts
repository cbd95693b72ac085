import type {Shape, ShapedSample} from "./shape.js";
import {asText} from "./pythonRow.js";

/**
 * HumanEval: a prompt that ends in a signature with its docstring, a body, and `def check(candidate)`. What the prompt
 * defines before the function that is asked for is set-up, which the tests use as their own: a completion cannot
 * redefine it. A row with a `completion` is judged by it, and the canonical solution is the reference.
 *
 * Source: Chen et al. (2021), arXiv:2107.03374.
 */
export const humaneval: Shape = {
  id: "humaneval",
  verifiers: ["python-tests", "mutation"],
  fits: ({prompt, entry_point, test, canonical_solution, completion}) =>
    [prompt, entry_point, test].every((column) => typeof column === "string") &&
    (typeof canonical_solution === "string" || typeof completion === "string"),
  samples(row) {
    const prompt = asText(row, "prompt");
    const name = asText(row, "entry_point");
    if (!/^\w+$/.test(name))
      throw new TypeError(`entry_point: expected the name of a function, got ${name.slice(0, 60)}`);
    const {setup, head} = divided(prompt, name);
    const canonical = row.canonical_solution === undefined ? null : asText(row, "canonical_solution");
    const completion = row.completion === undefined || row.completion === null ? null : asText(row, "completion");
    const whole = (body: string) => (new RegExp(`^(async )?def ${name}\\b`, "m").test(body) ? body : head + body);
    const lines = [
      prose(prompt),
      "",
      ...(setup === "" ? [] : ["@setup python", setup.trim(), ""]),
      "@solution python",
      whole(completion ?? canonical!).trim(),
      "",
      "@test python",
      asText(row, "test").trim(),
      "",
      `check(${name})`
    ];
    const sample: ShapedSample = {
      name: String(row.task_id ?? name),
      text: lines.join("\n"),
      kind: "task",
      domain: "python",
      generator: completion === null ? "humaneval" : "completion",
      family: completion === null ? "human" : "unknown",
      ...(completion === null || canonical === null ? {} : {reference: whole(canonical).trim()}),
      ...(typeof row.passed === "boolean" ? {label: row.passed} : {})
    };
    return [sample];
  }
};

/** A prompt cut before its last function, where another is defined before that; imports go with both. */
function divided(prompt: string, name: string): {setup: string; head: string} {
  const at = prompt.search(new RegExp(`^(async )?def ${name}\\b`, "m"));
  const before = at < 0 ? "" : prompt.slice(0, at);
  if (!/^(async def|def|class) /m.test(before)) return {setup: "", head: prompt};
  return {setup: before, head: prompt.slice(at)};
}

/** The words of the docstring, without its examples. */
function prose(prompt: string): string {
  const found = [...prompt.matchAll(/("""|''')([^]*?)\1/g)].at(-1)?.[2] ?? "Complete the function.";
  const lines = found.split("\n").map((line) => line.trim());
  const end = lines.findIndex((line) => line.startsWith(">>>"));
  const words = (end < 0 ? lines : lines.slice(0, end)).join("\n").trim();
  return (words === "" ? "Complete the function." : words).replaceAll(/^@/gm, " @");
}
