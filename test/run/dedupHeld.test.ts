import {expect, test} from "vitest";
import {shingleSet} from "../../lib/dedup/jaccard.js";
import {createShingler} from "../../lib/dedup/shingles.js";
import {chunkColumn, chunkWidth} from "../../lib/run/dedupChunk.js";
import {holdRows} from "../../lib/run/dedupHeld.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const shingle = createShingler();

test("rows held are those of chunks kept, and a chunk begun anew is forgotten", () => {
  const held = holdRows(1 << 16, 2, shingle);
  const columns = Uint32Array.from({length: 2 * chunkWidth(2)}, (_, i) => i);
  held.begin(2);
  held.add(bytes("a chunk that is begun anew"));
  for (const [path, texts] of [
    ["one", ["", "one of some words that are held"]],
    ["two", ["two", "É"]]
  ] as const) {
    held.begin(2);
    for (const text of texts) expect(held.add(bytes(text))).toBe(true);
    held.keep(path, columns);
  }
  for (const [path, row, text] of [
    ["one", 0, ""],
    ["one", 1, "one of some words that are held"],
    ["two", 0, "two"],
    ["two", 1, "É"]
  ] as const) {
    // prettier-ignore
    const {keys, set} = held.record(path, row, 3);
    const first = chunkColumn("band", 2);
    expect([...keys]).toEqual([columns[first + row], columns[first + 2 + row]]);
    expect(set).toEqual(shingleSet(shingle(text)));
  }
});

test("a text beyond the room is refused, columns of all rows counted", () => {
  const rows = 10;
  const room = 4 * (chunkWidth(2) + 1) * rows + 100;
  const held = holdRows(room, 2, shingle);
  held.begin(rows);
  expect(held.add(new Uint8Array(100))).toBe(true);
  expect(held.add(new Uint8Array(1))).toBe(false);
});
