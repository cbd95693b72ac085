import {expect, test} from "vitest";
import {argillaRecords, argillaSettings, fromArgilla} from "../../../lib/curate/audit/argilla.js";
import {fromLabelStudio, labelStudioConfig, labelStudioTasks} from "../../../lib/curate/audit/labelStudio.js";
import {readTasks} from "../../../lib/curate/audit/readTasks.js";
import {sha256} from "../../../lib/io/sha256.js";
import type {AuditHead, AuditTask} from "../../../lib/schema/audit.js";
import {hash, zeroDefect} from "./auditFixture.js";

const head: AuditHead = {plan: hash, labeller: "anna", dataset: "made", rule: zeroDefect, strata: [], reasons: ["wrong-answer", "other"], tasks: 3}; // prettier-ignore
const tasks = ['<b>one</b> & "two"', "two", "three"].map((text, i): AuditTask => ({
  ...{
    id: sha256(text),
    origin: `g/${i}`,
    stratum: "T2/g/d",
    place: i + 1,
    tier: "T2",
    generator: "g",
    domain: "d",
    kind: "prose"
  },
  ...{
    text,
    source: i === 2 ? "" : "a source",
    verdicts: [{verifier: "v", ok: false, reason: "no", score: null, detail: "not shown"}]
  }
}));
const words = [["accept", "", ""], ["defect", "other", "a note"], ["skip", "", ""]]; // prettier-ignore
const expected = tasks.map(({id}, i) => ({plan: hash, id, labeller: "anna", label: words[i][0], reason: words[i][1], note: words[i][2], at: ""})); // prettier-ignore
const rows = (values: readonly object[]) => values.map((value, i) => ({at: `export.json, item ${i + 1}`, value}));

test("tasks go to Label Studio without what verifiers said, and labels come back from its JSON", () => {
  const exported = labelStudioTasks(head, tasks) as {data: object}[];
  expect(JSON.stringify(exported)).not.toContain("not shown");
  const result = ([label, reason, note]: readonly string[]) => [
    {from_name: "label", to_name: "text", type: "choices", value: {choices: [label]}},
    ...(reason === "" ? [] : [{from_name: "reason", to_name: "text", type: "choices", value: {choices: [reason]}}]),
    ...(note === "" ? [] : [{from_name: "note", to_name: "text", type: "textarea", value: {text: [note]}}])
  ];
  const done = exported.map((task, i) => ({
    ...{id: i + 1, ...task},
    annotations: [{id: i, completed_by: 1, was_cancelled: i === 2, result: i === 2 ? [] : result(words[i])}]
  }));
  expect(rows(done).flatMap(fromLabelStudio)).toEqual(expected);
  expect(fromLabelStudio({at: "x", value: {...exported[0], annotations: []}})).toEqual([]);
  const twice = {...exported[0], annotations: [{result: result(words[0])}, {result: result(words[0])}]};
  expect(() => fromLabelStudio({at: "x.json, item 1", value: twice})).toThrow(
    "x.json, item 1: annotations: expected one"
  );
});

test("and from its JSON-MIN, where a single choice is a text", () => {
  const minimal = tasks.map(({id, text}, i) => ({
    ...{id: i + 1, sample: id, plan: hash, labeller: "anna", text, source: ""},
    ...{label: words[i][0], annotator: 1, annotation_id: i, created_at: "", lead_time: 1.5},
    ...(words[i][1] === "" ? {} : {reason: words[i][1], note: words[i][2]})
  }));
  expect(rows(minimal).flatMap(fromLabelStudio)).toEqual(expected);
  expect(() => fromLabelStudio({at: "x", value: {text: "somebody else's"}})).toThrow("x: sample:");
});

test("the labelling configuration names what is read back", () => {
  const config = labelStudioConfig(head.reasons);
  for (const name of ["label", "reason", "note"]) expect(config).toContain(`name="${name}" toName="text"`);
  expect(config.match(/<Choice value="[a-z-]+"/g)).toHaveLength(5);
});

test("records go to Argilla, and labels come back nested and flat", () => {
  const records = argillaRecords(head, tasks) as {id: string; fields: object}[];
  expect(JSON.stringify(records)).not.toContain("not shown");
  expect(records[2].fields).toEqual({text: "three"});
  const answer = (value: string) => (value === "" ? {} : [{value, user_id: "7b1c9a2e-0000-4000-8000-000000000000"}]);
  const nested = records.map((record, i) => ({
    ...record,
    responses: Object.fromEntries(
      ["label", "reason", "note"].map((name, j) => [name, answer(words[i][j])]).filter(([, v]) => Array.isArray(v))
    )
  }));
  expect(rows(nested).flatMap(fromArgilla)).toEqual(expected);
  const flat = tasks.map(({id, text}, i) => ({
    ...{id, text, status: "completed", _server_id: null, plan: hash, labeller: "anna"},
    ...{
      "label.responses": i === 2 ? [null] : [words[i][0]],
      "label.responses.users": ["7b"],
      "label.responses.status": [i === 2 ? "discarded" : "submitted"]
    },
    ...{
      "reason.responses": words[i][1] === "" ? null : [words[i][1]],
      "note.responses": words[i][2] === "" ? null : [words[i][2]]
    }
  }));
  expect(rows(flat).flatMap(fromArgilla)).toEqual(expected);
  expect(fromArgilla({at: "x", value: {...flat[0], "label.responses": null}})).toEqual([]);
  expect(fromArgilla({at: "x", value: {...flat[0], "label.responses.status": ["draft"]}})).toEqual([]);
  expect(() => fromArgilla({at: "x", value: {...flat[0], "label.responses": ["accept", "skip"]}})).toThrow(
    "x: label: expected one response"
  );
  expect(() => fromArgilla({at: "x", value: {...flat[1], "reason.responses": null}})).toThrow(
    "x: reason: expected one for a defect"
  );
  expect(JSON.stringify(argillaSettings(head.reasons))).toContain('"wrong-answer"');
});

test("a file of tasks is read whole or refused by its line", () => {
  const file = rows([head, ...tasks]);
  expect(readTasks(file)).toEqual({head, tasks});
  expect(() => readTasks(file.slice(1))).toThrow("item 2: expected the head of a file of tasks");
  expect(() => readTasks(file.slice(0, 3))).toThrow("expected 3 tasks, as the first line says, got 2");
  expect(() => readTasks([])).toThrow("got an empty one");
});
