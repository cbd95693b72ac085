import {once} from "node:events";
import {createWriteStream} from "node:fs";
import {chmod, mkdir} from "node:fs/promises";
import {join} from "node:path";
import {finished} from "node:stream/promises";
import {makeCanaries} from "../curate/membership/canaries.js";
import {canaryPlaces, insertLine} from "../curate/membership/canaryPlaces.js";
import {keyedHash} from "../curate/pii/piiKey.js";
import {spaceBits, type CanarySpace} from "../curate/membership/canarySpace.js";
import {atomic, writeAtomic} from "../io/atomic.js";
import {canonicalJson} from "../text/json.js";
import {createRandom} from "../text/random.js";
import {keyId} from "./privacyKey.js";
import {readPlacedTexts} from "./privacyTexts.js";

/** What was put where. */
interface InsertedCanaries {
  texts: number;
  canaries: number;
  copies: number;
  bits: number;
}

/**
 * Puts canaries into seeds. Writes into `out`: seeds.jsonl, the rows in their order with the canaries in their texts;
 * canaries.json, the secrets, for the owner of the seeds alone; canary-manifest.json, which gives away no secret: keyed
 * hashes, the key's id, and for each canary its copies' places (row of the input and of seeds.jsonl, UTF-16 units).
 *
 * @param options.seed whoever knows it can draw the secrets again
 * @throws TypeError naming file and line or row where there is no text
 */
export async function insertCanaries(
  paths: readonly string[],
  out: string,
  {
    column,
    space,
    count,
    repeats,
    seed,
    key
  }: {
    column: string;
    space: CanarySpace;
    count: number;
    repeats: readonly number[];
    seed: string | number;
    key: Uint8Array;
  }
): Promise<InsertedCanaries> {
  let texts = 0;
  for await (const _ of readPlacedTexts(paths, column)) texts++;
  const canaries = makeCanaries(space, count, createRandom(seed, "canaries"));
  const places = canaryPlaces(count, {rows: texts, repeats, random: createRandom(seed, "canary places")});
  const manifest = canaries.map(({id, secret}) => ({
    id,
    hash: keyedHash(key, `canary ${secret}`),
    places: [] as {at: string; line: number; start: number; end: number}[]
  }));
  await mkdir(out, {recursive: true});
  await atomic(join(out, "seeds.jsonl"), async (temporary) => {
    const file = createWriteStream(temporary, {flags: "wx"});
    let line = 0;
    for await (const {at, text, row} of readPlacedTexts(paths, column)) {
      let changed = text;
      const own: {canary: number; start: number; end: number}[] = [];
      for (const canary of places.get(line) ?? []) {
        const added = insertLine(changed, canaries[canary].text, createRandom(seed, "line", line, canary));
        const grown = added.text.length - changed.length;
        // What stands behind a later one has moved.
        for (const place of own) {
          if (place.start < added.offset) continue;
          place.start += grown;
          place.end += grown;
        }
        changed = added.text;
        own.push({canary, start: added.offset, end: added.offset + canaries[canary].text.length});
      }
      line++;
      for (const {canary, start, end} of own) manifest[canary].places.push({at, line, start, end});
      if (!file.write(`${JSON.stringify({...row, [column]: changed})}\n`)) await once(file, "drain");
    }
    file.end();
    await finished(file);
  });
  const secrets = join(out, "canaries.json");
  await writeAtomic(secrets, `${canonicalJson({space, canaries}, 1)}\n`);
  await chmod(secrets, 0o600);
  const bits = spaceBits(space);
  await writeAtomic(
    join(out, "canary-manifest.json"),
    `${canonicalJson({key: keyId(key), bits, template: keyedHash(key, `template ${space.template}`), canaries: manifest}, 1)}\n`
  );
  return {texts, canaries: count, copies: manifest.reduce((sum, {places}) => sum + places.length, 0), bits};
}
