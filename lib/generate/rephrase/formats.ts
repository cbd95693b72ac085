/** A shape that a document is told in anew. */
export interface Format {
  id: "faq" | "tutorial" | "table" | "mathematics";
  /** what a text of this shape lacks; null where it has it all */
  lacks(text: string): string | null;
}

/** The four formats of FinePhrase (Niklaus et al. 2026, arXiv:2604.13977), each with a prompt file `rephrase-<id>`. */
export const formats: readonly Format[] = [
  {
    id: "faq",
    lacks: (text) => {
      const questions = text.match(/^.{3,300}\?[*_"”)]*$/gm)?.length ?? 0;
      return questions >= 2 ? null : `expected at least 2 lines that are questions, got ${questions}`;
    }
  },
  {
    id: "tutorial",
    lacks: (text) => {
      const steps = text.match(
        /^[ \t]*(?:#{1,6}[ \t]+)?(?:\*\*)?(?:step[ \t]+)?(?:\d{1,3}[.):]|[-*•])[ \t*]/gim
      )?.length;
      return (steps ?? 0) >= 2 ? null : `expected at least 2 steps, numbered or with bullets, got ${steps ?? 0}`;
    }
  },
  {id: "table", lacks: (text) => lackOfTable(text.split("\n")) ?? lackOfQuestion(text)},
  {
    id: "mathematics",
    lacks: (text) => {
      const missing = ["Problem", "Solution"].find(
        (name) => !new RegExp(String.raw`^[#* \t]*${name}\b`, "im").test(text)
      );
      if (missing !== undefined) return `expected a line that begins with "${missing}", got none`;
      return /\d/.test(text) ? null : "expected a problem with numbers, got none";
    }
  }
];

function lackOfTable(lines: readonly string[]): string | null {
  const cells = (line: string) =>
    line
      .trim()
      .replace(/^\||\|$/g, "")
      .split(/(?<!\\)\|/).length;
  const rule = lines.findIndex((line) => /^\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?)?$/.test(line.trim()));
  if (rule < 1) return "expected a Markdown table with a rule under its head, got none";
  const wide = cells(lines[rule]);
  let end = rule + 1;
  while (end < lines.length && lines[end].includes("|")) end++;
  if (end === rule + 1) return "expected rows under the table's head, got none";
  const ragged = [lines[rule - 1], ...lines.slice(rule + 1, end)].find((line) => cells(line) !== wide);
  return ragged === undefined ? null : `expected ${wide} cells in every row, got ${cells(ragged)}: ${ragged.trim()}`;
}

function lackOfQuestion(text: string): string | null {
  return /\?/.test(text) ? null : "expected a question about the table, got none";
}
