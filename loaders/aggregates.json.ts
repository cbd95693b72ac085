import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("aggregates.json", process.stdout);
