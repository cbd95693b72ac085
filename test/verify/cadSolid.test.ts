import {expect, test} from "vitest";
import {createRandom, type Random} from "../../lib/text/random.js";
import {cadSolid} from "../../lib/verify/cadSolid.js";
import type {Evidence} from "../../lib/verify/verifier.js";
import {judge} from "./evidence.js";
import {plantErrors} from "./planted.js";

const evidence = (text: string): Evidence => ({text, kind: "solid", domain: "cad", generator: "test", family: "test"});
const reasonOf = async (text: string) => (await judge(cadSolid, text, "solid")).reason;

// Volumes by formula, never by a mesh: boxes with a box taken out or set on, and round things.
function made(random: Random): {program: unknown; claims: string[]} {
  const [a, b, c] = [0, 0, 0].map(() => 2 + random.int(50));
  const shift = [random.int(20), random.int(20), random.int(20)];
  const moved = (of: unknown) => ({translate: shift, of});
  const box = (x: number, y: number, z: number) => `bounding box: ${x} x ${y} x ${z} mm`;
  switch (random.int(4)) {
    case 0:
      return {
        program: moved({
          difference: [{cube: [a, b, c]}, {translate: [a / 4, b / 4, -1], of: {cube: [a / 2, b / 2, c + 2]}}]
        }),
        claims: [`volume: ${((a * b * c * 3) / 4).toFixed(2)} mm^3`, "genus: 1", box(a, b, c)]
      };
    case 1:
      return {
        program: moved({union: [{cube: [a, b, c]}, {translate: [0, 0, c], of: {cube: [a, b, 1]}}]}),
        claims: [`volume: ${a * b * (c + 1)} mm^3`, `area: ${2 * (a * b + (a + b) * (c + 1))} mm^2`, "watertight: yes"]
      };
    case 2:
      return {
        program: {cylinder: {height: a, radius: b}, segments: 512},
        claims: [`volume: ${(Math.PI * b * b * a).toFixed(1)} mm^3`, box(2 * b, 2 * b, a)]
      };
    default:
      return {
        program: moved({
          extrude: [
            [0, 0],
            [a, 0],
            [0, b]
          ],
          height: c
        }),
        claims: [
          `volume: ${(a * b * c) / 2} mm^3`,
          `center of mass: (${[a / 3 + shift[0], b / 3 + shift[1], c / 2 + shift[2]].map((x) => x.toFixed(3)).join(", ")}) mm`,
          "genus: 0"
        ]
      };
  }
}

const text = ({program, claims}: {program: unknown; claims: string[]}) =>
  `@solid json mm\n${JSON.stringify(program)}\n@claims\n${claims.join("\n")}`;

test("1,000 solids pass; with the first digit of a claim's number changed none does", async () => {
  const random = createRandom("solids");
  function* cases() {
    for (let i = 0; i < 1000; i++) {
      const one = made(random);
      const bent = random.int(one.claims.length);
      // The first digit is a tenth of a value or more, round things differ from flat ones by 10⁻⁴ of it.
      const claims = one.claims.map((claim, j) =>
        j !== bent
          ? claim
          : claim.replace(/\d/, (digit) => String((Number(digit) + 1 + random.int(8)) % 10)).replace("yes", "no")
      );
      yield {clean: evidence(text(one)), corrupt: evidence(text({program: one.program, claims}))};
    }
  }
  const {refused, missed, caught} = await plantErrors(cadSolid, cases());
  expect(refused).toEqual([]);
  expect(missed).toEqual([]);
  expect(caught).toBe(1000);
});

