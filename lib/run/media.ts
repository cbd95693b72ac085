import {constants, createReadStream} from "node:fs";
import {copyFile, mkdir, readdir, rm} from "node:fs/promises";
import {dirname, join} from "node:path";
import {createHash} from "node:crypto";
import type {DuckDBConnection} from "@duckdb/node-api";
import type {Pictures} from "../endpoints/pictures.js";
import {rows, stream} from "../io/duckdb.js";
import {sha256File} from "../io/sha256.js";
import type {DataCard} from "../schema/card.js";
import {mediaPath, type Picture} from "../schema/media.js";

/** Folder of a data set in which its pictures lie. */
export const mediaFolder = "media";

/** Whether some row of the table `drafts` has a picture. */
export async function hasMedia(connection: DuckDBConnection): Promise<boolean> {
  const [{there}] = await rows(
    connection,
    "SELECT count(*) AS there FROM (DESCRIBE drafts) WHERE column_name = 'media'"
  );
  if (there === 0) return false;
  return (await rows(connection, "SELECT 1 FROM drafts WHERE len(media) > 0 LIMIT 1")).length > 0;
}

/**
 * Copies the pictures of the table `drafts`, kept and refused ones, each once, into a data set.
 *
 * @param from where they may lie, the likeliest first
 * @throws Error naming a picture that lies nowhere, or whose bytes are not those of its hash
 */
export async function copyMedia(
  connection: DuckDBConnection,
  {from, to}: {from: readonly Pictures[]; to: string}
): Promise<void> {
  if (!(await hasMedia(connection))) return;
  const wanted = "SELECT DISTINCT unnest(media, recursive := true) FROM drafts ORDER BY ALL";
  for await (const batch of stream(connection, wanted)) {
    for (const row of batch) {
      const picture = row as unknown as Picture;
      const place = from.find((one) => one.has(picture)) ?? from[0];
      const copy = join(to, mediaPath(picture));
      await mkdir(dirname(copy), {recursive: true});
      await copyFile(place.path(picture), copy, constants.COPYFILE_FICLONE).catch((error: unknown) => {
        throw new Error(`${place.path(picture)}: expected a picture that was drawn before, got none: put it back, or take .store of the data set away to have it drawn, and paid, again`, {cause: error}); // prettier-ignore
      });
      const hash = await sha256File(copy);
      if (hash === picture.sha256) continue;
      await rm(copy);
      throw new Error(`${place.path(picture)}: expected the bytes of this sha256, got those of ${hash}`);
    }
  }
}

/** Refuses samples that have the pictures of another one, whatever their captions: of each group the first by origin stays. */
export async function refuseSamePictures(connection: DuckDBConnection): Promise<void> {
  if (!(await hasMedia(connection))) return;
  await connection.run(`
    UPDATE drafts SET stage = 'dedup', reason = '${samePicture}', detail = 'of ' || first
    FROM (
      SELECT origin AS member, min(origin) OVER (PARTITION BY ${picturesOf}) AS first
      FROM drafts WHERE stage = '' AND len(media) > 0
    ) AS found WHERE drafts.origin = found.member AND member <> first`);
}

/** Reason of a draft whose pictures another sample has. */
export const samePicture = "same-picture";

/** SQL of what tells a row's pictures from another's. */
export const picturesOf = "list_sort(list_transform(media, one -> one.sha256))";

/** The folders under media/ that pictures lie in, sorted; what else lies there is somebody's own. */
export async function mediaShelves(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, mediaFolder)).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
}

/** The files in these folders, by path, with slashes. */
export async function* mediaFiles(folder: string): AsyncGenerator<string> {
  for (const shelf of await mediaShelves(folder))
    for (const name of (await readdir(join(folder, mediaFolder, shelf))).sort())
      yield `${mediaFolder}/${shelf}/${name}`;
}

/** What a card says of a data set's pictures, from their bytes; nothing where it has none. */
export async function mediaFacts(folder: string): Promise<DataCard["media"]> {
  const all = createHash("sha256");
  let pictures = 0;
  let bytes = 0;
  for await (const path of mediaFiles(folder)) {
    const hash = createHash("sha256");
    for await (const part of createReadStream(join(folder, path))) {
      hash.update(part as Buffer);
      bytes += (part as Buffer).length;
    }
    all.update(`${pictures++ === 0 ? "" : "\n"}${hash.digest("hex")}  ${path}`);
  }
  return pictures === 0 ? undefined : {pictures, bytes, sha256: all.digest("hex")};
}
