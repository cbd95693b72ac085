import {expect, test} from "vitest";
import {shingleSet} from "../../lib/dedup/jaccard.js";
import {createShingler} from "../../lib/dedup/shingles.js";
import {chunkColumn, chunkWidth} from "../../lib/run/dedupChunk.js";
import {heldRecords, holdRows} from "../../lib/run/dedupHeld.js";

const bytes = (text: string) => new TextEncoder().encode(text);

test("records held are those of their chunk's rows", () => {
  const shingle = createShingler();
  const texts = [
    ["", "one of some words that are held"],
    ["two", "É"]
  ];
  const chunks = texts.map((rows, chunk) => {
    const held = holdRows(2, 1 << 16, 2);
    held.columns.set(held.columns.map((_, i) => 1000 * chunk + i));
    for (const text of rows) held.add(bytes(text));
    return held.end()!;
  });
  const record = heldRecords(chunks, 2, shingle);
  for (const [chunk, rows] of texts.entries()) {
    for (const [row, text] of rows.entries()) {
      // prettier-ignore
      const {keys, set} = record(chunk, row, 3);
      const first = 1000 * chunk + chunkColumn("band", 2);
      expect([...keys]).toEqual([first + row, first + 2 + row]);
      expect(set).toEqual(shingleSet(shingle(text)));
    }
  }
});

test("a chunk that takes more than its room is not held, its columns and its rows' starts counted", () => {
  const rows = 10;
  const room = 4 * chunkWidth(2) * rows + 4 * (rows + 1) + 100;
  const held = holdRows(rows, room, 2);
  held.add(new Uint8Array(100));
  expect(held.end()).not.toBeNull();
  held.add(new Uint8Array(1));
  expect(held.end()).toBeNull();
  expect(holdRows(rows, 1, 2).end()).not.toBeNull();
});
