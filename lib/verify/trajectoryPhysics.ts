import {followsScheme, type PrintedRow} from "./motions/followsScheme.js";
import {motions} from "./motions/motions.js";
import {schemes} from "./motions/resimulate.js";
import {readTrajectoryTable} from "./trajectoryTable.js";
import {readTrajectory} from "./trajectoryText.js";
import type {Verifier} from "./verifier.js";
import {verdict} from "./verifier.js";

const id = {id: "trajectory-physics", family: "closed-form", version: "2"};
const mostRows = 200;
const fewestRows = 3;
/** so that no table makes us integrate for more than about a tenth of a second */
const mostSubsteps = 2_000_000;
/** what a value may be off by, in units of its last printed digit, rounding apart */
const coarsest = 4.45;
/** units of the last digit that rounding for print may move a value, with some room for ties in binary */
const rounding = 0.5 + 1e-6;

/**
 * Compares each row of a trajectory with the closed form of the scene that its caption describes, and with what the motion
 * conserves, simulates the scene again at the stated step, and derives the answer again. All numbers come from the text.
 *
 * A value may differ from the closed form by the bound on the integrator's error (derived in motions/motion.ts) and by
 * half a unit of its last digit. The bound itself must stay under 4.45 such units, or the text is refused as "too-coarse":
 * then changing any printed digit but a row's last ones moves a value by at least 10 units, which is more than twice what
 * is tolerated (10 > 2 × (4.45 + 0.5)), and is caught whatever the error was. In free flight the bound is mostly under one
 * unit, so that the last digit is held too, to within a few units. An answer is held to its last digit.
 *
 * The integrator (motions/resimulate.ts) is ours. Where the text names no scheme all rows must follow the same one of three;
 * then a value is held to its print and the rounding of 32-bit floats, after an impact up to one shift that all rows share.
 *
 * Besides the captions of trajectoryText.ts a text may be a table of numbers in JSON or CSV (trajectoryTable.ts), without a
 * question; there digits may be finer than the integrator's error, which the same scheme then bounds. Reasons: unread,
 * impossible, wrong-columns, wrong-length, wrong-time, too-coarse, too-long, not-conserved, off-course, off-scheme,
 * no-question, wrong-answer.
 *
 * It does not guard against a scene that is sound but dull, nor against a caption whose words (not numbers) are odd.
 */
export const trajectoryPhysics: Verifier = {
  ...id,
  async verify({text}) {
    const fail = (reason: string, detail: string) => verdict(id, reason, {detail});
    const read = /^[{#]/.test(text) ? readTrajectoryTable(text) : readTrajectory(text);
    if ("expected" in read)
      return fail("unread", `expected ${read.expected}, got ${JSON.stringify(read.line.slice(0, 80))}`);
    const {scene, given, step, substeps, scheme, columns, rows, asked} = read;
    if (!Object.hasOwn(motions, scene)) return fail("unread", `expected a scene of ${Object.keys(motions).join(", ")}`);
    const motion = step > 0 && substeps > 0 ? motions[scene](given, {step, substeps}) : null;
    const {positions = [NaN], velocities = [], accelerations = []} = motion?.dynamics ?? {};
    if (motion === null || ![...positions, ...velocities, ...accelerations].every(Number.isFinite))
      return fail("impossible", `expected possible conditions for a ${scene}, got ${JSON.stringify(given)}`);
    const expectedColumns = ["t s", ...motion.columns];
    if (columns.join() !== expectedColumns.join())
      return fail("wrong-columns", `expected ${expectedColumns.join(", ")}, got ${columns.join(", ").slice(0, 80)}`);
    if (rows.length < fewestRows || rows.length > mostRows)
      return fail("wrong-length", `expected ${fewestRows} to ${mostRows} rows, got ${rows.length}`);
    const table: PrintedRow[] = [];
    let last = -Infinity;
    for (const [time, ...printed] of rows) {
      const t = Number(time);
      if (!(t > last && t >= 0)) return fail("wrong-time", `expected times to ascend from 0, got ${time}`);
      last = t;
      // A time is a whole number of steps, and printed exactly.
      if (Math.abs(t / step - Math.round(t / step)) > 1e-6)
        return fail("wrong-time", `expected a multiple of ${step} s, got ${time}`);
      const expected = motion.at(t);
      if (typeof expected === "string") return fail("wrong-time", `${expected}, got one at ${time} s`);
      const values = printed.map(Number);
      const print = printed.map((text) => rounding * lastUnit(text));
      const steps = Math.round(t / step);
      if (steps * substeps > mostSubsteps)
        return fail("too-long", `expected at most ${mostSubsteps} substeps, got ${steps * substeps} at ${time} s`);
      table.push({steps, values, print});
      const errors = expected.map(({error}, i) => error + print[i]);
      for (const [i, {error}] of expected.entries()) {
        if (asked !== null && error > coarsest * lastUnit(printed[i]))
          return fail(
            "too-coarse",
            `expected steps that keep ${motion.columns[i]} at ${time} s within ${coarsest} units of its last digit, got ${error}`
          );
      }
      // The slopes are linear in the values, so that at these they bound those of every value within the errors.
      const widest = values.map((value, i) => Math.abs(value) + errors[i]);
      for (const {name, of, slope, expected} of motion.invariants) {
        const tolerance = slope(widest).reduce((sum, rate, i) => sum + Math.abs(rate) * errors[i], 1e-9);
        if (!(Math.abs(of(values) - expected(t)) <= tolerance))
          return fail(
            "not-conserved",
            `expected ${name} of ${expected(t).toFixed(4)} ± ${tolerance.toFixed(4)} at ${time} s, got ${of(values).toFixed(4)}`
          );
      }
      for (const [i, {value}] of expected.entries()) {
        if (!(Math.abs(values[i] - value) <= errors[i]))
          return fail(
            "off-course",
            `expected ${motion.columns[i]} at ${time} s to be ${value.toFixed(4)} ± ${errors[i].toFixed(4)}, got ${printed[i]}`
          );
      }
    }
    const left = (scheme === null ? schemes : [scheme]).map((each) =>
      followsScheme(motion.dynamics, motion.invariants, motion.columns, {step, substeps}, table, each)
    );
    if (!left.includes(null)) return fail(left[0]!.reason, left[0]!.detail);
    if (asked === null) return verdict(id);
    const {question, answer, unit} = asked;
    if (!Object.hasOwn(motion.answers, question))
      return fail("no-question", `expected a question about a ${scene}, got ${JSON.stringify(question)}`);
    const [value, expectedUnit] = motion.answers[question];
    if (unit !== expectedUnit) return fail("wrong-answer", `expected ${expectedUnit}, got ${unit}`);
    if (!(Math.abs(Number(answer) - value) <= rounding * lastUnit(answer)) || lastUnit(answer) > 0.01)
      return fail("wrong-answer", `expected ${value.toFixed(4)} ${unit} to at least two decimals, got ${answer}`);
    return verdict(id);
  }
};

/** The worth of a printed number's last digit. */
function lastUnit(printed: string): number {
  const point = printed.indexOf(".");
  return point < 0 ? 1 : 10 ** (point + 1 - printed.length);
}
