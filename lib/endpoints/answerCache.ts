import {closeSync, existsSync, fstatSync, openSync, readSync} from "node:fs";
import {join} from "node:path";
import type {z} from "zod";
import {ChatAnswer} from "../schema/chat.js";
import {AnswerIndex, type Place} from "./answerIndex.js";
import {answerLines} from "./answerLines.js";
import {checkedKey, encodeRecord, type AnswerRecord} from "./answerRecord.js";
import {AnswerWriter} from "./answerWriter.js";

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
  /** All records in the order of their keys, each checked against its checksum. */
  records(): Generator<AnswerRecord>;
  /** Waits for what is being stored and flushes it to the disk. */
  close(): Promise<void>;
}

/** Lines of damage that are kept in words. */
const told = 20;

/**
 * Opens the cache of a folder, which is made at the first `put`. It is one file, answers.jsonl, to which all processes of
 * this machine append whole records in single writes: their order there is the same for everybody, and of two answers
 * under one key the first counts, for ever. Each record has a checksum. What a killed process or a full disk left half
 * written is one line that nobody uses; each write begins with a line feed, so that nothing is glued to it.
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
  const answers = new Answers(join(folder, "answers.jsonl"));
  answers.readOn();
  return answers;
}

class Answers implements AnswerCache {
  readonly #path: string;
  readonly #writer: AnswerWriter;
  readonly #index = new AnswerIndex();
  readonly #damage = {lines: 0, first: [] as string[]};
  /** keys that are being stored */
  readonly #storing = new Map<string, Promise<boolean>>();
  #file: number | null = null;
  /** bytes and lines of the file that are indexed, and its bytes when it was last looked at */
  #end = 0;
  #lines = 0;
  #seen = 0;
  #closed = false;

  constructor(path: string) {
    this.#path = path;
    this.#writer = new AnswerWriter(path);
  }

  get size(): number {
    return this.#index.size;
  }

  get damage(): AnswerCache["damage"] {
    return this.#damage;
  }

  get(key: string): ChatAnswer | null;
  get<A>(key: string, shape: z.ZodType<A>): A | null;
  get(key: string, shape: z.ZodType = ChatAnswer): unknown {
    if (this.#index.get(key) === null) this.readOn();
    for (let place = this.#index.get(key); place !== null; place = this.#index.get(key)) {
      const found = this.#record(place);
      if ("wrong" in found) this.#tell(this.#lineOf(place), found.wrong);
      else {
        const {success, data, error} = shape.safeParse(found.answer);
        if (success && found.key === key) return data;
        const issue = error?.issues[0] ?? {path: ["key"], message: `expected ${key}`};
        this.#tell(this.#lineOf(place), `${issue.path.join(".")}: ${issue.message}`);
      }
      this.#index.drop(key);
    }
    return null;
  }

  async put(key: string, request: object, answer: object): Promise<boolean> {
    const line = encodeRecord({key, request, answer});
    while (this.#storing.has(key)) await this.#storing.get(key);
    this.readOn();
    const place = this.#index.get(key);
    if (place !== null) return this.#holds(place, line);
    const stored = this.#store(key, line).finally(() => this.#storing.delete(key));
    this.#storing.set(key, stored);
    return stored;
  }

  *records(): Generator<AnswerRecord> {
    this.readOn();
    for (const place of this.#index.sorted()) {
      const found = this.#record(place);
      if ("wrong" in found) throw new TypeError(`${this.#path}:${this.#lineOf(place)}: ${found.wrong}`);
      yield found;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await Promise.allSettled(this.#storing.values());
    this.#closed = true;
    if (this.#file !== null) closeSync(this.#file);
    await this.#writer.close();
  }

  /** Indexes what has been appended since. */
  readOn(): void {
    if (this.#closed) throw new Error(`${this.#path}: expected an open cache, got a closed one`);
    if (this.#file === null) {
      if (!existsSync(this.#path)) return;
      this.#file = openSync(this.#path, "r");
    }
    const {size, nlink} = fstatSync(this.#file);
    if (nlink === 0 || size < this.#end)
      throw new Error(
        `${this.#path}: expected a file that grows, but it was ${nlink === 0 ? "deleted" : "cut"} meanwhile`
      );
    if (size === this.#seen) return;
    this.#seen = size;
    this.#end = answerLines(this.#file, this.#end, size, (line, offset) => {
      this.#lines++;
      if (line.length === 0) return;
      const found = checkedKey(line);
      if ("wrong" in found) this.#tell(this.#lines, found.wrong);
      else this.#index.add(found.key, {offset, length: line.length});
    });
  }

  async #store(key: string, line: Buffer): Promise<boolean> {
    await this.#writer.append(line);
    this.readOn();
    const place = this.#index.get(key);
    if (place === null) throw new Error(`${this.#path}: expected the record of ${key} that was written, got none`);
    return this.#holds(place, line);
  }

  #holds(place: Place, line: Buffer): boolean {
    return this.#bytes(place).equals(line.subarray(0, -1));
  }

  #record(place: Place): AnswerRecord | {wrong: string} {
    const line = this.#bytes(place);
    const found = checkedKey(line);
    return "wrong" in found ? found : (JSON.parse(line.toString()) as AnswerRecord);
  }

  #bytes({offset, length}: Place): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(this.#file!, bytes, 0, length, offset));
  }

  #tell(line: number, wrong: string): void {
    if (this.#damage.lines++ < told) this.#damage.first.push(`${this.#path}:${line}: ${wrong}`);
  }

  #lineOf({offset}: Place): number {
    let line = 1;
    if (this.#damage.lines < told) answerLines(this.#file!, 0, offset, () => line++);
    return line;
  }
}
