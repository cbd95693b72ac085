import {z} from "zod";
import {canonicalJson} from "../text/json.js";
import {optionsOf} from "./options.js";
import {seedOf} from "./seed.js";
import type {Source} from "./source.js";

const Options = z.strictObject({count: z.int().min(1)});

/** Numbered states from which a simulator or a grammar starts: `options.count` of them, each a small JSON text. */
export const states: Source = {
  id: "states",
  async *read(spec, context) {
    const {count} = optionsOf(spec, Options);
    for (let state = 0; state < count; state++) {
      const seed = seedOf(spec, `${spec.id}/${state}`, canonicalJson({source: spec.id, state}), context);
      if (seed !== null) yield seed;
    }
  }
};
