import {writeSync} from "node:fs";
import {openAnswers} from "../../lib/endpoints/answerCache.js";
import {answered} from "./answered.js";

// A process that stores answers until it is killed: FOLDER FIRST COUNT NAME. Says each that is stored, in whole lines.
const [folder, first, count, name] = process.argv.slice(2);
const cache = await openAnswers(folder);
let next = Number(first);
const end = next + Number(count);
const lane = async () => {
  while (next < end) {
    const n = next++;
    const {key, request, answer} = answered(n, name);
    const counts = await cache.put(key, request, answer);
    writeSync(1, `${n} ${counts}\n`);
  }
};
try {
  await Promise.all(Array.from({length: 16}, lane));
  await cache.close();
} catch (error) {
  writeSync(1, `error ${(error as Error).message}\n`);
}
