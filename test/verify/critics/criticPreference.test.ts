import {expect, test} from "vitest";
import {criticPreference} from "../../../lib/verify/criticPreference.js";
import {asked, judgeOf} from "./judges.js";

const good = "Boil the egg for seven minutes.";
const bad = "Eggs are great! Everybody loves eggs, and so do I, so very much.";
const text = `@prompt\nHow long do I boil an egg?\n\n@chosen\n${good}\n\n@rejected\n${bad}`;

/** A judge by which answer it prefers of the two that it is shown, and what it quotes. */
const judge = (id: string, prefer: (first: string, second: string) => "first" | "second" | "tie", quote?: string) =>
  judgeOf(id, ({messages}) => {
    const shown = (name: string) => JSON.parse(new RegExp(`^${name}: (.*)$`, "m").exec(messages.at(-1)!.content)![1]) as string; // prettier-ignore
    const [first, second] = [shown("FIRST"), shown("SECOND")];
    const better = prefer(first, second);
    return {better, confidence: 0.8, evidence: quote ?? (better === "first" ? first : second), reason: "tasted"};
  });
const honest = (id: string) => judge(id, (first) => (first === good ? "first" : "second"));
const long = (id: string) => judge(id, (first, second) => (first.length > second.length ? "first" : "second"));

test("a pair stands where the panel prefers its chosen answer in both orders, and falls where it prefers the other", async () => {
  const passed = await asked(criticPreference, {text}, [honest("a"), honest("b"), long("c")]);
  expect(passed.verdict).toMatchObject({ok: true, score: 0.8, detail: "2 pass, 1 fail"});
  expect(passed.votes.map(({answer, quote}) => [answer, quote])).toEqual([["pass", good], ["pass", good], ["fail", bad]]); // prettier-ignore
  const failed = await asked(criticPreference, {text}, [long("a"), long("b"), long("c")]);
  expect(failed.verdict).toMatchObject({ok: false, reason: "not-preferred"});
});

test("a judge that always takes the first, or calls it a tie, abstains; a quote of the other answer is void", async () => {
  const judges = [judge("a", () => "first"), judge("b", () => "tie", ""), judge("c", (first) => (first === good ? "first" : "second"), bad)]; // prettier-ignore
  const {votes, verdict} = await asked(criticPreference, {text}, [...judges, honest("d"), honest("e"), honest("f")]);
  expect(votes.map(({answer}) => answer)).toEqual(["abstain", "abstain", "void", "pass", "pass", "pass"]);
  expect(votes[0].detail).toBe("pass in one order, fail in the other");
  expect(votes[2].reason).toBe("quote-not-found");
  expect(verdict.ok).toBe(true);
});

test("a text without the three sections is unreadable, and no judge is asked", async () => {
  const never = judgeOf("x", () => {
    throw new Error("asked");
  });
  for (const broken of ["Anything.", "@prompt\nx\n\n@chosen\ny", "@prompt\nx\n\n@chosen\ny\n\n@rejected\n"])
    expect((await asked(criticPreference, {text: broken}, [never, {...never, id: "y", model: "y"}, {...never, id: "z", model: "z"}])).verdict.reason).toBe("unreadable"); // prettier-ignore
});
