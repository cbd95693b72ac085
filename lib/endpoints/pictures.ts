import {readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {writeAtomic} from "../io/atomic.js";
import {sha256} from "../io/sha256.js";
import {mediaPath, type Picture} from "../schema/media.js";

/** Pictures of a folder of answers: a file each, named by its hash, so that no answer has to be held in memory. */
export class Pictures {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where a picture lies, or would. */
  path(picture: Picture): string {
    return join(this.#folder, mediaPath(picture));
  }

  /** Whether a file of its length is there. */
  has(picture: Picture): boolean {
    return statSync(this.path(picture), {throwIfNoEntry: false})?.size === picture.bytes;
  }

  /** Stores it, flushed to the disk; nothing where it is there. */
  async put(picture: Picture, bytes: Uint8Array): Promise<void> {
    if (!this.has(picture)) await writeAtomic(this.path(picture), bytes);
  }

  /** @throws Error naming the file where it is not there, or its bytes are not those of its name */
  read(picture: Picture): Buffer {
    const path = this.path(picture);
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      throw new Error(`${path}: expected a picture that was drawn before, got ${(error as Error).message}`, {
        cause: error
      });
    }
    const hash = sha256(bytes);
    if (hash !== picture.sha256) throw new Error(`${path}: expected the bytes of this sha256, got those of ${hash}`);
    return bytes;
  }
}
