import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {criticConstitution} from "../../../lib/verify/criticConstitution.js";
import {criticRelevance} from "../../../lib/verify/criticRelevance.js";
import {criticSelfContained} from "../../../lib/verify/criticSelfContained.js";
import {criticSupport} from "../../../lib/verify/criticSupport.js";
import {criticToxicity} from "../../../lib/verify/criticToxicity.js";
import {claimsOf} from "../../../lib/verify/critics/claims.js";
import {Vote} from "../../../lib/schema/vote.js";
import {shownBy} from "../../../scripts/calibration/standIns.js";
import {asked, judgeOf, type Said} from "./judges.js";

const text = "You are all fools, said the owl. The mice went home.";
const says = (verdict: string, evidence: string, confidence = 0.8): Said => ({verdict, confidence, evidence, reason: "so it is"}); // prettier-ignore
const panel = (...replies: Said[]) => replies.map((reply, i) => judgeOf(`judge-${"abcdef"[i]}`, () => reply));

test("a panel of one voice passes or fails a text, with the evidence of each judge as it stands there", async () => {
  const good = says("pass", "The mice went home.");
  const passed = await asked(criticToxicity, {text}, panel(good, good, {...good, confidence: 0.6}));
  expect(passed.verdict).toMatchObject({ok: true, reason: "", score: 0.8, verifier: "critic-toxicity", detail: ""});
  expect(passed.votes.map((vote) => Vote.parse(vote))).toHaveLength(3);
  expect(passed.votes[0]).toEqual({
    ...{critic: "critic-toxicity", judge: "judge-a", model: "judge-a-1", family: "judge-a", answer: "pass"},
    ...{confidence: 0.8, quote: "The mice went home.", reason: "", detail: "so it is"}
  });
  const bad = says("fail", "You are all  fools");
  for (const [critic, reason] of [
    [criticToxicity, "toxic"],
    [criticRelevance, "irrelevant"],
    [criticSelfContained, "not-self-contained"]
  ] as const) {
    const failed = await asked(critic, {text}, panel(bad, bad, bad));
    expect(failed.verdict).toMatchObject({ok: false, reason, score: -0.8});
    expect(failed.verdict.detail).toContain("You are all fools");
  }
});

test("judges that disagree are told, and what fails then fails as disagreement", async () => {
  const [good, bad] = [says("pass", "The mice went home."), says("fail", "You are all fools")];
  const failed = await asked(criticToxicity, {text}, panel(bad, good, bad));
  expect(failed.verdict).toMatchObject({ok: false, reason: "disagreement"});
  const passed = await asked(criticToxicity, {text}, panel(good, bad, good));
  expect(passed.verdict).toMatchObject({ok: true, reason: "", detail: "2 pass, 1 fail"});
  expect(passed.votes.map(({answer}) => answer)).toEqual(["pass", "fail", "pass"]);
});

test("a quote that is not there, refusals and replies of another form make a vote void, with the reason", async () => {
  const good = says("pass", "The mice went home.");
  const cases: [Said, string][] = [
    [says("pass", "The mice went to bed."), "quote-not-found"],
    [says("fail", ""), "no-quote"],
    [says("fail", "fools"), "quote-too-short"],
    [{reason: "refused"}, "refused"],
    [{reason: "truncated"}, "truncated"],
    [{reason: "held-out"}, "held-out"],
    [{verdict: "maybe", confidence: 1, evidence: "", reason: ""}, "wrong-form"],
    [{...good, confidence: 7}, "wrong-form"],
    [{...good, extra: 1}, "wrong-form"]
  ];
  for (const [reply, reason] of cases) {
    const {votes, verdict} = await asked(criticToxicity, {text}, panel(good, reply, good));
    expect(votes[1]).toMatchObject({answer: "void", reason, quote: ""});
    expect(verdict).toMatchObject({ok: false, reason: "no-quorum", score: null});
    expect((await asked(criticToxicity, {text}, panel(good, reply, good, good))).verdict.ok).toBe(true);
    expect((await asked(criticToxicity, {text}, panel(good, reply, good), {least: 2})).verdict.ok).toBe(true);
  }
});

test("the order of judges changes nothing, and the generator's family never judges", async () => {
  const judges = panel(says("pass", "The mice went home."), says("fail", "You are all fools"), says("fail", "You are all fools", 0.9)); // prettier-ignore
  const one = await asked(criticToxicity, {text}, judges);
  expect(await asked(criticToxicity, {text}, judges.toReversed())).toEqual(one);
  const own = judgeOf("own", () => says("pass", "The mice went home."), "writer");
  const half = judgeOf("half", () => says("pass", "The mice went home."), "other+writer");
  expect(await asked(criticToxicity, {text}, [own, ...judges, half])).toEqual(one);
  await expect(asked(criticToxicity, {text, family: "x+judge-a"}, [own, ...judges.slice(0, 3)])).resolves.toBeDefined();
  await expect(asked(criticToxicity, {text, family: "x+judge-a"}, judges)).rejects.toThrow(
    /critic-toxicity: expected at least 3 judges.*"x\+judge-a".*got 2 of judge-a \(judge-a-1, judge-a\).*critics\.judges/
  );
});

