import type {Random} from "../../text/random.js";
import type {Body, Frame, Scene} from "../rapierWorld.js";

/** A scene with all that a text says of it. */
export interface Experiment {
  id: string;
  scene: Scene;
  /** numbers of steps after which a row is taken, ascending from 0 */
  steps: number[];
  caption: string;
  /** name and unit of each column beside time */
  columns: readonly (readonly [string, string])[];
  rowOf(frame: Frame): number[];
  question: string;
  answer: string;
}

/** What falls and flies. */
export const things = [
  "steel ball",
  "rubber ball",
  "stone",
  "lead weight",
  "tennis ball",
  "glass marble",
  "cricket ball"
];
/** What slides. */
export const blocks = ["wooden block", "steel block", "crate", "box of books", "sledge", "brick"];
/** m/s^2: on Earth, mostly, and on Mars and Venus. */
export const gravities = [9.81, 9.81, 9.81, 9.78, 9.83, 3.71, 8.87];
/** m */
export const radius = 0.1;

/** Two decimals, without a negative zero. */
export function decimal(value: number): string {
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text;
}

/** A number of two decimals in a range, exactly as it will be printed. */
export function number(random: Random, low: number, high: number): number {
  return Number((low + (high - low) * random()).toFixed(2));
}

/** Steps of 6 to 10 rows at a distance of `every` steps, up to `last` steps. */
export function rows(
  random: Random,
  every: number,
  last: number,
  avoid: (step: number) => boolean = () => false
): number[] {
  const count = 6 + random.int(5);
  const stride = every * Math.max(1, Math.floor(last / every / count));
  const steps = Array.from({length: count + 1}, (_, i) => i * stride);
  return steps.filter((step) => step <= last && !avoid(step));
}

/** A ball of 1 kg at rest in the origin, but for what is said. */
export const ball = (fields: Partial<Body>): Body => ({
  shape: "ball",
  radius,
  mass: 1,
  position: [0, 0],
  velocity: [0, 0],
  ...fields
});

/** A kind of scene that can be drawn at random. */
export interface Kind {
  id: string;
  /** whether bodies hit something, which takes fine steps */
  impact: boolean;
  draw(random: Random): Experiment;
}
