import {expect, test} from "vitest";
import {proof} from "../../lib/verify/proof.js";
import {plantErrors} from "./planted.js";
import {clean, coqCases, corruptions, proofSample} from "./proofCases.js";

const {reason, detail} = await proof.verify(clean(coqCases(1)[0]), {corpus: () => []});
if (reason === "no-prover") console.log(`skipped: ${detail}`);

test.skipIf(reason === "no-prover")("1,000 spoilt proofs are refused, and 1,000 clean ones are not", async () => {
  const cases = Array.from({length: 1000}, (_, i) => {
    const all = coqCases(1 + Math.floor(i / corruptions.length));
    // Steps without a common factor: every case meets every way to spoil it.
    const one = all[(i + Math.floor(i / corruptions.length)) % all.length];
    return {clean: clean(one), corrupt: corruptions[i % corruptions.length][1](one)};
  });
  const planted = await plantErrors(proof, cases, {lanes: 2});
  expect(planted.refused).toEqual([]);
  expect(planted.missed).toEqual([]);
  expect(planted.caught).toBe(1000);
});

test.skipIf(reason === "no-prover")("a proof without end is stopped by its processor time", async () => {
  const sample = proofSample("Theorem t : 1 = 1.", "Proof. do 1000000000000 idtac. reflexivity. Qed.");
  expect((await proof.verify(sample, {corpus: () => []})).reason).toBe("timeout");
});