test("no judges at all, or one model three times, are no panel, and the error says what to declare", async () => {
  await expect(asked(criticSupport, {text}, [])).rejects.toThrow(RangeError);
  await expect(asked(criticSupport, {text}, [])).rejects.toThrow(
    /got 0 of none at all; declare endpoints .* critics\.judges/
  );
  const same = panel({}, {}, {}).map((judge) => ({...judge, model: "one"}));
  await expect(asked(criticSupport, {text}, same)).rejects.toThrow(/judges of different models.* got 1 of judge-a/);
});

test("a constitution is read from a file, and whoever fails a text names the rule", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ballast-rules-"));
  try {
    const constitution = join(folder, "rules.txt");
    writeFileSync(constitution, "# ours\nNo owls.\n\nNo mice.\n");
    let shown = "";
    const bad = {...says("fail", "The mice went home."), rule: 2};
    const judges = [judgeOf("a", ({messages}) => ((shown = messages.at(-1)!.content), bad)), ...panel(bad, bad)];
    const {verdict, votes} = await asked(criticConstitution, {text}, judges, {constitution});
    expect(shown).toContain('["No owls.","No mice."]');
    expect(verdict).toMatchObject({ok: false, reason: "rule-broken"});
    expect(votes.map(({detail}) => detail)).toEqual(Array(3).fill("rule 2: so it is"));
    for (const rule of [0, 3, undefined]) {
      const wrong = await asked(criticConstitution, {text}, panel({...bad, rule}, bad, bad), {constitution});
      expect(wrong.votes[0]).toMatchObject({answer: "void", reason: "wrong-form"});
    }
    const fine = {...says("pass", "The mice went home."), rule: 0};
    expect((await asked(criticConstitution, {text}, panel(fine, fine, fine))).verdict.ok).toBe(true);
    writeFileSync(join(folder, "none.txt"), "# nothing\n");
    await expect(asked(criticConstitution, {text}, panel(fine, fine, fine), {constitution: join(folder, "none.txt")})).rejects.toThrow(/none\.txt: expected 1 to 100 rules, one a line, got 0/); // prettier-ignore
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});

const source = "Patient: I am 61. The cough began two weeks ago.\nDoctor: Any fever? Patient: No fever at all.";
const note = "The patient is 61 years old. The cough began ten days ago. Was there a fever? There was none.";

/** A judge of claims, by a function from the sentence to verdict and evidence. */
const reader = (id: string, read: (claim: string) => [string, string, number?]) =>
  judgeOf(id, ({messages}) => ({
    claims: shownBy(messages).claims.map((claim, i) => {
      const [verdict, evidence, confidence = 0.9] = read(claim);
      return {claim: i + 1, verdict, evidence, confidence, reason: "read"};
    })
  }));
const careful = (claim: string): [string, string, number?] =>
  claim.includes("ten days")
    ? ["fail", "ten days ago", 0.95]
    : claim.endsWith("?")
      ? ["no-claim", ""]
      : ["pass", claim.includes("61") ? "Patient: I am 61." : "No fever at all."];

test("each sentence is judged with its evidence, and one without support refuses the text", async () => {
  const judges = ["a", "b", "c"].map((id) => reader(id, careful));
  const {verdict, votes} = await asked(criticSupport, {text: note, source}, judges);
  expect(verdict).toMatchObject({ok: false, reason: "unsupported", score: -0.95});
  expect(verdict.detail).toContain('"The cough began ten days ago."');
  expect(votes).toHaveLength(3);
  expect(votes[0]).toMatchObject({answer: "fail", quote: "ten days ago", confidence: 0.95});
  const good = await asked(criticSupport, {text: note.replace("ten days", "two weeks"), source}, judges);
  expect(good.verdict).toMatchObject({ok: true, score: 0.9});
  expect(good.votes[0]).toMatchObject({answer: "pass", quote: expect.stringMatching(/61|fever/) as string});
});

test("judges that each fail another sentence refuse none of them, and are told as fails", async () => {
  const judges = ["a", "b", "c"].map((id, j) =>
    reader(id, (claim) => (claimsOf(note).indexOf(claim) === j ? ["fail", claim] : ["pass", "Patient: I am 61."]))
  );
  const {verdict, votes} = await asked(criticSupport, {text: note, source}, judges);
  expect(verdict).toMatchObject({ok: true, score: 0.9, detail: "2 pass, 1 fail"});
  expect(votes.map(({answer}) => answer)).toEqual(["fail", "fail", "fail"]);
});

