/** A fit or a plan as the text of its file: JSON, lists of numbers on one line. */
export function resultJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return text.replace(/\[\s+(?:-?[\d.e+-]+,\s+)*-?[\d.e+-]+\s+\]/g, (list) => list.replace(/\s+/g, " ")) + "\n";
}
