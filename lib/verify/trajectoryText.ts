import type {Scheme} from "./motions/resimulate.js";

/** What a trajectory's text says, as numbers. */
export interface TrajectoryText {
  scene: string;
  /** numbers of the caption by name */
  given: Readonly<Record<string, number>>;
  /** s */
  step: number;
  substeps: number;
  /** name and unit of each column, time first */
  columns: readonly string[];
  /** printed numbers of each row */
  rows: readonly (readonly string[])[];
  /** null where the text says none */
  scheme: Scheme | null;
  /** null where nothing is asked */
  asked: {question: string; answer: string; unit: string} | null;
}

/** Reads a trajectory's text; null with what was expected where a line cannot be read. */
export function readTrajectory(text: string): TrajectoryText | {expected: string; line: string} {
  const lines = text.split("\n");
  const caption = readCaption(lines[0]);
  if (caption === null) return {expected: "a caption", line: lines[0]};
  const method =
    /^(?:Simulated with a time step of|Time step) (0\.\d{1,6}) s(?: in|,) (\d{1,2}) substeps(, semi-implicit Euler)?\.$/.exec(
      lines[1] ?? ""
    );
  if (method === null) return {expected: "time step and substeps", line: lines[1] ?? ""};
  const table = readTable(lines.slice(2, -2));
  if ("expected" in table) return table;
  const asked = /^(?:Question|Q): (.{1,100}\?)$/.exec(lines.at(-2) ?? "");
  const answered = /^(?:Answer|A): (-?\d{1,7}(?:\.\d{1,6})?) (m|s|m\/s|m\/s\^2|J)$/.exec(lines.at(-1) ?? "");
  if (asked === null) return {expected: "a question", line: lines.at(-2) ?? ""};
  if (answered === null) return {expected: "an answer with its unit", line: lines.at(-1) ?? ""};
  return {
    ...caption,
    step: Number(method[1]),
    substeps: Number(method[2]),
    ...table,
    scheme: method[3] === undefined ? null : "semi-implicit Euler",
    asked: {question: asked[1], answer: answered[1], unit: answered[2]}
  };
}

const thing = "[Aa]n? [a-z]+(?: [a-z]+){0,3}";
const number = String.raw`(-?\d{1,5}(?:\.\d{1,6})?)`;

// Each wording with the names of its numbers, in their order.
const captions: readonly {scene: string; pattern: RegExp; names: readonly string[]}[] = [
  [
    "fall",
    `${thing} is released at a height of # m with a vertical velocity of # m/s (up is positive); gravity is # m/s^2.`,
    "h v g"
  ],
  ["fall", `Free fall: ${thing} starts at y = # m with v = # m/s, g = # m/s^2, y pointing up.`, "h v g"],
  [
    "throw",
    `${thing} is launched from a height of # m at # m/s, # degrees above the horizontal; gravity is # m/s^2.`,
    "h v degrees g"
  ],
  [
    "throw",
    `Projectile: ${thing} leaves x = 0, y = # m with speed # m/s at an angle of # degrees, g = # m/s^2.`,
    "h v degrees g"
  ],
  [
    "bounce",
    `${thing} is dropped from rest, its lowest point # m above a hard floor, and bounces with a coefficient of restitution of #; gravity is # m/s^2 and y is the height of its lowest point.`,
    "h e g"
  ],
  [
    "bounce",
    `Bounce: ${thing} falls from rest with its lowest point at y = # m; the floor is at y = 0, restitution #, g = # m/s^2.`,
    "h e g"
  ],
  [
    "slide",
    `${thing} is pushed off at # m/s along a level floor; the friction coefficient is # and gravity is # m/s^2.`,
    "v friction g"
  ],
  [
    "slide",
    `${thing} is pushed off at # m/s down a slope of # degrees; the friction coefficient is # and gravity is # m/s^2.`,
    "v degrees friction g"
  ],
  [
    "slide",
    `Sliding: ${thing} moves at # m/s down a plane inclined by # degrees, friction #, g = # m/s^2.`,
    "v degrees friction g"
  ],
  [
    "collision",
    "Two balls of radius # m move on a line without friction: ball 1 of # kg at x1 = # m with # m/s, ball 2 of # kg at x2 = # m with # m/s; the coefficient of restitution is #.",
    "r m1 x1 v1 m2 x2 v2 e"
  ],
  [
    "collision",
    "Collision of two spheres (radius # m, restitution #): m1 = # kg, x1 = # m, v1 = # m/s; m2 = # kg, x2 = # m, v2 = # m/s; no other forces.",
    "r e m1 x1 v1 m2 x2 v2"
  ]
].map(([scene, wording, names]) => ({scene, pattern: patternOf(wording), names: names.split(" ")}));

function patternOf(wording: string): RegExp {
  const source = wording
    .split(thing)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replaceAll("#", number))
    .join(thing);
  return new RegExp(`^${source}$`);
}

function readCaption(line: string): {scene: string; given: Record<string, number>} | null {
  if (line.length > 400) return null;
  for (const {scene, pattern, names} of captions) {
    const match = pattern.exec(line);
    if (match !== null) return {scene, given: Object.fromEntries(names.map((name, i) => [name, Number(match[i + 1])]))};
  }
  return null;
}

type Table = Pick<TrajectoryText, "columns" | "rows">;

function readTable(lines: readonly string[]): Table | {expected: string; line: string} {
  const [first = ""] = lines;
  if (first.startsWith("|")) {
    const [header, rule, ...rows] = lines.map((line) =>
      /^\| .* \|$/.test(line) ? line.slice(2, -2).split(" | ") : [line]
    );
    if (rule?.some((cell) => cell !== "---:")) return {expected: "a rule under the header", line: lines[1]};
    return cells(
      header.map((cell) => cell.replace(/^(\w+) \((.+)\)$/, "$1 $2")),
      rows
    );
  }
  if (first.startsWith("t [s]")) {
    const [header, ...rows] = lines.map((line) => line.split(", "));
    return cells(
      header.map((cell) => cell.replace(/^(\w+) \[(.+)\]$/, "$1 $2")),
      rows
    );
  }
  const said = lines.map((line) =>
    Array.from((/^At .+\.$/.test(line) ? line.slice(3, -1) : line).split(/(?:: |, )/), (part) =>
      /^(\w+) = (\S+) (\S+)$/.exec(part)
    )
  );
  const columns = (said[0] ?? []).map((part) => `${part?.[1]} ${part?.[3]}`);
  for (const [i, parts] of said.entries())
    if (parts.length !== columns.length || parts.some((part, j) => `${part?.[1]} ${part?.[3]}` !== columns[j]))
      return {expected: columns.join(", "), line: lines[i]};
  return cells(
    columns,
    said.map((parts) => parts.map((part) => part?.[2] ?? ""))
  );
}

function cells(
  columns: readonly string[],
  rows: readonly (readonly string[])[]
): Table | {expected: string; line: string} {
  for (const row of rows)
    if (row.length !== columns.length || !row.every((cell) => /^-?\d{1,5}\.\d{1,6}$/.test(cell)))
      return {expected: `${columns.length} decimal numbers`, line: row.join(" ")};
  return {columns, rows};
}
