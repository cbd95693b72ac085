import {stat} from "node:fs/promises";
import {join} from "node:path";
import {createWorkers} from "../io/workers.js";
import type {AnswersRead} from "./answersFile.js";
import type readAnswers from "./answersReader.js";

/** Bytes of answers from which on it is done: fewer are read in the time that a thread takes to start. */
const worthThread = 2 ** 26;

/**
 * Reads a folder's answers in a thread of their own, while other work goes on; `openAnswersRead` makes a cache of them.
 *
 * @param options.signal ends it
 * @param options.least bytes of answers from which on it is done
 * @returns null where they are too few, where it was ended, and where they cannot be read: who opens them is told why
 */
export async function readAnswersAside(
  folder: string,
  {signal, least = worthThread}: {signal?: AbortSignal; least?: number} = {}
): Promise<AnswersRead | null> {
  const file = await stat(join(folder, "answers.jsonl")).catch(() => null);
  if (file === null || file.size < least || signal?.aborted === true) return null;
  const thread = createWorkers(import.meta.url, "./answersReader.js", {workers: 1});
  try {
    return await (thread.run(folder, {signal}) as ReturnType<typeof readAnswers>).catch(() => null);
  } finally {
    await thread.destroy();
  }
}
