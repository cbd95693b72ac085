import {randomBytes} from "node:crypto";
import {mkdir, open, rename, rm} from "node:fs/promises";
import {dirname} from "node:path";

/**
 * Makes a file by writing beside it and renaming, so that a partial file never has its name.
 *
 * @param write gets the temporary path; when it throws, the temporary file is removed and nothing else has changed
 */
export async function atomic(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), {recursive: true});
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString("hex")}.partial`;
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, {force: true});
    throw error;
  }
}

/** Writes a whole text or bytes atomically and flushes it to the disk. */
export async function writeAtomic(path: string, data: string | Uint8Array): Promise<void> {
  await atomic(path, async (temporary) => {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
  });
}
