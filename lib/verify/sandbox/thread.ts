import type {Job, Run} from "./outcome.js";
import {createSandbox} from "./quickjs.js";

const sandbox = createSandbox();

/** Runs one job in this thread's sandbox. */
export default function run(job: Job): Promise<Run> {
  return sandbox.run(job);
}
