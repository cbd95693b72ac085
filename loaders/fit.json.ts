import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("fit.json", process.stdout);
