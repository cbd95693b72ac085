import type {Shape, ShapedSample} from "./shape.js";

const answers = ["generation", "response", "output", "completion", "model_output", "prediction", "model_solution"];
const labels = ["is_correct", "correct", "label"];

/**
 * Worked problems. Three kinds of rows: `{question, ground_truth, <model>: {solution, is_correct}, …}` (GSM8K's model
 * solutions: a sample a model, with its label); `{problem | question, answer | solution | ground_truth, generation |
 * response | output | completion | model_output | prediction, is_correct?}` (somebody's generations); and `{question | problem,
 * answer | solution}`: the data set itself, whose solution is the sample. Of the last no reference is given unless answer
 * and solution are columns of their own, as in MATH: an answer checked against itself would be no check.
 *
 * Source: Cobbe et al. (2021), arXiv:2110.14168; Hendrycks et al. (2021), arXiv:2103.03874.
 */
export const gsm8k: Shape = {
  id: "gsm8k",
  verifiers: ["final-answer"],
  fits: (row) => problemOf(row) !== null && (modelsOf(row).length > 0 || trustedOf(row) !== null),
  samples(row) {
    const problem = problemOf(row)!;
    const models = modelsOf(row);
    if (models.length > 0) return models.map((model) => ofModel(row, problem, model));
    const trusted = trustedOf(row)!;
    const generated = answers.find((name) => row[name] !== undefined && row[name] !== null);
    if (generated !== undefined)
      return texts(row[generated], generated).map((solution) => ({
        ...sample(row, problem, solution, nameOf(row.generator ?? row.model, "unknown")),
        reference: trusted,
        ...labelOf(row)
      }));
    const solution = row.solution ?? row.answer;
    if (typeof solution !== "string") throw new TypeError(`solution: expected a string, got ${typeof solution}`);
    const own = typeof row.solution === "string" && typeof row.answer === "string" && row.answer !== "";
    return [{...sample(row, problem, solution, "human"), ...(own ? {reference: String(row.answer)} : {})}];
  }
};

function ofModel(row: Readonly<Record<string, unknown>>, problem: string, model: string): ShapedSample {
  const {solution, is_correct: label} = row[model] as {solution: unknown; is_correct: unknown};
  if (typeof solution !== "string") throw new TypeError(`${model}.solution: expected a string, got ${typeof solution}`);
  if (typeof label !== "boolean") throw new TypeError(`${model}.is_correct: expected a boolean, got ${typeof label}`);
  if (typeof row.ground_truth !== "string")
    throw new TypeError(`ground_truth: expected a string, got ${typeof row.ground_truth}`);
  return {...sample(row, problem, solution, model), reference: row.ground_truth, label};
}

function sample(
  row: Readonly<Record<string, unknown>>,
  problem: string,
  solution: string,
  generator: string
): ShapedSample {
  const line = problem.replace(/\s+/g, " ").trim();
  const title = line.length > 60 ? `${line.slice(0, 59)}…` : line;
  return {
    name: nameOf(row.unique_id ?? row.id ?? row.task_id, title),
    text: `${problem.trim()}\n\n@solution\n${solution.trim()}`,
    kind: "problem",
    domain: "mathematics",
    generator,
    family: generator
  };
}

function nameOf(value: unknown, otherwise: string): string {
  return (typeof value === "string" && value !== "") || typeof value === "number" ? String(value) : otherwise;
}

function problemOf(row: Readonly<Record<string, unknown>>): string | null {
  const problem = row.question ?? row.problem;
  return typeof problem === "string" && problem.trim() !== "" ? problem : null;
}

function trustedOf(row: Readonly<Record<string, unknown>>): string | null {
  for (const name of ["answer", "ground_truth", "expected_answer", "gold", "solution"]) {
    const value = row[name];
    if (typeof value === "string" && value.trim() !== "") return value;
    if (typeof value === "number" && Number.isFinite(value)) return String(value);
  }
  return null;
}

function modelsOf(row: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(row).filter((name) => {
    const value = row[name];
    return typeof value === "object" && value !== null && "solution" in value && "is_correct" in value;
  });
}

/** One generation, or a list of them. */
function texts(value: unknown, name: string): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  if (!all.every((text) => typeof text === "string"))
    throw new TypeError(
      `${name}: expected a string or a list of strings, got ${typeof all.find((text) => typeof text !== "string")}`
    );
  return all;
}

function labelOf(row: Readonly<Record<string, unknown>>): {label?: boolean} {
  for (const name of labels) {
    const value = row[name];
    if (typeof value === "boolean") return {label: value};
    if (value === 0 || value === 1) return {label: value === 1};
  }
  return {};
}
