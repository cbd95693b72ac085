import {workerData} from "piscina";
import {createDedupTasks, type DedupTaskOptions} from "./dedupTasks.js";

/** Does one task of a purge of files, in a worker thread. */
export default createDedupTasks(workerData as DedupTaskOptions).work;
