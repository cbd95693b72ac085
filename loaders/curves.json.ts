import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("curves.json", process.stdout);
