import {z} from "zod";
import {windows} from "./document/windows.js";
import type {Generator} from "./generator.js";
import {askingOptions, modelGenerator, type Made} from "./modelGenerator.js";

const Options = z.strictObject({
  ...askingOptions,
  /** cases that a task is to have at least */
  tests: z.int().min(3).max(50).default(6),
  /** UTF-16 code units of the document from which a task takes its subject */
  window: z.int().min(200).max(200_000).default(3000)
});

const Reply = z.strictObject({
  task: z.string().min(1).max(8000),
  function: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,60}$/, "expected a function's name"),
  solution: z.string().min(1).max(20_000),
  tests: z
    .array(z.strictObject({arguments: z.string().max(4000), expected: z.string().max(4000)}))
    .min(1)
    .max(200)
});

interface Language {
  name: string;
  /** words after @solution and after @test */
  solution: string;
  test: string;
  /** how a solution declares a function of this name */
  declares(name: string): RegExp;
}

const script = (name: string) =>
  new RegExp(String.raw`^(?:export +)?(?:(?:async +)?function\*? +${name}\b|(?:const|let|var) +${name}\b)`, "m");

/**
 * Tasks in JavaScript: what a function is to do, a solution, and cases as data, which the verifiers `javascript-tests` and
 * `mutation` run:
 *
 *     Write a function `double(n)` that …
 *
 *     @solution javascript
 *     function double(n) { return n * 2; }
 *
 *     @test json
 *     {"call":"double","args":[2],"expected":4}
 *
 * Nothing is run here: a draft is refused where its cases are no JSON, too few or two of a kind, where its solution does not
 * declare the function, or where a part would end its own section.
 */
export const codeTaskJavascript = codeTask("code-task-javascript", "javascript-task", {
  name: "JavaScript (ES2020, no imports, no I/O, no clock, no chance)",
  solution: "javascript",
  test: "json",
  declares: script
});

/** The same in Python, for `python-tests` and `mutation`: `@solution python`, and `@test python pairs` over its cases. */
export const codeTaskPython = codeTask("code-task-python", "python-task", {
  name: "Python 3 (standard library alone, no I/O, no clock, no chance)",
  solution: "python",
  test: "python pairs",
  declares: (name) => new RegExp(String.raw`^(?:async +)?def +${name} *\(`, "m")
});

/** The same in TypeScript: `@solution typescript`. */
export const codeTaskTypescript = codeTask("code-task-typescript", "typescript-task", {
  name: "TypeScript (ES2020, no imports, no I/O, no clock, no chance)",
  solution: "typescript",
  test: "json",
  declares: script
});

function codeTask(id: string, kind: string, language: Language): Generator {
  return modelGenerator(
    {id, version: "1", kind, asks: {models: 1}, prompts: ["code-task"]},
    Options,
    async ({seed, options, number, seeded, models, avoid, ask}) => {
      const parts = windows(seed.text, options.window);
      if (parts.length === 0) return {reason: "no-text", detail: "expected a document with words, got none"};
      const {start, end} = seeded("windows").shuffle(parts)[number % parts.length];
      const values = {
        document: seed.text.slice(start, end),
        language: language.name,
        tests: options.tests,
        avoid
      };
      const written = await ask(models[0], {prompt: "code-task", values}, Reply);
      return written.ok ? assemble(written.value, language, options.tests) : written;
    }
  );
}

function assemble(
  {task, function: name, solution, tests}: z.infer<typeof Reply>,
  language: Language,
  least: number
): Made {
  const code = unfenced(solution);
  if ([task, code].some((part) => /^@(?:setup|solution|test|example)\b/m.test(part)))
    return {reason: "broken-form", detail: "expected no line @solution, @test, @setup or @example in a part"};
  if (!language.declares(name).test(code))
    return {reason: "no-function", detail: `expected a solution that declares ${name}, got ${code.slice(0, 200)}`};
  const cases = new Map<string, string>();
  for (const [i, one] of tests.entries()) {
    const args = json(one.arguments);
    const expected = json(one.expected);
    if (args === undefined || expected === undefined || !Array.isArray(args.value))
      return {
        reason: "unreadable-test",
        detail: `expected a JSON list of arguments and a JSON value, got tests[${i}]: ${one.arguments} and ${one.expected}`
      };
    const key = JSON.stringify(args.value);
    const line = JSON.stringify({call: name, args: args.value, expected: expected.value});
    const before = cases.get(key);
    if (before !== undefined && before !== line)
      return {reason: "contradiction", detail: `expected one value for ${name}(…${key}), got two`};
    cases.set(key, line);
  }
  if (cases.size < least)
    return {reason: "too-few-tests", detail: `expected ${least} cases with other arguments, got ${cases.size}`};
  const lines = [...cases.values()];
  return {
    text: `${task.trim()}\n\n@solution ${language.solution}\n${code}\n\n@test ${language.test}\n${lines.join("\n")}`,
    payload: {function: name, language: language.solution, tests: lines.length}
  };
}

function unfenced(code: string): string {
  return (/^\s*```[\w+-]*\n([^]*?)\n```\s*$/.exec(code)?.[1] ?? code).replace(/^\s*\n/, "").trimEnd();
}

function json(text: string): {value: unknown} | undefined {
  try {
    return {value: JSON.parse(text)};
  } catch {
    return undefined;
  }
}
