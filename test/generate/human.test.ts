import {expect, test} from "vitest";
import {human} from "../../lib/generate/human.js";
import {draftsOf, seedOf} from "./context.js";

test("a human seed comes out unchanged, as T0, under one span over all of it", async () => {
  const seed = seedOf("Fellow-Citizens of the Senate: peace has been preserved.");
  const [draft] = await draftsOf(human, seed, {count: 3});
  expect(draft).toMatchObject({text: seed.text, ceiling: "T0", kind: "prose", domain: "prose"});
  expect(draft.spans).toEqual([{start: 0, end: seed.text.length, seed: seed.sha256, from: 0}]);
});

test("code becomes an example, and a textbook's prose stays prose", async () => {
  expect((await draftsOf(human, seedOf("_.chunk([1], 1);", {domain: "code"})))[0].kind).toBe("example");
  expect((await draftsOf(human, seedOf("A law.", {kind: "textbook", domain: "physics"})))[0].kind).toBe("prose");
});

test("a simulator's state is refused: no human wrote it", async () => {
  await expect(draftsOf(human, seedOf("{}", {kind: "simulator"}))).rejects.toThrow("got a simulator's");
});

test("an unknown option is refused by name", async () => {
  await expect(draftsOf(human, seedOf("A."), {options: {tier: "T1"}})).rejects.toThrow(/"human".*tier/);
});
