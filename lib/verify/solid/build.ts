import type {Manifold, ManifoldToplevel} from "manifold-3d";
import {z} from "zod";
import {BadSolid, type Mesh} from "./mesh.js";

const length = z.number().min(-1e6).max(1e6);
const size = z.number().positive().max(1e6);
const place = z.tuple([length, length, length]);
const segments = z.int().min(3).max(512).default(128);
const polygon = z
  .array(z.tuple([length, length]))
  .min(3)
  .max(1000);

/** A solid as a program says it; lengths in one unit, angles in degrees. */
export type Solid =
  | {cube: [number, number, number]; center?: boolean}
  | {sphere: number; segments: number}
  | {cylinder: {height: number; radius: number; top?: number}; segments: number; center?: boolean}
  | {extrude: [number, number][]; height: number}
  | {revolve: [number, number][]; segments: number}
  | {translate: [number, number, number]; of: Solid}
  | {rotate: [number, number, number]; of: Solid}
  | {scale: [number, number, number]; of: Solid}
  | {mirror: [number, number, number]; of: Solid}
  | {union: Solid[]}
  | {difference: Solid[]}
  | {intersection: Solid[]};

const parts = z.lazy(() => z.array(Solid).min(1).max(100));
const inner = z.lazy(() => Solid);

/** A program's form. */
export const Solid: z.ZodType<Solid> = z.union([
  z.strictObject({cube: z.tuple([size, size, size]), center: z.boolean().optional()}),
  z.strictObject({sphere: size, segments}),
  z.strictObject({
    cylinder: z.strictObject({height: size, radius: size, top: size.optional()}),
    segments,
    center: z.boolean().optional()
  }),
  z.strictObject({extrude: polygon, height: size}),
  z.strictObject({revolve: polygon, segments}),
  z.strictObject({translate: place, of: inner}),
  z.strictObject({rotate: place, of: inner}),
  z.strictObject({scale: z.tuple([size, size, size]), of: inner}),
  z.strictObject({mirror: place, of: inner}),
  z.strictObject({union: parts}),
  z.strictObject({difference: parts}),
  z.strictObject({intersection: parts})
]) as z.ZodType<Solid>;

/** A solid of flat faces, and how far it may be from the round one that was meant. */
export interface Built {
  mesh: Mesh;
  /** volume by which it and the round one differ at most */
  volume: number;
  /** distance between the two surfaces at most */
  depth: number;
  /** area by which its round parts differ before they are cut */
  area: number;
}

interface Node extends Omit<Built, "mesh"> {
  solid: Manifold;
}

const mostTriangles = 200_000;
const mostNodes = 300;
let loading: Promise<ManifoldToplevel> | undefined;

/**
 * Builds a program's solid with manifold-3d. Round things are polygons of `segments` sides within them, which take from a
 * cylinder's volume its part 1 − sin(2π/n) / (2π/n); a cut or a union differs from that of round things by no more than its
 * parts do together.
 *
 * @throws BadSolid where it is empty or too large
 */
