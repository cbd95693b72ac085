/**
 * Cuts a text into passages of whole paragraphs, in order. A paragraph longer than `length` is cut after a sentence, or
 * after a word, or where it must be; a short last passage is joined to the one before it.
 *
 * @param length UTF-16 code units that a passage should not exceed
 */
export function passages(text: string, length: number): string[] {
  if (!(length >= 1)) throw new RangeError(`expected passages of at least 1 code unit, got ${length}`);
  const pieces: string[] = [];
  let current = "";
  const push = (piece: string, join: string) => {
    if (current !== "" && current.length + join.length + piece.length > length) {
      pieces.push(current);
      current = "";
    }
    current = current === "" ? piece : current + join + piece;
  };
  for (const paragraph of text.split(/\n\s*\n/)) {
    const whole = paragraph.trim();
    if (whole === "") continue;
    if (whole.length <= length) push(whole, "\n\n");
    else for (const [i, part] of split(whole, length).entries()) push(part, i === 0 ? "\n\n" : " ");
  }
  if (current !== "") pieces.push(current);
  const last = pieces.at(-1);
  if (pieces.length > 1 && last !== undefined && last.length < length / 4) {
    pieces.pop();
    pieces[pieces.length - 1] += `\n\n${last}`;
  }
  return pieces;
}

function split(text: string, length: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > length) {
    const window = rest.slice(0, length);
    const sentence = Math.max(
      ...[". ", "! ", "? ", '." ', "\n"].map((end) => window.lastIndexOf(end) + end.length - 1)
    );
    const word = window.lastIndexOf(" ");
    let at = sentence > length / 2 ? sentence : word > 0 ? word : length;
    // A pair of surrogates stays whole.
    if (/[\ud800-\udbff]/.test(rest[at - 1])) at = at > 1 ? at - 1 : at + 1;
    parts.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  if (rest !== "") parts.push(rest);
  return parts;
}
