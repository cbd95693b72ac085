import {workerData} from "piscina";
import {createContaminationTask, type ContaminationTaskOptions} from "./contaminationTask.js";

/** Scans texts for benchmark items, in a worker thread. */
export default createContaminationTask(workerData as ContaminationTaskOptions);
