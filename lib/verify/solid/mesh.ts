/** A mesh of triangles: places of corners, and three corners a triangle, outward by the right hand. */
export interface Mesh {
  places: readonly (readonly [number, number, number])[];
  triangles: readonly (readonly [number, number, number])[];
}

/** Why a text of a solid is not taken. */
export class BadSolid extends Error {}

const maxTriangles = 200_000;

/**
 * Reads an OBJ (v and f lines), an ASCII STL (corners at the same place are one), or JSON {"vertices", "triangles"}.
 *
 * @throws BadSolid
 */
export function readMesh(language: "obj" | "stl" | "mesh", body: string): Mesh {
  const places: [number, number, number][] = [];
  const triangles: [number, number, number][] = [];
  const three = (words: readonly string[], line: number): [number, number, number] => {
    const numbers = words.map(Number);
    if (numbers.length !== 3 || !numbers.every((x) => Number.isFinite(x) && Math.abs(x) <= 1e9))
      throw new BadSolid(`line ${line}: expected three numbers`);
    return numbers as [number, number, number];
  };
  if (language === "mesh") {
    const {vertices, triangles: given} = JSON.parse(body) as {vertices?: unknown; triangles?: unknown};
    if (!Array.isArray(vertices) || !Array.isArray(given)) throw new BadSolid("expected vertices and triangles");
    for (const [i, place] of vertices.entries())
      places.push(three(Array.isArray(place) ? place.map(String) : [], i + 1));
    for (const [i, corners] of given.entries())
      triangles.push(three(Array.isArray(corners) ? corners.map(String) : [], i + 1));
  } else if (language === "obj") {
    for (const [i, line] of body.split("\n").entries()) {
      const [kind, ...words] = line.replace(/#.*$/, "").trim().split(/\s+/);
      if (kind === "v") places.push(three(words, i + 1));
      else if (kind === "f") {
        const corners = words.map((word) => Number(word.split("/")[0])).map((n) => (n < 0 ? places.length + n : n - 1));
        if (corners.length < 3 || corners.length > 100)
          throw new BadSolid(`line ${i + 1}: expected a face of 3 to 100 corners`);
        for (let j = 2; j < corners.length; j++) triangles.push([corners[0], corners[j - 1], corners[j]]);
      } else if (!/^(?:|o|g|s|vn|vt|usemtl|mtllib)$/.test(kind))
        throw new BadSolid(`line ${i + 1}: expected a line of an OBJ file, got ${kind.slice(0, 20)}`);
    }
  } else {
    if (!/^solid\b/.test(body) || !/\nendsolid\b/.test(body))
      throw new BadSolid("expected an ASCII STL from solid to endsolid");
    const known = new Map<string, number>();
    let corners: number[] = [];
    for (const [i, line] of body.split("\n").entries()) {
      const [kind, ...words] = line.trim().split(/\s+/);
      if (kind === "vertex") {
        const place = three(words, i + 1);
        const key = place.join();
        if (!known.has(key)) known.set(key, places.push(place) - 1);
        corners.push(known.get(key)!);
      } else if (kind === "endloop") {
        if (corners.length !== 3) throw new BadSolid(`line ${i + 1}: expected three corners, got ${corners.length}`);
        triangles.push(corners as [number, number, number]);
        corners = [];
      } else if (!/^(?:solid|facet|outer|endfacet|endsolid|)$/.test(kind))
        throw new BadSolid(`line ${i + 1}: expected a line of an STL file, got ${kind.slice(0, 20)}`);
    }
  }
  if (triangles.length === 0 || triangles.length > maxTriangles)
    throw new BadSolid(`expected 1 to ${maxTriangles} triangles, got ${triangles.length}`);
  if (!triangles.flat().every((corner) => Number.isInteger(corner) && corner >= 0 && corner < places.length))
    throw new BadSolid("expected corners that there are");
  return {places, triangles};
}

/** What a mesh measures, in its own unit. */
export interface Measures {
  volume: number;
  area: number;
  least: [number, number, number];
  greatest: [number, number, number];
  center: [number, number, number];
  /** every edge lies between two triangles that go along it in opposite ways, and volume is positive */
  watertight: boolean;
  /** handles of all its parts together; null where it is not watertight */
  genus: number | null;
}

/** Measures a mesh by the divergence theorem, and its edges by counting them. */
export function measure({places, triangles}: Mesh): Measures {
  const edges = new Map<number, number>();
  const used = new Set<number>();
  const parts = places.map((_, i) => i);
  const root = (i: number): number => {
    while (parts[i] !== i) i = parts[i] = parts[parts[i]];
    return i;
  };
  let [volume, area] = [0, 0];
  const moment = [0, 0, 0];
  const origin = places[triangles[0][0]];
  const [least, greatest]: [number, number, number][] = [
    [Infinity, Infinity, Infinity],
    [-Infinity, -Infinity, -Infinity]
  ];
  for (const corners of triangles) {
    const [a, b, c] = corners.map((corner) => places[corner].map((x, k) => x - origin[k]));
    const normal = cross(
      b.map((x, k) => x - a[k]),
      c.map((x, k) => x - a[k])
    );
    const six =
      a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
    volume += six / 6;
    area += Math.hypot(...normal) / 2;
    for (let k = 0; k < 3; k++) moment[k] += (six / 24) * (a[k] + b[k] + c[k]);
    for (const [j, from] of corners.entries()) {
      const to = corners[(j + 1) % 3];
      const key = from * places.length + to;
      edges.set(key, (edges.get(key) ?? 0) + 1);
      used.add(from);
      parts[root(from)] = root(to);
      for (let k = 0; k < 3; k++) {
        least[k] = Math.min(least[k], places[from][k]);
        greatest[k] = Math.max(greatest[k], places[from][k]);
      }
    }
  }
  const closed = [...edges].every(
    ([key, n]) => n === 1 && edges.get((key % places.length) * places.length + Math.floor(key / places.length)) === 1
  );
  const components = new Set([...used].map(root)).size;
  const euler = used.size - edges.size / 2 + triangles.length;
  return {
    volume,
    area,
    least,
    greatest,
    center: moment.map((m, k) => m / volume + origin[k]) as [number, number, number],
    watertight: closed && volume > 0,
    genus: closed ? components - euler / 2 : null
  };
}

function cross(u: readonly number[], v: readonly number[]): number[] {
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}
