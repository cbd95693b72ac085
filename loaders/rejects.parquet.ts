import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("rejects.parquet", process.stdout);