test("round solids may be claimed round or as they are built", async () => {
  // 1000 − 90π = 717.2566 for the round hole, 717.2850 for one of 256 sides.
  const drilled = (volume: string) =>
    `@solid json mm\n{"difference": [{"cube": [10, 10, 10], "center": true}, {"cylinder": {"height": 12, "radius": 3}, "segments": 256, "center": true}]}\n@claims\nvolume: ${volume}\ngenus: 1`;
  for (const volume of ["717.2850 mm^3", "717.2566 mm^3", "0.72 cm^3"])
    expect(await reasonOf(drilled(volume))).toBe("");
  // The cylinder of 12 mm alone bounds the difference: 108π (1 − sin(2π/256) / (2π/256)) = 0.034.
  for (const volume of ["717.23 mm^3", "717.35 mm^3"]) expect(await reasonOf(drilled(volume))).toBe("wrong-volume");
  expect(await reasonOf(drilled("717.3 mm^2"))).toBe("unreadable");
  expect(await reasonOf(drilled("717.3 mm^3").replace("genus: 1", "genus: 0"))).toBe("wrong-genus");
  const ring =
    '@solid json cm\n{"revolve": [[2, 0], [3, 0], [3, 1], [2, 1]], "segments": 512}\n@claims\nvolume: 15.708 cm^3\narea: 62.8 cm^2\ngenus: 1';
  expect(await judge(cadSolid, ring, "solid")).toMatchObject({ok: true, detail: ""});
  const ball =
    '@solid json m\n{"scale": [1, 1, 2], "of": {"sphere": 1, "segments": 256}}\n@claims\nvolume: 8.38 m^3\nbounding box: 2 x 2 x 4 m';
  expect(await judge(cadSolid, ball, "solid")).toMatchObject({ok: true, detail: ""});
});

const tetrahedron = {
  vertices: [
    [0, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]
  ],
  triangles: [
    [0, 2, 1],
    [0, 1, 3],
    [0, 3, 2],
    [1, 2, 3]
  ]
};
const mesh = (triangles: number[][], claims: string) =>
  `@solid mesh mm\n${JSON.stringify({...tetrahedron, triangles})}\n@claims\n${claims}`;

test("a mesh is watertight where each edge goes both ways", async () => {
  const {triangles} = tetrahedron;
  expect(
    await reasonOf(mesh(triangles, "volume: 0.16667 mm^3\ncentroid: (0.25, 0.25, 0.25) mm\nwatertight: yes"))
  ).toBe("");
  expect(await reasonOf(mesh(triangles.slice(1), "volume: 0.16667 mm^3"))).toBe("not-watertight");
  expect(await reasonOf(mesh(triangles.slice(1), "watertight: no"))).toBe("");
  expect(await reasonOf(mesh([[0, 1, 2], ...triangles.slice(1)], "genus: 0"))).toBe("not-watertight");
  expect(
    await reasonOf(
      mesh(
        triangles.map((corners) => [...corners].reverse()),
        "genus: 0"
      )
    )
  ).toBe("not-watertight");
  const obj =
    "@solid obj cm\nv 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n@claims\nvolume: 0.1667 cm^3\ngenus: 0";
  expect(await reasonOf(obj)).toBe("");
  const corner = (i: number) => `vertex ${tetrahedron.vertices[i].join(" ")}`;
  const stl = `@solid stl\nsolid t\n${triangles.map((t) => `facet normal 0 0 0\nouter loop\n${t.map(corner).join("\n")}\nendloop\nendfacet`).join("\n")}\nendsolid t\n@claims\nvolume: 0.1667 mm^3`;
  expect(await reasonOf(stl)).toBe("");
});

test.each([
  ["{", "unreadable"],
  ['{"cube": [1, 1, 0]}', "unreadable"],
  ['{"cube": [1, 1, 1], "evil": 1}', "unreadable"],
  ['{"sphere": 1, "segments": 100000}', "unreadable"],
  ['{"difference": [{"cube": [1, 1, 1]}, {"cube": [2, 2, 2]}]}', "bad-solid"],
  [`${'{"rotate": [1, 2, 3], "of": '.repeat(40)}{"cube": [1, 1, 1]}${"}".repeat(40)}`, "bad-solid"],
  [`{"union": [${Array.from({length: 90}, () => '{"sphere": 1, "segments": 512}').join()}]}`, "bad-solid"]
])("program %# is refused", async (program, reason) => {
  expect(await reasonOf(`@solid json\n${program}\n@claims\nvolume: 1 mm^3`)).toBe(reason);
});
