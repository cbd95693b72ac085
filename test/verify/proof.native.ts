import {afterAll, expect, test} from "vitest";
import {proof} from "../../lib/verify/proof.js";
import type {Evidence} from "../../lib/verify/verifier.js";
import {clean, coqCases, corruptions, oneFile, proofSample} from "./proofCases.js";

const judge = (sample: Evidence) => proof.verify(sample, {corpus: () => []});
const [first] = coqCases(1);
const {reason: absent, detail: why} = await judge(clean(first));
if (absent === "no-prover") console.log(`skipped: ${why}`);
const coq = test.skipIf(absent === "no-prover");

afterAll(() => proof.close?.());

coq("theorems that hold are proven, as a script or in one file, and name their axioms", async () => {
  const cases = coqCases(7);
  // The others, which load large libraries, are for the night.
  const samples = [...[0, 1, 3, 6].map((i) => clean(cases[i])), clean(cases[5]), oneFile(cases[7])];
  const verdicts = [];
  for (const sample of samples) verdicts.push(await judge(sample));
  expect(verdicts.filter(({ok}) => !ok)).toEqual([]);
  expect(verdicts[4].detail).toBe("axioms: Classical_Prop.classic");
  expect(verdicts[0]).toMatchObject({detail: "no axioms", verifier: "proof"});
  expect(verdicts[0].sandbox).toMatch(/^bubblewrap\/coq-8\./);
});

coq("a statement said in other words of the prover's is the same theorem", async () => {
  const said = "Theorem mine : forall n : nat, n + 0 = n.";
  const wanted = "Theorem theirs (k : nat) : Nat.add k O = k.";
  expect((await judge(proofSample(said, "Proof. auto. Qed.", wanted))).reason).toBe("");
});

coq("spoilt proofs are refused, each for its reason", async () => {
  // Those that need no library: most of the time goes into loading.
  const cases = [0, 1, 6, 7].map((i) => coqCases(3)[i]);
  const wrong: string[] = [];
  for (const [i, [reason, corrupt]] of corruptions.entries()) {
    const sample = corrupt(cases[i % cases.length]);
    const got = await judge(sample);
    if (got.reason !== reason) wrong.push(`${reason}, got ${got.reason || "ok"} (${got.detail}): ${sample.text}`);
  }
  expect(wrong).toEqual([]);
});
