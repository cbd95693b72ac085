import {workerData} from "piscina";
import {createChunkMaker, type ChunkMaterial} from "./chunkMaker.js";

/** Makes one chunk in a worker thread. */
export default createChunkMaker(workerData as ChunkMaterial);
