import {closeSync, existsSync, fstatSync, openSync, readSync} from "node:fs";
import {dirname} from "node:path";
import type {z} from "zod";
import {ChatAnswer} from "../schema/chat.js";
import type {AnswerCache} from "./answerCache.js";
import {AnswerIndex, type AnswerIndexData, type Place} from "./answerIndex.js";
import {answerLines} from "./answerLines.js";
import {answerOf, checkedKey, encodeRecord, type AnswerRecord} from "./answerRecord.js";
import {AnswerWriter} from "./answerWriter.js";
import {Pictures} from "./pictures.js";

/** Lines of damage that are kept in words. */
const told = 20;
const closed = "expected an open cache, got a closed one";

/** A file of answers as far as it was read, so that another thread need not read it again. */
export interface AnswersRead {
  path: string;
  index: AnswerIndexData;
  /** bytes and lines that are indexed */
  end: number;
  lines: number;
}

/** An answer on its way to the file. */
interface Storing {
  line: Buffer;
  /** whether it is the first under its key; null until one is in the file */
  counts: boolean | null;
  stored: Promise<unknown>;
}

/** The answers of one file; see `openAnswers`. */
export class AnswersFile implements AnswerCache {
  readonly pictures: Pictures;
  readonly #path: string;
  readonly #writer: AnswerWriter;
  readonly #index: AnswerIndex;
  readonly #damage = {lines: 0, first: [] as string[]};
  readonly #storing = new Map<string, Storing>();
  #file: number | null = null;
  /** bytes and lines of the file that are indexed, and its bytes when it was last looked at */
  #end = 0;
  #lines = 0;
  #seen = 0;
  #scratch = Buffer.allocUnsafe(2 ** 14);
  #closed = false;

  /** @param read of another thread */
  constructor(path: string, read?: AnswersRead) {
    this.#path = path;
    this.#index = new AnswerIndex(read?.index);
    [this.#end, this.#lines] = [read?.end ?? 0, read?.lines ?? 0];
    this.pictures = new Pictures(dirname(path));
    this.#writer = new AnswerWriter(path, () => this.readOn());
  }

  get size(): number {
    return this.#index.size;
  }

  get damage(): AnswerCache["damage"] {
    return this.#damage;
  }

  get read(): AnswersRead {
    return {path: this.#path, index: this.#index.data(), end: this.#end, lines: this.#lines};
  }

  get(key: string): ChatAnswer | null;
  get<A>(key: string, shape: z.ZodType<A>): A | null;
  get(key: string, shape: z.ZodType = ChatAnswer): unknown {
    let place = this.#index.get(key);
    if (place === null) this.readOn();
    for (place ??= this.#index.get(key); place !== null; place = this.#index.get(key)) {
      const line = this.#line(place);
      const found = checkedKey(line);
      if ("wrong" in found) this.#tell(this.#lineOf(place), found.wrong);
      else {
        const {success, data, error} = shape.safeParse(answerOf(line));
        if (success && found.key === key) return data;
        const issue = error?.issues[0] ?? {path: [], message: `expected one of ${key}`};
        this.#tell(this.#lineOf(place), `${["answer", ...issue.path].join(".")}: ${issue.message}`);
      }
      this.#index.drop(key);
    }
    return null;
  }

  async put(key: string, request: object, answer: object): Promise<boolean> {
    if (this.#closed) throw new Error(`${this.#path}: ${closed}`);
    const line = encodeRecord({key, request, answer});
    while (this.#storing.has(key)) await this.#storing.get(key)!.stored;
    const place = this.#index.get(key);
    if (place !== null) return this.#line(place).equals(line.subarray(0, -1));
    const storing: Storing = {line, counts: null, stored: this.#writer.append(line)};
    this.#storing.set(key, storing);
    try {
      await storing.stored;
    } finally {
      this.#storing.delete(key);
    }
    if (storing.counts === null)
      throw new Error(`${this.#path}: expected the record of ${key}, just written, got none`);
    return storing.counts;
  }

  *records(): Generator<AnswerRecord> {
    this.readOn();
    for (const place of this.#index.sorted()) {
      const line = this.#line(place);
      const found = checkedKey(line);
      if ("wrong" in found) throw new TypeError(`${this.#path}:${this.#lineOf(place)}: ${found.wrong}`);
      yield JSON.parse(line.toString()) as AnswerRecord;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await Promise.allSettled([...this.#storing.values()].map(({stored}) => stored));
    this.#closed = true;
    if (this.#file !== null) closeSync(this.#file);
    await this.#writer.close();
  }

  /** Indexes what has been appended since. */
  readOn(): void {
    if (this.#closed) throw new Error(`${this.#path}: ${closed}`);
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
      if ("wrong" in found) return this.#tell(this.#lines, found.wrong);
      const storing = this.#storing.get(found.key);
      if (storing !== undefined && storing.counts === null) storing.counts = line.equals(storing.line.subarray(0, -1));
      this.#index.add(found.key, {offset, length: line.length});
    });
  }

  /** A line's bytes, in memory that is used again for the next one. */
  #line({offset, length}: Place): Buffer {
    if (length > this.#scratch.length) this.#scratch = Buffer.allocUnsafe(2 * length);
    return this.#scratch.subarray(0, readSync(this.#file!, this.#scratch, 0, length, offset));
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
