import {build, Solid} from "./solid/build.js";
import {BadSolid, measure, readMesh, type Mesh} from "./solid/mesh.js";
import {openSections} from "./sections.js";
import {verdict, type Evidence, type Verifier} from "./verifier.js";

const self = {id: "cad-solid", family: "solid-geometry", version: "1"};
const maxText = 5_000_000;
/** a mesh of manifold-3d has 32-bit numbers */
const single = 1e-6;

/**
 * Builds a solid from its text and measures it.
 *
 *     @solid json mm
 *     {"difference": [{"cube": [10, 10, 10], "center": true},
 *                     {"cylinder": {"height": 12, "radius": 3}, "segments": 256, "center": true}]}
 *     @claims
 *     volume: 717.3 mm^3
 *     bounding box: 10 x 10 x 10 mm
 *     center of mass: (0, 0, 0) mm
 *     genus: 1
 *     watertight: yes
 *
 * `json` is a program (solid/build.ts: cube, sphere, cylinder, extrude, revolve; translate, rotate, scale, mirror; union,
 * difference, intersection); `mesh`, `obj` and `stl` are triangles. The unit is mm where it is not said; claims have that unit,
 * in m, cm, mm, in or ft of which one is turned into another. A claim may be of the round solid or of the one with flat sides:
 * it is held to half of its last digit and to the bound on their difference (derived in solid/build.ts; for area, which has no
 * such bound under cuts, to twice the difference of the parts). `reference` holds claims as well.
 *
 * Edges are counted by our own code: a mesh that says nothing of it must be watertight too, or its volume is none. It does not
 * guard against a surface that goes through itself, nor against a solid that is not what a task asked for unless claims say so.
 * Reasons: unreadable, no-claims, bad-solid, not-watertight, wrong-volume, wrong-area, wrong-box, wrong-center, wrong-genus,
 * wrong-watertight.
 */
export const cadSolid: Verifier = {
  ...self,
  async verify(sample) {
    try {
      return await judge(sample);
    } catch (error) {
      if (error instanceof BadSolid) return verdict(self, "bad-solid", {detail: error.message.slice(0, 300)});
      throw error;
    }
  }
};

const units: Readonly<Record<string, number>> = {mm: 1, cm: 10, m: 1000, in: 25.4, ft: 304.8};

