import {readFile, stat} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {mostPictureBytes, readPicture} from "../io/readPicture.js";
import {rows, stream} from "../io/duckdb.js";
import {Media, mediaPath} from "../schema/media.js";
import type {Findings} from "./findings.js";
import {mediaFiles, picturesOf, samePicture} from "./media.js";

/**
 * Re-derives what rows say of their pictures from the pictures' bytes: each is there under the path that its hash gives, is
 * what it says, and is named by a row; no two kept samples have the same pictures, and who was refused for that is told
 * after one that was kept. Paths in memory stay those of the pictures that rows name.
 *
 * @param kept @param rejects SQL of all kept and all refused rows, with their media
 */
export async function checkMedia(
  connection: DuckDBConnection,
  {folder, kept, rejects}: {folder: string; kept: string; rejects: string},
  findings: Findings
): Promise<void> {
  const both = `(SELECT origin, media FROM ${kept} UNION ALL SELECT origin, media FROM ${rejects})`;
  const named = new Set<string>();
  const all = `SELECT DISTINCT unnest(media, recursive := true) FROM ${both} ORDER BY ALL`;
  for await (const batch of stream(connection, all)) for (const row of batch) await checkOne(row);
  for await (const path of mediaFiles(folder))
    if (!named.has(path)) findings.add(path, "", "", "a picture that a row names", "one that none does");

  const twins = await rows(
    connection,
    `SELECT min(origin) AS first, max(origin) AS last FROM ${kept} WHERE len(media) > 0
     GROUP BY ${picturesOf} HAVING count(*) > 1 ORDER BY first LIMIT ${findings.limit}`
  );
  for (const {first, last} of twins)
    findings.add(
      "data/",
      last as string,
      "media",
      "pictures that no other kept sample has",
      `those of ${first as string}`
    );
  const strays = await rows(
    connection,
    `SELECT r.origin FROM (SELECT origin, detail, ${picturesOf} AS own FROM ${rejects} WHERE stage = 'dedup' AND reason = '${samePicture}') AS r
     LEFT JOIN (
       SELECT origin, ${picturesOf} AS own FROM ${kept}
       UNION ALL SELECT origin, ${picturesOf} AS own FROM ${rejects} WHERE stage = 'audit'
     ) AS k ON r.detail = 'of ' || k.origin AND r.own = k.own
     WHERE k.origin IS NULL ORDER BY r.origin LIMIT ${findings.limit}`
  );
  for (const {origin} of strays)
    findings.add("rejects/", origin as string, "detail", "a kept sample of the same pictures", "none");

  async function checkOne(row: unknown): Promise<void> {
    const {data: media} = Media.safeParse(row);
    // Rows are checked one by one elsewhere; a path that does not follow from a hash is not opened.
    if (media === undefined || media.path !== mediaPath(media)) return;
    const {path, ...said} = media;
    named.add(path);
    const found = await stat(join(folder, path)).catch(() => null);
    if (found?.isFile() !== true) return findings.add(path, "", "", "a picture that a row names", "nothing there");
    if (found.size > mostPictureBytes)
      return findings.add(path, "", "bytes", `at most ${mostPictureBytes}`, found.size);
    const read = readPicture(await readFile(join(folder, path)));
    if ("wrong" in read) return findings.add(path, "", "", "a picture", read.wrong);
    for (const field of ["sha256", "mediaType", "bytes", "width", "height"] as const)
      if (read[field] !== said[field]) findings.add(path, "", field, read[field], said[field]);
  }
}
