import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("duplicates.json", process.stdout);
