import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import type {Question} from "../../lib/endpoints/languageModel.js";
import {readBundle} from "../../lib/generate/clinicalNote/bundle.js";
import {recordsOf, writeRecord} from "../../lib/generate/clinicalNote/record.js";
import {clinicalNote} from "../../lib/generate/clinicalNote.js";
import {hasPublicData, publicFile, publicSets} from "../publicData.js";
import {draftsOf, seedOf} from "./context.js";
import {speakingModel, valueAfter, type Said} from "./speakingModel.js";

const concept = (code: string, display: string, system = "http://snomed.info/sct") => ({
  coding: [{system, code, display}]
});
const visit = {encounter: {reference: "urn:uuid:v1"}};
const bundle = {
  resourceType: "Bundle",
  entry: [
    {resourceType: "Patient", name: [{family: "Hoeger", given: ["Buster"]}], gender: "male", birthDate: "1990-06-15"},
    {resourceType: "Encounter", id: "v1", type: [concept("1", "Check up")], period: {start: "2013-05-11T13:55:57Z"}},
    {resourceType: "Condition", code: concept("40055000", "Chronic sinusitis (disorder)"), onsetDateTime: "2009-09-02"},
    {resourceType: "Condition", code: concept("44054006", "Diabetes"), onsetDateTime: "2019-01-01"},
    {
      resourceType: "Condition",
      code: concept("195662009", "Acute viral pharyngitis (disorder)"),
      onsetDateTime: "2010-01-01",
      abatementDateTime: "2010-01-20"
    },
    {
      resourceType: "MedicationRequest",
      ...visit,
      medicationCodeableConcept: concept("562251", "Amoxicillin 250 MG", "http://www.nlm.nih.gov/research/umls/rxnorm"),
      authoredOn: "2013-05-11",
      status: "stopped"
    },
    {
      resourceType: "Observation",
      ...visit,
      code: concept("8302-2", "Body Height", "http://loinc.org"),
      valueQuantity: {value: 185.8289, unit: "cm"}
    },
    {
      resourceType: "Observation",
      ...visit,
      code: concept("55284-4", "Blood Pressure", "http://loinc.org"),
      component: [
        {
          code: concept("8480-6", "Systolic Blood Pressure", "http://loinc.org"),
          valueQuantity: {value: 121.4, unit: "mm[Hg]"}
        }
      ]
    },
    {resourceType: "Claim", total: {value: 125}},
    null
  ].map((resource) => ({resource}))
};
const seed = seedOf(JSON.stringify(bundle), {kind: "simulator", domain: "health"});
const note =
  "Subjective\nNothing is recorded.\nObjective\nBody height 185.8 cm, systolic blood pressure 121.4 mm[Hg].\n" +
  "Assessment\nChronic sinusitis since 2009-09-02.\nPlan\nAmoxicillin 250 mg ordered.";
const mentions = [
  {code: "40055000", words: "Chronic sinusitis"},
  {code: "562251", words: "Amoxicillin 250 mg"},
  {code: "8302-2", words: "Body height"}
];
const reason = async (said: Said, options = {}) => {
  const [{failed}] = await draftsOf(clinicalNote, seed, {models: [speakingModel(() => said)], options});
  return failed?.reason ?? "";
};

test("the record of a visit holds what was known then, rounded, with codes and without names", () => {
  const read = readBundle(seed.text);
  if (typeof read === "string") throw new Error(read);
  expect(recordsOf(read).map(writeRecord)).toEqual([
    `Patient: male, 22 years
Visit: 2013-05-11, Check up
Problems:
- Chronic sinusitis (disorder) (SNOMED CT 40055000), since 2009-09-02
Medications:
- Amoxicillin 250 MG (RxNorm 562251), ordered
Observations:
- Body Height (LOINC 8302-2): 185.8 cm
- Systolic Blood Pressure (LOINC 8480-6): 121.4 mm[Hg]`
  ]);
});

