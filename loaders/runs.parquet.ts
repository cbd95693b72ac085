import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("runs.parquet", process.stdout);
