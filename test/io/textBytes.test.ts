import {expect, test} from "vitest";
import {withDuckDB} from "../../lib/io/duckdb.js";
import {textBytes} from "../../lib/io/textBytes.js";

test("texts are those that DuckDB gives as strings, short and long, empty and null, neighbours or not", async () => {
  await withDuckDB(async (connection) => {
    const texts = `SELECT CASE i % 11 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'twelve bytes' WHEN 3 THEN 'thirteen byte'
      WHEN 4 THEN repeat('é白🐋', i % 100) WHEN 5 THEN repeat('long ', 20000) ELSE repeat(chr(97 + (i % 26)::INTEGER), 1 + (i * 7919) % 900) END
      FROM range(5000) rows(i)`;
    // In order, as a table gives them; then from all over a table, each from another place.
    await connection.run(`CREATE TABLE texts AS SELECT row_number() OVER () AS n, * FROM (${texts}) t(text)`);
    for (const sql of ["SELECT n, text FROM texts", "SELECT n, text FROM texts WHERE n % 3 > 0 ORDER BY hash(n)"]) {
      const result = await connection.stream(sql);
      let rows = 0;
      for (
        let chunk = await result.fetchChunk();
        chunk !== null && chunk.rowCount > 0;
        chunk = await result.fetchChunk()
      ) {
        const got = textBytes(chunk, 1).map((bytes) => (bytes === null ? null : new TextDecoder().decode(bytes)));
        expect(got).toEqual(chunk.getColumnValues(1));
        rows += got.length;
      }
      expect(rows).toBeGreaterThan(3000);
    }
  });
});
