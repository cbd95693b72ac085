import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("shards.parquet", process.stdout);