test("weighed by rates, each judge's worst word counts for the whole text, as the rates were measured", async () => {
  // Each fails another sentence: sentence by sentence nobody is joined by another, of the text all three say no.
  const judges = ["a", "b", "c"].map((id, j) =>
    reader(id, (claim) => (claimsOf(note).indexOf(claim) === j ? ["fail", claim] : ["pass", "Patient: I am 61."]))
  );
  const rates = {sensitivity: 0.8, specificity: 0.7};
  const known = {"critic-support": {prior: 0.5, judges: {a: rates, b: rates, c: rates}}};
  const {verdict} = await asked(criticSupport, {text: note, source}, judges, {aggregate: "dawid-skene", rates: known});
  // Odds (0.2 / 0.7)³ = 0.02332, p = 0.02279.
  expect(verdict).toMatchObject({ok: false, reason: "unsupported", score: -0.9544});
});

test("support is quoted from the source, a fault from its own sentence", async () => {
  const judges = [reader("a", () => ["pass", "The patient is 61 years"]), reader("b", () => ["fail", "The cough began two weeks"]), reader("c", careful), reader("d", careful), reader("e", careful)]; // prettier-ignore
  const {votes, verdict} = await asked(criticSupport, {text: "The patient is 61 years old.", source}, judges);
  expect(votes.map(({answer, reason}) => [answer, reason])).toEqual([["void", "quote-not-found"], ["void", "quote-not-found"], ["pass", ""], ["pass", ""], ["pass", ""]]); // prettier-ignore
  expect(verdict.ok).toBe(true);
});

test("replies that leave out, repeat or invent a sentence are of the wrong form", async () => {
  const broken = (claims: number[]) =>
    judgeOf("a", () => ({claims: claims.map((claim) => ({claim, verdict: "pass", evidence: "Patient: I am 61.", confidence: 1, reason: ""}))})); // prettier-ignore
  for (const claims of [
    [1, 2, 3],
    [1, 2, 3, 3],
    [1, 2, 3, 5],
    [1, 2, 3, 4, 5]
  ]) {
    const {votes} = await asked(criticSupport, {text: note, source}, [broken(claims), reader("b", careful), reader("c", careful)]); // prettier-ignore
    expect(votes[0]).toMatchObject({judge: "a", answer: "void", reason: "wrong-form"});
  }
  const {votes} = await asked(criticSupport, {text: note, source}, [broken([4, 2, 1, 3]), reader("b", careful), reader("c", careful)]); // prettier-ignore
  expect(votes[0].answer).toBe("pass");
});

test("long texts are judged in parts that know what came before; endless ones and those without a source are refused", async () => {
  const long = Array.from({length: 40}, (_, i) => `Sentence number ${i} is here.`).join(" ");
  const befores: string[] = [];
  const judges = ["a", "b", "c"].map((id) =>
    judgeOf(id, ({messages}) => {
      const {claims} = shownBy(messages);
      if (id === "a") befores.push(JSON.parse(/^BEFORE: (.*)$/m.exec(messages.at(-1)!.content)![1]) as string);
      return {claims: claims.map((claim, i) => ({claim: i + 1, verdict: claim.includes(" 33 ") ? "fail" : "pass", evidence: claim, confidence: 0.7, reason: ""}))}; // prettier-ignore
    })
  );
  const {verdict} = await asked(criticSupport, {text: long, source: long}, judges);
  expect(verdict).toMatchObject({reason: "unsupported"});
  expect(verdict.detail).toContain("Sentence number 33 is here.");
  expect(befores.map((before) => claimsOf(before).length).sort((a, b) => a - b)).toEqual([0, 16, 32]);
  const endless = "A sentence is here. ".repeat(401).trim();
  expect((await asked(criticSupport, {text: endless, source}, judges)).verdict.reason).toBe("too-many-claims");
  expect((await asked(criticSupport, {text: note}, judges)).verdict.reason).toBe("no-source");
});

test("a text of questions alone claims nothing, and lists are judged line by line", async () => {
  const judges = ["a", "b", "c"].map((id) => reader(id, () => ["no-claim", ""]));
  const {verdict, votes} = await asked(criticSupport, {text: "Is it late? Who knows?", source}, judges);
  expect(verdict).toMatchObject({ok: true, detail: "claims nothing", score: null});
  expect(votes.map(({answer}) => answer)).toEqual(["abstain", "abstain", "abstain"]);
  expect(claimsOf("Plan:\n- aspirin daily\n- rest,\nmuch of it\n\n***\nFollow-up: in May. See Dr. Low.")).toEqual(["Plan:", "- aspirin daily", "- rest, much of it", "Follow-up: in May.", "See Dr. Low."]); // prettier-ignore
});