test("a note that keeps to its record is kept, with the codes", async () => {
  const model = speakingModel(() => ({note, mentions}));
  const [draft] = await draftsOf(clinicalNote, seed, {models: [model]});
  expect(draft.failed).toBeUndefined();
  expect(draft.text).toBe(`@record\n${valueAfter(model.asked[0], "one JSON string:")}\n\n@note\n${note}`);
  expect(draft.payload.codes).toContainEqual({code: "8302-2", system: "LOINC", display: "Body Height"});
  expect(draft.source).toBe(valueAfter(model.asked[0], "one JSON string:"));
  expect(JSON.stringify([model.asked, draft])).not.toMatch(/Hoeger|Buster|1990/);
});

test("what departs from the record is refused", async () => {
  const change = (from: string, to: string) => ({note: note.replace(from, to), mentions});
  expect(await reason(change("185.8", "186"))).toBe("changed-number");
  // 8302 is part of a code, and no height.
  expect(await reason(change("185.8", "8302"))).toBe("changed-number");
  expect(await reason(change("Chronic sinusitis since", "Chronic sinusitis (SNOMED CT 40055000) since"))).toBe("");
  expect(await reason(change("Nothing is recorded.", "He has diabetes."))).toBe("not-in-record");
  expect(await reason(change("Nothing is recorded.", "He had an acute viral pharyngitis."))).toBe("not-in-record");
  expect(await reason(change("Chronic sinusitis", "A runny nose"))).toBe("no-quote");
  expect(await reason({note, mentions: [...mentions, {code: "44054006", words: "Chronic sinusitis"}]})).toBe(
    "unknown-code"
  );
  expect(await reason({note, mentions: [{code: "40055000", words: "sinusitis"}]})).toBe("wrong-display");
  expect(await reason({note, mentions: mentions.slice(1)})).toBe("incomplete");
  expect(await reason({note, mentions: mentions.slice(1)}, {complete: false})).toBe("");
  expect(await reason({note, mentions: []})).toBe("no-codes");
  expect(await reason({note: `${note}\n@record\nx`, mentions})).toBe("broken-form");
  expect(await reason({verdict: "refused"})).toBe("refused");
});

test("a seed that is no bundle of one patient is a refused draft, not an end of the run", async () => {
  for (const [text, detail] of [
    ["no JSON", /got a text that is none/],
    ['{"resourceType": "Patient"}', /resourceType/],
    ['{"resourceType": "Bundle", "entry": []}', /one patient, got 0/]
  ] as const) {
    const [{failed}] = await draftsOf(clinicalNote, seedOf(text), {models: [speakingModel(() => "never asked")]});
    expect(failed).toMatchObject({reason: "unreadable-record", detail: expect.stringMatching(detail) as string});
  }
});

describe.runIf(hasPublicData)("Synthea's patients", () => {
  const files = Object.keys(publicSets.find(({set}) => set === "synthea_fhir")?.files ?? {});

  test("every bundle gives records, and a note that lists its record is kept", async () => {
    expect(files).toHaveLength(6);
    /** Says every line of the record again, and mentions problems and medications. */
    const scribe = (question: Question): Said => {
      const record = valueAfter(question, "one JSON string:");
      const lines = [...record.matchAll(/^- (.+) \((?:SNOMED CT|RxNorm|LOINC|CVX) ([^)]+)\)/gm)];
      return {
        note: `Assessment\n${record.replace(/^- /gm, "")}`,
        mentions: lines.map(([, words, code]) => ({code, words}))
      };
    };
    for (const file of files) {
      const text = readFileSync(publicFile("synthea_fhir", file), "utf8");
      const drafts = await draftsOf(clinicalNote, seedOf(text), {models: [speakingModel(scribe)], count: 4});
      expect(drafts.map(({failed}) => failed)).toEqual([undefined, undefined, undefined, undefined]);
      const names = /"family":\s*"([^"]+)"/.exec(text)![1];
      for (const draft of drafts) expect(draft.text).not.toContain(names);
    }
  });
});
