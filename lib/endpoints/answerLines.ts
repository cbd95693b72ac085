import {readSync} from "node:fs";

/** Bytes read at once. */
const piece = 2 ** 22;
/** Bytes of the longest line: far beyond what an image takes, so that a file of something else ends with an error. */
const longest = 2 ** 28;

/**
 * The whole lines of a file between two places, read synchronously, in order, empty ones too; one that has
 * no line feed before `to` is left for the next time.
 *
 * @param from a line's beginning
 * @param visit gets a line without its line feed, in memory that is used again afterwards, and where it begins
 * @returns where the first line begins that is not whole
 * @throws RangeError where a line is longer than 256 MiB
 */
export function answerLines(
  descriptor: number,
  from: number,
  to: number,
  visit: (line: Buffer, offset: number) => void
): number {
  let buffer = Buffer.allocUnsafe(Math.min(piece, to - from));
  let start = from;
  let filled = 0;
  while (start + filled < to) {
    if (filled === buffer.length) {
      if (filled >= longest) throw new RangeError(`expected a line of at most ${longest} bytes at byte ${start}`);
      const wider = Buffer.allocUnsafe(Math.min(2 * filled, to - start));
      buffer.copy(wider);
      buffer = wider;
    }
    const read = readSync(descriptor, buffer, filled, Math.min(buffer.length - filled, to - start - filled), start + filled); // prettier-ignore
    if (read === 0) break;
    const end = filled + read;
    let line = 0;
    for (let feed = buffer.indexOf(10, filled); feed >= 0 && feed < end; feed = buffer.indexOf(10, line)) {
      visit(buffer.subarray(line, feed), start + line);
      line = feed + 1;
    }
    buffer.copyWithin(0, line, end);
    start += line;
    filled = end - line;
  }
  return start;
}
