import type {Random} from "../../text/random.js";

/**
 * In which of `rows` texts each canary goes: as many different ones as it has copies. Copies cycle through `repeats`,
 * so that one set of canaries shows how exposure grows with repetition.
 *
 * @returns by row (counted from 0): numbers of canaries, ascending
 * @throws RangeError where a canary has more copies than there are rows
 */
export function canaryPlaces(
  canaries: number,
  {rows, repeats, random}: {rows: number; repeats: readonly number[]; random: Random}
): Map<number, number[]> {
  if (repeats.length === 0 || repeats.some((n) => !Number.isInteger(n) || n < 1 || n > rows))
    throw new RangeError(`expected repeats of 1 to ${rows}, the number of texts, got ${repeats.join(", ")}`);
  const places = new Map<number, number[]>();
  for (let canary = 0; canary < canaries; canary++) {
    const own = new Set<number>();
    const copies = repeats[canary % repeats.length];
    // Floyd's sampling: `copies` draws for as many different rows.
    for (let top = rows - copies; top < rows; top++) {
      const row = random.int(top + 1);
      own.add(own.has(row) ? top : row);
    }
    for (const row of own) {
      const there = places.get(row);
      if (there === undefined) places.set(row, [canary]);
      else there.push(canary);
    }
  }
  return places;
}

/**
 * Puts a sentence into a text after one of its lines, and says where it then starts, in UTF-16 units.
 */
export function insertLine(text: string, line: string, random: Random): {text: string; offset: number} {
  const breaks = [...text.matchAll(/\n/g)].map(({index}) => index);
  const at = [...breaks, text.length][random.int(breaks.length + 1)];
  const before = at === 0 ? "" : `${text.slice(0, at)}\n`;
  return {text: `${before}${line}${text.slice(at)}`, offset: before.length};
}
