import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("card.json", process.stdout);
