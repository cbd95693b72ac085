import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("leakage.json", process.stdout);
