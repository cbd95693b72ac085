import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("clusters.parquet", process.stdout);
