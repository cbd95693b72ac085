import {expect, test} from "vitest";
import {simulate} from "../../lib/generate/rapierWorld.js";
import {trajectories} from "../../lib/generate/trajectories.js";
import {draftsOf, stateSeeds} from "./context.js";

test("the same state gives the same bytes, another state others", async () => {
  const [a, b] = stateSeeds(2);
  const first = await draftsOf(trajectories, a, {count: 4});
  expect(await draftsOf(trajectories, b, {count: 4})).not.toEqual(first);
  expect(await draftsOf(trajectories, a, {count: 4})).toEqual(first);
});

test("only the scenes asked for are made, and an unknown one is refused", async () => {
  const [seed] = stateSeeds(1);
  const drafts = await draftsOf(trajectories, seed, {count: 8, options: {scenes: ["slide", "fall"]}});
  expect(new Set(drafts.map(({payload}) => payload.scene))).toEqual(new Set(["slide", "fall"]));
  await expect(draftsOf(trajectories, seed, {options: {scenes: ["pendulum"]}})).rejects.toThrow(/trajectories.*scenes/);
});

test("Rapier falls as semi-implicit Euler does: lower than 4.905 t² by g h t / 2", async () => {
  const scene = {
    gravity: [0, -9.81] as const,
    bodies: [{shape: "ball" as const, radius: 0.1, mass: 1, position: [0, 10] as const, velocity: [0, 0] as const}],
    floor: false,
    restitution: 0,
    friction: 0,
    step: 0.008,
    substeps: 4
  };
  const [{t, bodies}] = await simulate(scene, [125]);
  expect(t).toBe(1);
  // Single precision: 500 additions at 10 m round by at most 500 × 2^-24 × 10 = 0.0003 m.
  expect(Math.abs(bodies[0].y - (10 - 4.905 - (9.81 * 0.002) / 2))).toBeLessThan(6e-4);
  expect(Math.abs(bodies[0].vy + 9.81)).toBeLessThan(3e-4);
});

test("no two of 120 trajectories share four fifths of their runs of five words", async () => {
  const drafts = (await Promise.all(stateSeeds(120).map((seed) => draftsOf(trajectories, seed)))).flat();
  const sets = drafts.map(({text}) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu)!;
    return new Set(words.slice(4).map((_, i) => words.slice(i, i + 5).join(" ")));
  });
  for (let i = 0; i < sets.length; i++)
    for (let j = 0; j < i; j++) {
      let both = 0;
      for (const shingle of sets[i]) if (sets[j].has(shingle)) both++;
      expect(both / (sets[i].size + sets[j].size - both)).toBeLessThan(0.8);
    }
});
