import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("teachers.json", process.stdout);
