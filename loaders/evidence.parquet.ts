import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("evidence.parquet", process.stdout);
