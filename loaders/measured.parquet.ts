import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("measured.parquet", process.stdout);
