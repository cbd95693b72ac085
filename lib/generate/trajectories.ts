import {z} from "zod";
import type {Random} from "../text/random.js";
import type {Generator} from "./generator.js";
import {optionsOf} from "./options.js";
import type {Frame} from "./rapierWorld.js";
import {simulate} from "./rapierWorld.js";
import {decimal, type Experiment} from "./scenes/experiment.js";
import {experiments} from "./scenes/experiments.js";

const names = experiments.map(({id}) => id) as [string, ...string[]];
const Options = z.strictObject({scenes: z.array(z.enum(names)).min(1).default(names)});

/**
 * Trajectories in words: what was set up, with units and step size, a table of times, positions and velocities that Rapier
 * computed, and a question with its answer. Free fall, throws, a bounce, friction on a plane, collisions: what closed forms
 * can check.
 */
export const trajectories: Generator = {
  id: "trajectories",
  family: "rapier",
  version: "1",
  ceiling: "T2",
  kinds: ["trajectory"],
  async *generate(_seed, {random, count, options}) {
    const {scenes} = optionsOf("trajectories", options, Options);
    // Impacts need fine steps, and so most of the time: two of the other scenes for one with an impact.
    const chosen = experiments
      .filter(({id}) => scenes.includes(id))
      .flatMap((kind) => (kind.impact ? [kind] : [kind, kind]));
    for (let i = 0; i < count; i++) {
      const experiment = random.pick(chosen).draw(random);
      const frames = await simulate(experiment.scene, experiment.steps);
      yield {
        text: describe(experiment, frames, random),
        payload: {
          scene: experiment.id,
          step: experiment.scene.step,
          question: experiment.question,
          answer: experiment.answer
        },
        domain: "physics",
        kind: "trajectory",
        ceiling: "T2",
        spans: []
      };
    }
  }
};

function describe(
  {caption, scene, columns, rowOf, question, answer}: Experiment,
  frames: Frame[],
  random: Random
): string {
  const {step, substeps} = scene;
  const method = random.pick([
    `Simulated with a time step of ${step} s in ${substeps} substeps.`,
    `Time step ${step} s, ${substeps} substeps, semi-implicit Euler.`
  ]);
  const rows = frames.map((frame) => [frame.t, ...rowOf(frame)].map((value) => decimal(value)));
  const table = random.pick([markdown, commas, sentences])(
    ["t", ...columns.map(([name]) => name)],
    ["s", ...columns.map(([, unit]) => unit)],
    rows
  );
  const asked = random.pick([`Question: ${question}\nAnswer: ${answer}`, `Q: ${question}\nA: ${answer}`]);
  return [caption, method, table, asked].join("\n");
}

type Table = (names: readonly string[], units: readonly string[], rows: readonly (readonly string[])[]) => string;

const markdown: Table = (names, units, rows) =>
  [names.map((name, i) => `${name} (${units[i]})`), names.map(() => "---:"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");

const commas: Table = (names, units, rows) =>
  [names.map((name, i) => `${name} [${units[i]}]`), ...rows].map((cells) => cells.join(", ")).join("\n");

const sentences: Table = (names, units, rows) =>
  rows
    .map((cells) => {
      const [time, ...rest] = cells.map((cell, i) => `${names[i]} = ${cell} ${units[i]}`);
      return `At ${time}: ${rest.join(", ")}.`;
    })
    .join("\n");
