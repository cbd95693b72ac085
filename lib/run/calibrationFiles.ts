import {readFile} from "node:fs/promises";
import {resolve} from "node:path";
import {sha256} from "../io/sha256.js";
import {Calibrations, type RunCalibrations} from "../schema/calibration.js";

/**
 * Reads the files that `ballast verify GOLD --calibrate --out FILE` wrote.
 *
 * @param paths relative to the folder, kept as they are
 * @throws TypeError naming file and field where it is not what the command writes
 */
export async function readCalibrations(paths: readonly string[], folder: string): Promise<RunCalibrations["files"]> {
  return Promise.all(
    paths.map(async (path) => {
      const written = "what ballast verify GOLD --calibrate --out writes";
      const bytes = await readFile(resolve(folder, path)).catch((error: unknown) => {
        throw new TypeError(`${path}: expected ${written}, got ${(error as NodeJS.ErrnoException).code}`, {cause: error}); // prettier-ignore
      });
      let value: unknown;
      try {
        value = JSON.parse(bytes.toString());
      } catch (error) {
        throw new TypeError(`${path}: expected JSON: ${(error as Error).message}`, {cause: error});
      }
      const {data, error} = Calibrations.safeParse(value);
      if (data === undefined) {
        const [{path: field, message}] = error.issues;
        throw new TypeError(`${path}: expected ${written}: ${field.join(".")}: ${message}`);
      }
      return {path, sha256: sha256(bytes), reports: data.reports};
    })
  );
}
