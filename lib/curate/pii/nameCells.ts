import type {Token} from "./tokens.js";

/** Fields and columns that hold people's names, in lower case, the last word of the field's name. */
const nameFields = new Set(
  `name names fullname firstname lastname forename surname givenname familyname nombre apellido apellidos nom prénom nachname
vorname cognome nome holder customer client patient employee author contact sender recipient owner guest student teacher
manager supervisor applicant candidate attendee assignee reviewer driver passenger tenant landlord beneficiary cardholder
accountholder user member doctor physician nurse agent operator person titular kunde inhaber`.split(/\s+/)
);

interface Header {
  mark: string;
  columns: ReadonlySet<number>;
  cells: number;
}

/** Marks that part the cells of a row. */
const parting = new Set([",", ";", "|"]);

/**
 * The tokens at which cells begin that stand under a name of nameFields: a line with two cells or more, parted by commas,
 * semicolons or strokes, of which one is such a name and nothing else, followed by lines of as many cells.
 *
 * Cells with the parting mark in quotes are not told apart from two cells: the rows then have another number of cells.
 */
export function nameCells(list: readonly Token[]): ReadonlySet<number> {
  const found = new Set<number>();
  let header = null as Header | null;
  for (let from = 0; from < list.length;) {
    const start = from;
    let to = from;
    while (to < list.length && list[to].kind !== "line") to++;
    from = to + 1;
    const mark: string | undefined = header?.mark ?? list.slice(start, to).find(({text}) => parting.has(text))?.text;
    if (mark === undefined) continue;
    const cells = cellsOf(list, start, to, mark);
    if (header !== null && cells.length === header.cells) {
      for (const column of header.columns) if (cells[column][0] < cells[column][1]) found.add(cells[column][0]);
      continue;
    }
    // Lines between header and rows: |---|---|
    if (header !== null && list.slice(start, to).every(({kind}) => kind === "mark")) continue;
    const columns = new Set<number>();
    for (const [i, cell] of cells.entries()) {
      const words = list.slice(...cell).filter(({kind}) => kind === "word");
      if (words.length > 0 && words.length <= 2 && nameFields.has(words[words.length - 1].lower)) columns.add(i);
    }
    header = cells.length > 1 && columns.size > 0 ? {mark, columns, cells: cells.length} : null;
  }
  return found;
}

/** [start, end) of the cells of a line, quotes aside. */
function cellsOf(list: readonly Token[], from: number, to: number, mark: string): [number, number][] {
  const cells: [number, number][] = [];
  for (let start = from, i = from; i <= to; i++) {
    if (i < to && list[i].text !== mark) continue;
    while (start < i && /^["']$/.test(list[start].text)) start++;
    cells.push([start, i]);
    start = i + 1;
  }
  return cells;
}

/** Whether a field with a name of nameFields is given its value here: `"name": "…`, `name=…`, `Name: …`. */
export function fieldBefore(list: readonly Token[], at: number): boolean {
  let given = false;
  for (let i = at - 1; i >= 0 && i >= at - 5; i--) {
    const {kind, text, lower} = list[i];
    if (kind === "word") return given && nameFields.has(lower.replace(/^.*[-'’]/, ""));
    if (text === ":" || text === "=") given = true;
    else if (!/^["'>]$/.test(text)) return false;
  }
  return false;
}
