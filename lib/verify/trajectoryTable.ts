import {z} from "zod";
import {schemes} from "./motions/resimulate.js";
import type {TrajectoryText} from "./trajectoryText.js";

const Table = z.strictObject({
  scene: z.string(),
  given: z.record(z.string(), z.number()),
  step: z.number().positive(),
  substeps: z.int().min(1).max(99).default(1),
  scheme: z.enum(schemes).optional(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.number()))
});
const maxText = 200_000;
/** what is printed finer is rounded to this: 32-bit floats hold no more of metres and seconds */
const mostDecimals = 6;

/**
 * Reads a trajectory given as numbers, in SI units, of one of the scenes of motions/motions.ts. As JSON:
 *
 *     {"scene": "fall", "given": {"h": 20, "v": 0, "g": 9.81}, "step": 0.001, "substeps": 4, "scheme": "explicit Euler",
 *      "columns": ["t s", "y m", "v m/s"], "rows": [[0, 20, 0], [0.5, 18.7744, -4.905], [1, 15.0956, -9.81]]}
 *
 * or as CSV whose first lines say the same, `scheme` and `substeps` (1) being free to be left out:
 *
 *     # scene = fall
 *     # h = 20
 *     # v = 0
 *     # g = 9.81
 *     # step = 0.001
 *     t s,y m,v m/s
 *     0,20,0
 *
 * Numbers lose their last zeros there, so that a column has as many decimals as its finest value, 6 at most.
 */
export function readTrajectoryTable(text: string): TrajectoryText | {expected: string; line: string} {
  if (text.length > maxText) return {expected: `at most ${maxText} characters`, line: text};
  const read = Table.safeParse(text.startsWith("{") ? json(text) : csv(text));
  if (!read.success) {
    const [{path, message}] = read.error.issues;
    return {expected: `a table of a trajectory (${path.join(".")}: ${message})`, line: text};
  }
  const {columns, rows, scheme = null, ...rest} = read.data;
  const ragged = rows.find((row) => row.length !== columns.length);
  if (ragged !== undefined) return {expected: `${columns.length} numbers a row`, line: ragged.join(" ")};
  const decimals = columns.map((_, i) => Math.max(1, ...rows.map((row) => decimalsOf(row[i]))));
  // Times stay as they are: they count steps.
  const printed = rows.map((row) =>
    row.map((value, i) => (i === 0 ? String(value) : value.toFixed(Math.min(decimals[i], mostDecimals))))
  );
  return {...rest, scheme, columns, rows: printed, asked: null};
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function csv(text: string): unknown {
  const lines = text.trim().split(/\r?\n/);
  const head = lines.findIndex((line) => !line.startsWith("#"));
  if (head < 0) return null;
  const said = lines.slice(0, head).map((line) => /^# *(\w+) *[=:] *(.+?) *$/.exec(line));
  if (said.includes(null)) return null;
  const {scene, step, substeps, scheme, ...given} = Object.fromEntries(said.map((match) => [match![1], match![2]]));
  const numbers = Object.entries(given).map(([name, value]) => [name, number(value)] as const);
  return {
    scene,
    given: Object.fromEntries(numbers),
    step: number(step),
    ...(substeps === undefined ? {} : {substeps: number(substeps)}),
    ...(scheme === undefined ? {} : {scheme}),
    columns: lines[head].split(",").map((cell) => cell.trim()),
    rows: lines.slice(head + 1).map((line) => line.split(",").map((cell) => number(cell)))
  };
}

/** NaN, which no schema of numbers takes, for what is none. */
function number(text: string | undefined): number {
  return /^ *[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)? *$/i.test(text ?? "") ? Number(text) : NaN;
}

function decimalsOf(value: number): number {
  const [, fraction = "", exponent = "0"] = /^-?\d+(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}
