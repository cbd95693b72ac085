import type {Shape, ShapedSample} from "./shape.js";
import {asText, textList} from "./pythonRow.js";

/**
 * MBPP: a sentence, a solution, lines `assert f(…) == …`; the sanitised edition says `prompt` and `test_imports`. The
 * set-up code of tests builds on the solution's classes, so it stands with the tests. A row that carries a `completion`
 * is judged by it, and the published code is the reference.
 *
 * Source: Austin et al. (2021), arXiv:2108.07732.
 */
export const mbpp: Shape = {
  id: "mbpp",
  verifiers: ["python-tests", "mutation"],
  fits: ({code, test_list}) => typeof code === "string" && (Array.isArray(test_list) || typeof test_list === "string"),
  samples(row) {
    const prose = asText(row, row.text === undefined ? "prompt" : "text");
    const code = asText(row, "code");
    const completion = row.completion === undefined ? null : asText(row, "completion");
    const before = [...textList(row, "test_imports"), asText(row, "test_setup_code", "")].filter((part) => part !== "");
    const tests = [...textList(row, "test_list"), ...textList(row, "challenge_test_list")];
    const lines = [
      prose.trim().replaceAll(/^@/gm, " @"),
      "",
      "@solution python",
      completion ?? code,
      "",
      "@test python",
      ...before,
      ...tests
    ];
    const sample: ShapedSample = {
      name: `MBPP/${String(row.task_id ?? "?")}`,
      text: lines.join("\n"),
      kind: "task",
      domain: "python",
      generator: completion === null ? "mbpp" : "completion",
      family: completion === null ? "human" : "unknown",
      ...(completion === null ? {} : {reference: code}),
      ...(typeof row.passed === "boolean" ? {label: row.passed} : {})
    };
    return [sample];
  }
};
