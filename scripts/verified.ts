import {readFile, writeFile} from "node:fs/promises";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {asset} from "../lib/io/assets.js";
import {verifyRows} from "../lib/run/verifyRows.js";
import {verifySamples} from "../lib/run/verifySamples.js";
import {createVerifyTally, type VerifierTally} from "../lib/run/verifyTally.js";
import {verifiers} from "../lib/verify/verifiers.js";
import {publicVerified, type PublicVerified} from "./published/verified.js";

// BALLAST_DATA=… npx tsx scripts/verified.ts [WORDS]: makes data/verified.json anew, what the verifiers say on public
// sets; with words, only the sets whose names hold them, the others as they are.
const data = process.env.BALLAST_DATA;
if (data === undefined)
  throw new Error("expected BALLAST_DATA to name the folder of the public data sets, got nothing");
const path = asset("verified.json");
const words = process.argv.slice(2).join(" ");
type Measured = PublicVerified & {verifiers: Record<string, Omit<VerifierTally, "usage">>};
const before = existsSync(path) ? (JSON.parse(await readFile(path, "utf8")) as {sets: Measured[]}).sets : [];

const sets: Measured[] = [];
for (const described of publicVerified) {
  if (!described.set.includes(words)) {
    const old = before.find(({set}) => set === described.set);
    if (old !== undefined) sets.push({...described, verifiers: old.verifiers});
    continue;
  }
  const chosen = verifiers.filter(({id}) => described.with.includes(id));
  const rows = verifyRows(described.files.map((file) => join(data, file)));
  const tally = createVerifyTally();
  const started = performance.now();
  for await (const found of verifySamples(rows, chosen, {corpus: () => []}, {lanes: 4})) tally.add(found);
  await Promise.all(chosen.map((verifier) => verifier.close?.()));
  // Neither time nor the place of the data belongs into what is measured again elsewhere.
  const measured = Object.fromEntries(
    Object.entries(tally.result()).map(([id, {usage: _, ...rest}]) => [id, {...rest, generators: {}}])
  );
  sets.push({...described, verifiers: measured});
  const said = Object.entries(measured).map(([id, {ok, no}]) => `${id} ${ok} ok, ${no} not`);
  process.stderr.write(
    `${described.set}: ${said.join("; ")} (${((performance.now() - started) / 1000).toFixed(0)} s)\n`
  );
}
await writeFile(path, `${JSON.stringify({version: 1, sets}, null, 1)}\n`);
