import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("verification.json", process.stdout);
