import {mkdir, open, type FileHandle} from "node:fs/promises";
import {dirname} from "node:path";

interface Waiting {
  line: Buffer;
  resolve(): void;
  reject(error: Error): void;
}

/** Bytes written at once, unless one line alone has more. */
const batch = 2 ** 20;
/** Milliseconds after a write until it is flushed to the disk. */
const pause = 1000;
const feed = Buffer.from("\n");

/**
 * Appends lines to a file that other processes append to at the same time: several lines a write, each write whole in one
 * place, as O_APPEND promises on a file system of this machine. A write begins with a line feed, so that it is never glued
 * to what a killed process or a full disk has left half written.
 *
 * The file is made at the first line, readable by its owner alone. Lines are flushed to the disk a second after they were
 * written, and at the end.
 */
export class AnswerWriter {
  readonly #path: string;
  readonly #written: () => void;
  readonly #waiting: Waiting[] = [];
  #file: FileHandle | null = null;
  #draining: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #flushing: Promise<void> = Promise.resolve();
  #failure: Error | null = null;

  /** @param written called after each write, before anybody hears of it */
  constructor(path: string, written: () => void) {
    this.#path = path;
    this.#written = written;
  }

  /**
   * Resolves when the line is in the file.
   *
   * @param line with its line feed
   * @throws Error where the disk has no room for it, or failed to flush an earlier one
   */
  append(line: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({line, resolve, reject});
      this.#draining ??= this.#drain().finally(() => (this.#draining = null));
    });
  }

  /** Waits for what is being written and flushes it. */
  async close(): Promise<void> {
    await this.#draining;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#flushing;
    try {
      await this.#file?.datasync();
    } finally {
      await this.#file?.close();
    }
    if (this.#failure !== null) throw this.#failure;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting.splice(0, this.#fitting());
      let left: number;
      try {
        if (this.#failure !== null) throw this.#failure;
        left = await this.#write(lines.map(({line}) => line));
        this.#written();
      } catch (error) {
        for (const {line, reject} of lines) reject(this.#failed(error as Error, line));
        continue;
      }
      // A disk that gets full takes a part; the next write of the rest says what is wrong.
      for (; lines.length > 0 && lines[0].line.length <= left; left -= lines.shift()!.line.length) lines[0].resolve();
      this.#waiting.unshift(...lines);
    }
  }

  /** How many of the waiting lines are written at once. */
  #fitting(): number {
    let n = 1;
    for (let bytes = this.#waiting[0].line.length; n < this.#waiting.length; n++)
      if ((bytes += this.#waiting[n].line.length) > batch) break;
    return n;
  }

  /** Bytes of the lines that are in the file now. */
  async #write(lines: readonly Buffer[]): Promise<number> {
    this.#file ??= await created(this.#path);
    // Not writeFile, which goes on after a short write: another process may have written in between.
    const {bytesWritten} = await this.#file.write(Buffer.concat([feed, ...lines]), 0, null, null);
    if (bytesWritten === 0) throw new Error("expected bytes to be written, got none");
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#flushing = this.#file!.datasync().catch((error: Error) => {
        this.#failure = error;
      });
    }, pause).unref();
    return bytesWritten - feed.length;
  }

  #failed(error: Error, line: Buffer): Error {
    return new Error(`${this.#path}: expected to store an answer of ${line.length} bytes, got ${error.message}`, {
      cause: error
    });
  }
}

async function created(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), {recursive: true, mode: 0o700});
  const file = await open(path, "a", 0o600);
  // The file's name, too, is to outlive a power cut.
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return file;
}
