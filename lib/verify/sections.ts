/** One section of a text: what stands under a line `@name words…`. */
export interface Section {
  /** after the name, e.g. the language: ["python"] */
  words: readonly string[];
  /** without surrounding empty lines and without a Markdown fence around the whole */
  body: string;
  /** number of the body's first line in the text, from 1 */
  line: number;
}

/**
 * Reads prose and the sections after it, each under a line `@name` or `@name words…`, each name at most once. In a
 * section whose words name python a bare `@name` is a decorator, not a mark.
 *
 * @param names the sections that the reader knows; other lines with an @ are text
 * @returns why it cannot be read, where it cannot
 */
export function readSections(
  text: string,
  names: readonly string[]
): {prose: string; sections: ReadonlyMap<string, Section>} | string {
  const lines = text.split(/\r?\n/);
  const mark = new RegExp(`^@(${names.join("|")})((?: [a-z0-9][a-z0-9.+-]*)*)$`);
  const found: {name: string; words: string[]; from: number; to: number}[] = [];
  for (const [i, line] of lines.entries()) {
    const [, name, after] = mark.exec(line) ?? [];
    if (name === undefined) continue;
    if (after === "" && found.at(-1)?.words[0] === "python") continue;
    if (found.some((other) => other.name === name)) return `@${name} comes twice`;
    if (found.length > 0) found.at(-1)!.to = i;
    found.push({name, words: after.split(" ").slice(1), from: i + 1, to: lines.length});
  }
  const sections = new Map(found.map(({name, words, from, to}) => [name, {words, ...bodyOf(lines, from, to)}]));
  return {prose: bodyOf(lines, 0, found.length === 0 ? lines.length : found[0].from - 1).body, sections};
}

/**
 * The section that a verifier judges, and the text's others by name.
 *
 * @param most characters that the text may have
 * @returns what was expected, where it cannot be had
 */
export function openSections(
  text: string,
  {main, others, most}: {main: string; others: readonly string[]; most: number}
): {section: Section; sections: ReadonlyMap<string, Section>} | string {
  if (text.length > most) return `more than ${most} characters`;
  const read = readSections(text, [main, ...others]);
  if (typeof read === "string") return read;
  const section = read.sections.get(main);
  return section === undefined ? `expected a section @${main}` : {section, sections: read.sections};
}

function bodyOf(lines: readonly string[], from: number, to: number): {body: string; line: number} {
  const blank = (i: number) => lines[i].trim() === "";
  while (from < to && blank(from)) from++;
  while (to > from && blank(to - 1)) to--;
  const fenced = to - from >= 2 && /^```[\w+-]*$/.test(lines[from]) && lines[to - 1] === "```";
  if (fenced && !lines.slice(from + 1, to - 1).some((line) => line.startsWith("```"))) {
    from++;
    to--;
  }
  return {body: lines.slice(from, to).join("\n"), line: from + 1};
}
