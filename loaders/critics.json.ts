import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("critics.json", process.stdout);
