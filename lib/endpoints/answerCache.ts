import {join} from "node:path";
import type {z} from "zod";
import type {ChatAnswer} from "../schema/chat.js";
import type {AnswerRecord} from "./answerRecord.js";
import {AnswersFile, type AnswersRead} from "./answersFile.js";
import type {Pictures} from "./pictures.js";

/** What endpoints have answered, kept on disk. */
export interface AnswerCache {
  /** answers there are, those of other processes as far as they have been read */
  readonly size: number;
  /** lines that are of no use, and the first of them in words: "answers.jsonl:7: expected …" */
  readonly damage: {readonly lines: number; readonly first: readonly string[]};
  /**
   * The answer under a request's key, null where there is none; what other processes have stored until now is found. One
   * that has another shape counts as damage and as not there.
   */
  get(key: string): ChatAnswer | null;
  get<A>(key: string, shape: z.ZodType<A>): A | null;
  /**
   * Stores an answer, unless there is one under the key. Resolves when it would outlive the process, kill −9 included.
   *
   * @param key answerKey(request)
   * @returns whether this answer counts; false where another one was first, which `get` returns
   * @throws RangeError where the key is not the request's; Error where the disk has no room: nothing else is lost
   */
  put(key: string, request: object, answer: object): Promise<boolean>;
  /** what has been read until now, to be sent to another thread, where `openAnswersRead` makes a cache of it */
  readonly read: AnswersRead;
  /** those that answers name */
  readonly pictures: Pictures;
  /** All records in the order of their keys, each checked against its checksum. */
  records(): Generator<AnswerRecord>;
  /** Waits for what is being stored and flushes it to the disk. */
  close(): Promise<void>;
}

/**
 * Opens the cache of a folder, which is made at the first `put`. It is one file, answers.jsonl, to which all processes of
 * this machine append whole records in single writes: their order there is the same for everybody, and of two answers
 * under one key the first counts, for ever. Each record has a checksum. What a killed process or a full disk left half
 * written is one line that nobody uses; each write begins with a line feed, so that nothing is glued to it.
 *
 * Pictures lie beside it, in media/, each a file that is named by its hash and there before the answer that names it: the
 * index of answers does not grow with them, and to open a folder is not to read them. What a kill leaves there without an
 * answer is of no harm.
 *
 * A power cut can lose what was stored in its last second, and what the disk itself had not yet written.
 *
 * The file holds prompts and answers in clear: what seeds say of people is in it, and stays until the file is deleted. It
 * is made readable by its owner alone (0600). Neither headers nor keys of endpoints are in a record.
 *
 * Does not guard against another program that writes to the file, nor against two hosts that append to it over a network
 * file system: they may overwrite each other's records, which is then damage, never a wrong answer.
 *
 * @throws Error where the file cannot be read, or is none of ours
 */
// Promised though it reads at once: nobody should come to depend on that.
export async function openAnswers(folder: string): Promise<AnswerCache> {
  const answers = new AnswersFile(join(folder, "answers.jsonl"));
  answers.readOn();
  return answers;
}

/** The cache that another thread of this process has opened, without reading its file again. */
export function openAnswersRead(read: AnswersRead): AnswerCache {
  const answers = new AnswersFile(read.path, read);
  answers.readOn();
  return answers;
}