export async function build(program: Solid): Promise<Built> {
  // Loaded when first asked for: few samples are solids.
  loading ??= import("manifold-3d").then(async ({default: load}) => {
    const module = await load();
    module.setup();
    return module;
  });
  const {Manifold, CrossSection} = await loading;
  const made: {delete(): void}[] = [];
  const keep = <T extends {delete(): void}>(thing: T): T => {
    made.push(thing);
    return thing;
  };
  let [nodes, triangles] = [0, 0];
  const curved = (solid: Manifold, volume: number, area: number, depth: number): Node => ({
    solid,
    volume: Math.abs(volume - solid.volume()),
    area: Math.abs(area - solid.surfaceArea()),
    depth
  });
  const make = (node: Solid, depth: number): Node => {
    if (++nodes > mostNodes || depth > 30)
      throw new BadSolid(`expected at most ${mostNodes} solids, 30 within each other`);
    const out = shape(node, depth);
    triangles += out.solid.numTri();
    if (triangles > mostTriangles) throw new BadSolid(`expected at most ${mostTriangles} triangles on the way`);
    if (out.solid.status() !== "NoError") throw new BadSolid(`expected a solid, got ${out.solid.status()}`);
    return out;
  };
  const flat = {volume: 0, area: 0, depth: 0};
  const shape = (node: Solid, depth: number): Node => {
    if ("cube" in node) return {...flat, solid: keep(Manifold.cube(node.cube, node.center ?? false))};
    if ("sphere" in node) {
      const [r, n] = [node.sphere, 4 * Math.ceil(node.segments / 4)];
      return curved(
        keep(Manifold.sphere(r, n)),
        (4 / 3) * Math.PI * r ** 3,
        4 * Math.PI * r * r,
        2 * r * (1 - Math.cos(Math.PI / n))
      );
    }
    if ("cylinder" in node) {
      const {height: h, radius: a, top: b = a} = node.cylinder;
      const round = (Math.PI * h * (a * a + a * b + b * b)) / 3;
      return curved(
        keep(Manifold.cylinder(h, a, b, node.segments, node.center ?? false)),
        round,
        Math.PI * (a * a + b * b + (a + b) * Math.hypot(h, a - b)),
        Math.max(a, b) * (1 - Math.cos(Math.PI / node.segments))
      );
    }
    if ("extrude" in node) return {...flat, solid: keep(Manifold.extrude(keep(section(node.extrude)), node.height))};
    if ("revolve" in node) {
      if (node.revolve.some(([x]) => x < 0)) throw new BadSolid("expected a profile at x ≥ 0");
      const far = Math.max(...node.revolve.map(([x]) => x));
      const {volume, area} = pappus(node.revolve);
      return curved(
        keep(Manifold.revolve(keep(section(node.revolve)), node.segments)),
        volume,
        area,
        far * (1 - Math.cos(Math.PI / node.segments))
      );
    }
    if ("of" in node) {
      const from = make(node.of, depth + 1);
      if ("translate" in node) return {...from, solid: keep(from.solid.translate(node.translate))};
      if ("rotate" in node) return {...from, solid: keep(from.solid.rotate(node.rotate))};
      if ("mirror" in node) {
        if (Math.hypot(...node.mirror) === 0) throw new BadSolid("expected a direction to mirror along");
        return {...from, solid: keep(from.solid.mirror(node.mirror))};
      }
      const [x, y, z] = node.scale;
      const most = Math.max(x, y, z);
      return {
        solid: keep(from.solid.scale(node.scale)),
        volume: from.volume * x * y * z,
        area: from.area * most * most,
        depth: from.depth * most
      };
    }
    const [first, ...others] = (
      "union" in node ? node.union : "difference" in node ? node.difference : node.intersection
    ).map((part) => make(part, depth + 1));
    return others.reduce(
      (left, right): Node => ({
        solid: keep(
          "union" in node
            ? left.solid.add(right.solid)
            : "difference" in node
              ? left.solid.subtract(right.solid)
              : left.solid.intersect(right.solid)
        ),
        volume: left.volume + right.volume,
        area: left.area + right.area,
        depth: left.depth + right.depth
      }),
      first
    );
  };
  const section = (points: [number, number][]) =>
    new CrossSection([twice(points) < 0 ? [...points].reverse() : points], "EvenOdd");
  try {
    const {solid, volume, area, depth} = make(program, 0);
    if (solid.isEmpty()) throw new BadSolid("expected a solid with something in it");
    const {numProp, vertProperties, triVerts} = solid.getMesh();
    const rows = <T>(n: number, step: number, all: ArrayLike<number>) =>
      Array.from({length: n}, (_, i) => [all[i * step], all[i * step + 1], all[i * step + 2]] as T);
    return {
      mesh: {
        places: rows(vertProperties.length / numProp, numProp, vertProperties),
        triangles: rows(triVerts.length / 3, 3, triVerts)
      },
      volume,
      area,
      depth
    };
  } finally {
    for (const thing of made) thing.delete();
  }
}

function twice(points: readonly (readonly [number, number])[]): number {
  return points.reduce((sum, [x, y], i) => {
    const [u, v] = points[(i + 1) % points.length];
    return sum + x * v - u * y;
  }, 0);
}

/** Volume and surface of a profile that goes round the axis x = 0. */
function pappus(points: readonly (readonly [number, number])[]): {volume: number; area: number} {
  let [volume, area] = [0, 0];
  for (const [i, [x, y]] of points.entries()) {
    const [u, v] = points[(i + 1) % points.length];
    volume += ((x * v - u * y) * (x + u)) / 6;
    area += Math.PI * (x + u) * Math.hypot(u - x, v - y);
  }
  return {volume: Math.abs(2 * Math.PI * volume), area};
}
