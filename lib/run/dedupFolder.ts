import {mkdir} from "node:fs/promises";

/** Makes the folder of outputs. @throws TypeError where it cannot be one */
export async function makeOutFolder(out: string): Promise<void> {
  await mkdir(out, {recursive: true}).catch((error: unknown) => {
    throw new TypeError(`${out}: expected a folder that outputs can go to, got ${(error as Error).message}`, {
      cause: error
    });
  });
}

/** The error in words where the disk is full or a file may not grow, else null. */
export function noRoom(error: unknown, out: string): Error | null {
  const {code, message} = error as NodeJS.ErrnoException;
  if (!full.test(`${code} ${message}`)) return null;
  return new Error(
    `${out}: expected room for the outputs and for what does not fit memory, got ${message.split("\n")[0]}; ` +
      "no output is partial, and the same run can be started again",
    {cause: error}
  );
}

// As Node and DuckDB say it.
const full = /ENOSPC|EFBIG|EDQUOT|no space left|file too large|quota exceeded|max_temp_directory_size/i;
