import {spawn} from "node:child_process";
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterAll, expect, test} from "vitest";
import {literal, withDuckDB} from "../../lib/io/duckdb.js";
import {dedupFiles} from "../../lib/run/dedupFiles.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-resume-"));
const at = (name: string) => join(folder, name);
const bin = fileURLToPath(new URL("../../bin/ballast.js", import.meta.url));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** Signed chunks that a run left, by name. */
function left(out: string): string[] {
  const spill = join(out, ".ballast-dedup");
  if (!existsSync(spill)) return [];
  return readdirSync(spill).flatMap((run) => readdirSync(join(spill, run)).filter((name) => /^signed-\d+$/.test(name)));
}

test("a run that is killed takes up where it was, on three threads too, and gives the same bytes", async () => {
  // Two chunks of one row group each, so that there are threads; a twentieth of the rows are equal, another twentieth nearly so.
  await withDuckDB(async (connection) => {
    const word = (i: number) => `'w' || (hash(n * 32 + ${i}) % 5000)::VARCHAR`;
    await connection.run(
      `COPY (SELECT concat_ws(' ', ${Array.from({length: 12}, (_, i) => word(i)).join(", ")},
          CASE WHEN range % 20 = 19 THEN 'x' END) AS text
        FROM (SELECT range, CASE WHEN range % 20 IN (9, 19) THEN range - 1 ELSE range END AS n FROM range(62000)))
       TO ${literal(at("in.parquet"))} (FORMAT parquet, ROW_GROUP_SIZE 61440)`
    );
  });
  const bytes = (out: string) =>
    ["kept", "rejects", "clusters"].map((name) => readFileSync(at(`${out}/${name}.parquet`), "latin1"));
  const whole = await dedupFiles([at("in.parquet")], at("whole"), {workers: 1});
  expect(whole).toMatchObject({rows: 62_000, exact: 3100, near: 3100});
  // Rows are held then by each thread, and read by the others.
  expect(await dedupFiles([at("in.parquet")], at("threads"), {workers: 3})).toEqual(whole);
  expect(bytes("threads")).toEqual(bytes("whole"));

  const child = spawn(process.execPath, [bin, "dedup", at("in.parquet"), "--out", at("killed"), "--workers", "1"], {
    stdio: "ignore"
  });
  const ended = new Promise((resolve) => child.on("exit", (_, signal) => resolve(signal)));
  while (left(at("killed")).length === 0 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5)); // prettier-ignore
  child.kill("SIGKILL");
  expect(await ended).toBe("SIGKILL");
  expect(existsSync(at("killed/kept.parquet"))).toBe(false);
  expect(left(at("killed")).length).toBeGreaterThan(0);

  expect(await dedupFiles([at("in.parquet")], at("killed"), {workers: 3})).toEqual(whole);
  expect(bytes("killed")).toEqual(bytes("whole"));
  expect(readdirSync(at("killed")).sort()).toEqual(["clusters.parquet", "kept.parquet", "rejects.parquet"]);
}, 60_000);
