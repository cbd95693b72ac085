import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {IdfIndex} from "../../../lib/curate/contamination/idfIndex.js";
import {NgramIndex} from "../../../lib/curate/contamination/ngramIndex.js";
import {hasPublicData, publicFile} from "../../publicData.js";

type Fields = Record<string, string>;

const rows = (set: string, file: string) =>
  readFileSync(publicFile(set, file), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Fields);

test.skipIf(!hasPublicData)("80, 9 and 3 test questions of GSM8K share 8, 10 and 13 words with training ones", () => {
  const held = rows("gsm8k", "test.jsonl");
  const index = new NgramIndex();
  held.forEach(({question}, number) => index.add(number, question));
  const shared = new Map(index.sizes.map((size) => [size, new Set<number>()]));
  for (const {question} of rows("gsm8k", "train.jsonl"))
    for (const {size, number} of index.matches(question)) shared.get(size)!.add(number);
  expect([8, 10, 13].map((size) => shared.get(size)!.size)).toEqual([80, 9, 3]);
});

const tower = ["at_beginning", "at_end", "middle_position", "punctuation_variation"];
const slips = ["single_deletion", "single_edit", "single_insertion"];

for (const reference of ["question", "question_answer", "passage_question_answer"])
  test.skipIf(!hasPublicData)(`planted items are found, clean documents stay clean, against ${reference}`, () => {
    const index = new IdfIndex();
    const items = rows("decontam_fixtures", `reference/${reference}_reference.jsonl`);
    for (const {question, answer, passage, eval_key, doc_id} of items)
      index.add({
        ...{benchmark: eval_key, id: String(doc_id), question, passage: passage ?? ""},
        answers: answer === undefined ? [] : [answer]
      });
    const found = (name: string) =>
      rows("decontam_fixtures", `training/${name}.jsonl`).map(({text}) =>
        index.matches(text).map(({number}) => number)
      );
    for (const name of tower) expect(found(`contaminated_${name}`), name).toEqual([[0]]);
    // One slip of spelling made twice in 25 words: the shorter the item, the less may differ.
    for (const name of slips) expect(found(`contaminated_${name}`), name).toEqual([[0]]);
    expect(found("contaminated_multiple_in_one")).toEqual([[0, 1]]);
    expect(found("contaminated_mixed")).toEqual([[0], [], [], [1], []]);
    expect(found("long_document")).toEqual([[0, 1]]);
    expect(found("clean")).toEqual([[], [], [], [], []]);
  });
