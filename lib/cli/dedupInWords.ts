import {join} from "node:path";

/**
 * What a purge says when it is done: how many rows of how many files, what became of them, and where the outputs are.
 *
 * @param facts label and value, one a line
 * @param outputs what each output holds, by name
 */
export function dedupInWords(
  {rows, files, against = []}: {rows: number; files: readonly string[]; against?: readonly string[]},
  facts: readonly (readonly [label: string, value: string])[],
  {out, outputs}: {out: string; outputs: Readonly<Record<string, string>>}
): string {
  const held = against.length === 0 ? "" : `, beside ${counted(against.length, "file")} that nothing is removed from`;
  const all = [["read", `${counted(rows, "row")} of ${counted(files.length, "file")}${held}`], ...facts];
  const width = Math.max(...all.map(([label]) => label.length));
  const paths = Object.keys(outputs).map((name) => join(out, `${name}.parquet`));
  const longest = Math.max(...paths.map((path) => path.length));
  return [
    ...all.map(([label, value]) => `${label.padEnd(width)}  ${value}`),
    "wrote",
    ...Object.values(outputs).map((holds, i) => `  ${paths[i].padEnd(longest)}  ${holds}`),
    // Rows are named by numbers of files: who reads the map must know which is which.
    ...(files.length === 1 ? [] : ["files", ...files.map((path, i) => `  ${i + 1}  ${path}`)]),
    ...against.map((path, i) => `  against ${i + 1}  ${path}`)
  ].join("\n");
}

/** A number with its noun. */
export function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
