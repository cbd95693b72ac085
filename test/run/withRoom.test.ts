import {expect, test} from "vitest";
import {rows, withDuckDB} from "../../lib/io/duckdb.js";
import {textBatches} from "../../lib/run/textBatches.js";
import {withRoom} from "../../lib/run/withRoom.js";

test("a batch that does not fit the limit gets twice as much, and another error is passed on", async () => {
  await withDuckDB(
    async (connection) => {
      // 40 texts of a million bytes in one batch.
      const query = () => rows(connection, "SELECT repeat(chr(65 + i::INTEGER), 1000000) AS text FROM range(40) t(i)");
      await expect(query()).rejects.toThrow("Out of Memory");
      expect(await withRoom(connection, query)).toHaveLength(40);
      await expect(withRoom(connection, () => rows(connection, "SELECT nothing"))).rejects.toThrow("Binder Error");
    },
    {memory: "16MB", threads: 1}
  );
});

test("texts are read some at a time, and a long one alone", () => {
  const [small, long] = [2 ** 20, 2 ** 27];
  const sizes = [small, small, long, small, ...Array.from({length: 40}, () => small), 0];
  expect([...textBatches(sizes)]).toEqual([
    [0, 2],
    [2, 3],
    [3, 35],
    [35, 45]
  ]);
  expect([...textBatches([])]).toEqual([]);
});
