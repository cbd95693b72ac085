import {openAnswers} from "./answerCache.js";
import type {AnswersRead} from "./answersFile.js";

/** Reads a folder's answers in a worker thread; see `readAnswersAside`. */
export default async function readAnswers(folder: string): Promise<AnswersRead> {
  const cache = await openAnswers(folder);
  const {read} = cache;
  await cache.close();
  return read;
}
