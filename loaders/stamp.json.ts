import {pipeArtefact} from "../lib/run/artefactFiles.js";

await pipeArtefact("stamp.json", process.stdout);
