import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("plan.json", process.stdout);
