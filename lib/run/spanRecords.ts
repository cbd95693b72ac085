import {closeSync, fstatSync, openSync, readSync, writeSync} from "node:fs";
import {join} from "node:path";

/** Records of four 32-bit numbers in partitions, each in the order they came; what fills a buffer goes to a file. */
export interface SpanRecords {
  add(partition: number, a: number, b: number, c: number, d: number): void;
  /** all records of a partition, some at a time, in an array that is used again */
  read(partition: number): Iterable<Int32Array>;
  close(): void;
}

const buffered = 4096;

/**
 * Empty partitions in a folder, which must be there: at most 64 KiB of each in memory, one open file for each that is
 * larger. The files go with the folder.
 *
 * @param name begins the files' names
 */
export function openSpanRecords(folder: string, name: string, partitions: number): SpanRecords {
  const buffers: (Int32Array | undefined)[] = Array.from({length: partitions}, () => undefined);
  const filled = new Int32Array(partitions);
  const files: (number | undefined)[] = Array.from({length: partitions}, () => undefined);
  return {
    add(partition, a, b, c, d) {
      const buffer = (buffers[partition] ??= new Int32Array(4 * buffered));
      const at = filled[partition];
      buffer[at] = a;
      buffer[at + 1] = b;
      buffer[at + 2] = c;
      buffer[at + 3] = d;
      filled[partition] = at + 4;
      if (at + 4 < buffer.length) return;
      const file = (files[partition] ??= openSync(join(folder, `${name}-${partition}`), "wx+"));
      for (let written = 0; written < buffer.byteLength;)
        written += writeSync(file, buffer, written, buffer.byteLength - written);
      filled[partition] = 0;
    },
    *read(partition) {
      const file = files[partition];
      const bytes = file === undefined ? 0 : fstatSync(file).size;
      const chunk = new Int32Array(4 * buffered);
      // Whole buffers were written, so whole chunks are read.
      for (let at = 0; at < bytes; at += chunk.byteLength) {
        for (let read = 0; read < chunk.byteLength;)
          read += readSync(file!, chunk, read, chunk.byteLength - read, at + read);
        yield chunk;
      }
      if (buffers[partition] !== undefined) yield buffers[partition].subarray(0, filled[partition]);
    },
    close() {
      for (const file of files) if (file !== undefined) closeSync(file);
    }
  };
}