async function judge({text, reference}: Evidence) {
  const say = (reason: string, detail = "") => verdict(self, reason, {detail: detail.slice(0, 300)});
  const opened = openSections(text, {main: "solid", others: ["task", "claims"], most: maxText});
  if (typeof opened === "string") return say("unreadable", opened);
  const {section, sections} = opened;
  const [language = "json", unit = "mm"] = section.words;
  if (!Object.hasOwn(units, unit)) return say("unreadable", `expected mm, cm, m, in or ft, got ${unit}`);
  const lines = [sections.get("claims")?.body ?? "", reference ?? ""]
    .flatMap((body) => body.split("\n"))
    .filter((line) => line.trim() !== "");
  if (lines.length === 0) return say("no-claims", "expected claims");

  let mesh: Mesh;
  let slack = {volume: 0, area: 0, depth: 0};
  if (language === "json" || language === "mesh") {
    const program = parseJson(section.body);
    if (program === undefined) return say("unreadable", "expected JSON");
    if (language === "mesh") mesh = readMesh("mesh", section.body);
    else {
      const checked = Solid.safeParse(program);
      if (!checked.success) return say("unreadable", "expected a program of solids");
      ({mesh, ...slack} = await build(checked.data));
    }
  } else if (language === "obj" || language === "stl") mesh = readMesh(language, section.body);
  else return say("unreadable", `expected json, mesh, obj or stl, got ${language}`);

  const m = measure(mesh);
  const size = m.greatest.map((x, k) => x - m.least[k]);
  const far = Math.max(...m.greatest.map(Math.abs), ...m.least.map(Math.abs));
  const said = lines.some((line) => /^\s*watertight\b/i.test(line));
  if (!m.watertight && !said)
    return say("not-watertight", "an edge does not lie between two triangles that go along it in opposite ways");
  for (const line of lines) {
    const [, name = "", value = ""] = /^\s*([a-z ]+?)\s*[:=]\s*(.+?)\s*$/i.exec(line) ?? [];
    const yes = /^(?:yes|true|no|false)$/i.exec(value)?.[0].toLowerCase();
    const wrong = (reason: string, expected: string) => say(reason, `expected ${expected} ${unit}, got ${value}`);
    const numbers = (power: number, n: number) => measured(value, power, n, unit);
    const close = (stated: Stated, real: readonly number[], slackOf: number) =>
      stated.values.every((x, k) => Math.abs(x - real[k]) <= stated.half * (1 + 1e-9) + slackOf);
    const key = name.toLowerCase();
    if (key === "watertight" && yes !== undefined) {
      if ((yes === "yes" || yes === "true") !== m.watertight)
        return say("wrong-watertight", `expected ${m.watertight ? "yes" : "no"}, got ${value}`);
    } else if (key === "genus" && /^\d{1,6}$/.test(value)) {
      if (Number(value) !== m.genus)
        return say("wrong-genus", `expected ${m.genus ?? "none, being open"}, got ${value}`);
    } else if (key === "volume") {
      const stated = numbers(3, 1);
      if (stated === null) return say("unreadable", `claim ${line.slice(0, 80)}`);
      if (!close(stated, [m.volume], slack.volume + single * far ** 3))
        return wrong("wrong-volume", m.volume.toPrecision(9));
    } else if (key === "area" || key === "surface area") {
      const stated = numbers(2, 1);
      if (stated === null) return say("unreadable", `claim ${line.slice(0, 80)}`);
      if (!close(stated, [m.area], 2 * slack.area + single * far ** 2))
        return wrong("wrong-area", m.area.toPrecision(9));
    } else if (key === "bounding box") {
      const stated = numbers(1, 3);
      if (stated === null) return say("unreadable", `claim ${line.slice(0, 80)}`);
      if (!close(stated, size, 2 * slack.depth + single * far))
        return wrong("wrong-box", size.map((x) => x.toPrecision(7)).join(" x "));
    } else if (key === "center of mass" || key === "centre of mass" || key === "centroid") {
      const stated = numbers(1, 3);
      if (stated === null) return say("unreadable", `claim ${line.slice(0, 80)}`);
      // What is added or taken moves the center by its share of the volume times the distance, at most the diagonal.
      if (!close(stated, m.center, (slack.volume / m.volume) * Math.hypot(...size) + single * far))
        return wrong("wrong-center", m.center.map((x) => x.toPrecision(7)).join(", "));
    } else return say("unreadable", `claim ${line.slice(0, 80)}`);
  }
  return say("");
}

interface Stated {
  values: number[];
  /** half of the last digit */
  half: number;
}

function measured(text: string, power: number, n: number, unit: string): Stated | null {
  const numbers = text.match(/-?\d+(?:\.\d+)?(?!\d*\s*\^)/g) ?? [];
  const form = /^\(?\s*-?[\d.]+(?:\s*(?:,|x|×)\s*-?[\d.]+)*\s*\)?\s*(mm|cm|m|in|ft)(?:\^?([23])|([²³]))?$/.exec(text);
  if (form === null) return null;
  const stated = form[2] ?? (form[3] === "²" ? "2" : form[3] === "³" ? "3" : "1");
  const values = numbers.slice(0, n);
  if (Number(stated) !== power || values.length !== n || text.split(/,|x|×/).length !== n) return null;
  const factor = (units[form[1]] / units[unit]) ** power;
  const decimals = Math.min(...values.map((value) => /\.(\d+)$/.exec(value)?.[1].length ?? 0));
  return {values: values.map((value) => Number(value) * factor), half: 0.5 * 10 ** -decimals * factor};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
