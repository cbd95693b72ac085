import type {Format} from "./format.js";
import {hfDatasets} from "./hfDatasets.js";
import {megatron} from "./megatron.js";
import {mosaic} from "./mosaic.js";

/** The trainers that a plan can be written for. */
export const formats: readonly Format[] = [hfDatasets, megatron, mosaic];

/**
 * The format of a name.
 *
 * @throws RangeError if there is none, with the names that are there
 */
export function formatOf(id: string): Format {
  const format = formats.find((f) => f.id === id);
  if (format === undefined)
    throw new RangeError(`expected a format of ${formats.map((f) => f.id).join(", ")}; got ${JSON.stringify(id)}`);
  return format;
}
