import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {makeCanaries} from "../../lib/curate/membership/canaries.js";
import {defaultSpace} from "../../lib/curate/membership/canarySpace.js";
import {contamination} from "../../lib/run/contamination.js";
import {privacy} from "../../lib/run/privacy.js";
import {createRandom} from "../../lib/text/random.js";
import {hostile} from "./fixture.js";

/**
 * Writes what `ballast contamination` and `ballast privacy` find in a few texts: one that copies a question, members word
 * for word, one of two canaries, an address of a seed, and names that are hostile.
 */
export async function writeLeaks(folder: string): Promise<void> {
  const file = async (name: string, rows: readonly object[]) => {
    const path = join(folder, `${name}.jsonl`);
    await writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    return path;
  };
  const random = createRandom(1, "leaks");
  const words = "the sea river hill town road bread light stone house winter summer ship market bell garden".split(" ");
  const sentence = () => Array.from({length: 30}, () => random.pick(words)).join(" ");
  const [members, others] = [0, 1].map(() => Array.from({length: 24}, () => ({text: sentence()})));
  const question = "How many ships come to the market in winter when the river is frozen and the road is closed?";
  await contamination(
    [await file("theirs", [{text: `Then: ${question}`}, {text: hostile[1]}])],
    [await file("bench", [{question, eval_key: hostile[0], id: hostile[1]}])],
    {out: folder}
  );

  const canaries = makeCanaries(defaultSpace, 2, random);
  const secrets = join(folder, "canaries.json");
  await writeFile(secrets, JSON.stringify({space: defaultSpace, canaries}));
  const mail = {text: "Write to somebody@example.org today."};
  await privacy([await file("samples", [...members, mail, {text: canaries[0].text}])], {
    seeds: [await file("seeds", [...members, mail])],
    ...{text: "text", seedText: "text", seed: 1, key: null, canaries: secrets, run: 50, threshold: 0.8, alarms: []},
    membership: {
      members: [await file("members", members)],
      nonMembers: [await file("others", others)],
      ...{reference: [], minK: 20, draws: 100}
    },
    out: folder
  });
}
