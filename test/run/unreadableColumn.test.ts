import {expect, test} from "vitest";
import {unreadableColumn} from "../../lib/run/unreadableColumn.js";

test("files are read again for an error of DuckDB's alone, not for one of ours that names a Parquet file", async () => {
  const input = {
    path: "gone.parquet",
    file: "gone.parquet",
    rows: 1,
    columns: new Map([["text", "VARCHAR"]]),
    groups: [1]
  };
  expect(await unreadableColumn([input], new Error("nothing was cut; out/spans.parquet has every span"))).toBeNull();
  const found = await unreadableColumn([input], new Error("Invalid Input Error: Failed to read Parquet file"));
  expect(found?.message).toMatch(/^gone\.parquet, row 1: text: expected what can be read, got: /);
});
