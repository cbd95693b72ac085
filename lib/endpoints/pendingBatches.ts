import {appendFileSync, existsSync, mkdirSync, readFileSync} from "node:fs";
import {dirname} from "node:path";
import {z} from "zod";
import type {PendingBatches} from "./batch.js";

const Line = z.strictObject({endpoint: z.string(), id: z.string(), keys: z.array(z.string())});

/** The batches of endpoints that have been sent and whose answers are not all kept yet. */
interface BatchFile {
  of(endpoint: string): PendingBatches;
  /** whether a request's answer is yet to be read from a batch */
  has(key: string): boolean;
}

/**
 * Opens the file in which batches are written down once they are sent, one a line. A line that was cut off by a kill is
 * passed over: its batch is found by what it carries itself, where the endpoint lists its batches. One process at a time.
 *
 * @param path null keeps it in memory alone
 * @param kept whether a request's answer is there
 * @throws TypeError `path:line: …` for a line that is none of ours
 */
export function openBatchFile(path: string | null, kept: (key: string) => boolean): BatchFile {
  const text = path !== null && existsSync(path) ? readFileSync(path, "utf8") : "";
  const lines = text.split("\n");
  const cut = lines.pop()!;
  const batches = lines.map((line, i) => {
    const {data} = Line.safeParse(parsed(line));
    if (data !== undefined) return data;
    // A line that was cut off before another one was written has been ended by that one's line feed.
    if (parsed(line) === undefined) return null;
    throw new TypeError(`${path}:${i + 1}: expected a batch, got ${JSON.stringify(line.slice(0, 60))}`);
  });
  const open = batches.filter((batch) => batch !== null).filter(({keys}) => !keys.every(kept));
  const keys = new Set(open.flatMap((batch) => batch.keys));
  let begin = cut === "" ? "" : "\n";
  return {
    of: (endpoint) => ({
      load: async () => open.filter((batch) => batch.endpoint === endpoint && !batch.keys.every(kept)),

      save: async (id, keys) => {
        const batch = {endpoint, id, keys: [...keys]};
        open.push(batch);
        if (path === null) return;
        mkdirSync(dirname(path), {recursive: true});
        appendFileSync(path, `${begin}${JSON.stringify(batch)}\n`, {mode: 0o600, flush: true});
        begin = "";
      }
    }),
    has: (key) => keys.has(key) && !kept(key)
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
