import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("mixer.json", process.stdout);
