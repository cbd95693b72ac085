import {expect, test} from "vitest";
import type {Picture} from "../../../lib/schema/media.js";
import {criticCaption} from "../../../lib/verify/criticCaption.js";
import {asked, judgeOf, type Said} from "./judges.js";

const text = "A red boat lies on the sand. Two gulls stand beside it.";
const media: Picture[] = [{sha256: "a".repeat(64), mediaType: "image/png", bytes: 9, width: 8, height: 8}];
const claims = (...shown: string[]) =>
  ["A red boat", "lies on the sand", "Two gulls"].map((words, i) => ({words, shown: shown[i] ?? "yes"}));
const says = (verdict: string, more: object = {}): Said => ({
  ...{claims: claims(), verdict, confidence: 0.8, evidence: "A red boat lies", reason: "as it is seen"},
  ...more
});
const pass = says("pass");
const panelOf = (...replies: Said[]) => replies.map((reply, i) => judgeOf(`judge-${"abc"[i]}`, () => reply));

test("a caption passes where its judges see what it says, and each is shown the picture", async () => {
  const questions: unknown[] = [];
  const judges = "abc".split("").map((id) => judgeOf(id, ({messages}) => (questions.push(messages[1].pictures), pass)));
  const {verdict} = await asked(criticCaption, {text, media}, judges);
  expect(verdict).toMatchObject({ok: true, score: 0.8});
  expect(questions).toEqual([media, media, media]);
  const fail = says("fail", {claims: claims("yes", "yes", "no"), evidence: "Two gulls stand"});
  const failed = (await asked(criticCaption, {text, media}, panelOf(fail, fail, fail))).verdict;
  expect(failed).toMatchObject({ok: false, reason: "not-shown"});
  expect(failed.detail).toContain("Two gulls stand");
});

test.each<[string, Said, string]>([
  [
    "a claim that is not the caption's",
    says("pass", {claims: [...claims(), {words: "a dog", shown: "yes"}]}),
    "claim-not-found"
  ],
  ["a sentence without a claim", says("pass", {claims: claims().slice(0, 2)}), "claim-missing"],
  ["a quote that is not the caption's", says("pass", {evidence: "A blue boat lies"}), "quote-not-found"],
  ["a pass although something is not shown", says("pass", {claims: claims("no")}), "wrong-form"],
  ["a pass although something is unclear", says("pass", {claims: claims("unclear")}), "wrong-form"],
  ["a fail although all is shown", says("fail"), "wrong-form"],
  ["no claim at all", says("pass", {claims: []}), "wrong-form"]
])("%s makes a vote void", async (_, reply, reason) => {
  const {votes, verdict} = await asked(criticCaption, {text, media}, panelOf(pass, reply, pass));
  expect(votes[1]).toMatchObject({answer: "void", reason});
  expect(verdict).toMatchObject({ok: false, reason: "no-quorum"});
});

test("without a picture nobody is asked, and whoever drew it is no judge", async () => {
  const none = await asked(criticCaption, {text}, panelOf(pass, pass, pass));
  expect([none.verdict.reason, none.votes]).toEqual(["no-picture", []]);
  const judges = ["painter", "b", "c"].map((family) => judgeOf(family, () => pass));
  await expect(asked(criticCaption, {text, media, family: "painter+qwen"}, judges)).rejects.toThrow(
    /at least 3 judges .* got 2 of painter/
  );
});
