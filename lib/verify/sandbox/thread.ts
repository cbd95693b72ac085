import {testLibrary} from "../javascript/testLibrary.js";
import type {Job, Run} from "./outcome.js";
import {createSandbox} from "./quickjs.js";
import {createPair, type PairJob, type PairRun} from "./realmPair.js";

const sandbox = createSandbox();
const pair = createPair(testLibrary);

/** Runs one job in this thread's sandboxes. */
export default function run(job: Job | PairJob): Promise<Run | PairRun> {
  return "scripts" in job ? sandbox.run(job) : pair.run(job);
}
